package dev.steward.approvals;

/** What came of taking a proposal back. */
public sealed interface CancelOutcome {
    /**
     * It is cancelled.
     *
     * @param proposal
     *            as it is now
     */
    record Cancelled(Proposal proposal) implements CancelOutcome {}

    /**
     * There is no such proposal.
     *
     * @param id
     *            the number that was given
     */
    record NotFound(ProposalId id) implements CancelOutcome {}

    /**
     * It has ended: somebody was first.
     *
     * @param proposal
     *            whose state tells how, when and by whom
     */
    record AlreadyEnded(Proposal proposal) implements CancelOutcome {}

    /** Only the one who asked takes it back; Steward and an operator may, too. */
    record NotTheRequester() implements CancelOutcome {}
}
