package dev.steward.terraform;

/** A vetted module could not be prepared for running; the message says what Terraform said. */
public final class ModuleNotPrepared extends RuntimeException {
    ModuleNotPrepared(String message) {
        super(message);
    }
}
