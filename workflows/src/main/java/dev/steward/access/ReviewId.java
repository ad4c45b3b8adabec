package dev.steward.access;

/**
 * Names a review of access.
 *
 * @param value
 *            its row
 */
public record ReviewId(long value) {
    /** The form that the ledger sees: {@code REVIEW-7}. */
    public String text() {
        return "REVIEW-" + value;
    }
}
