package dev.steward.approvals;

/**
 * The number of a proposal.
 *
 * @param value
 *            the row's number
 */
public record ProposalId(long value) {
    /** The readable form, for example {@code PROPOSAL-17}. */
    public String text() {
        return "PROPOSAL-" + value;
    }
}
