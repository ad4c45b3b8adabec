package dev.steward.terraform;

/** There is no Terraform that Steward can work with; the message says where it looked and what to install. */
public final class TerraformUnusable extends RuntimeException {
    TerraformUnusable(String message) {
        super(message);
    }

    TerraformUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}
