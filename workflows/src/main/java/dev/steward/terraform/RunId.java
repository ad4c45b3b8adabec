package dev.steward.terraform;

/**
 * Names a run: one Terraform operation on one stack.
 *
 * @param value
 *            its row
 */
public record RunId(long value) {
    /** The form that people and the ledger see: {@code RUN-17}. */
    public String text() {
        return "RUN-" + value;
    }
}
