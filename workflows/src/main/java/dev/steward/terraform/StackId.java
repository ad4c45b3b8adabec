package dev.steward.terraform;

/**
 * Names a stack: what an applied request leaves behind.
 *
 * @param value
 *            its row
 */
public record StackId(long value) {
    /** The form in the ledger and in the state endpoint's paths. */
    public String text() {
        return "STACK-" + value;
    }
}
