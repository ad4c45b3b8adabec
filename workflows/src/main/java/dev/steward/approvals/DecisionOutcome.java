package dev.steward.approvals;

import dev.steward.catalog.Standing;
import java.time.Instant;
import java.util.List;

/** What came of one person's click. */
public sealed interface DecisionOutcome {

    /** The decision is recorded. */
    sealed interface Recorded extends DecisionOutcome {
        /** The proposal as it is now. */
        Proposal proposal();
    }

    /** The decision was not taken, and nothing changed but the ledger, which notes the attempt. */
    sealed interface Refusal extends DecisionOutcome {
        /** The ledger's word for this kind of refusal. */
        String code();
    }

    /**
     * It counts, and the stage needs more.
     *
     * @param proposal
     *            as it is now
     * @param stage
     *            the stage that was signed
     * @param have
     *            how many signatures it has
     */
    record Counted(Proposal proposal, Stage stage, int have) implements Recorded {
        /** How many signatures the stage needs. */
        public int need() {
            return stage.need();
        }
    }

    /**
     * It met the stage, and the next one is open.
     *
     * @param proposal
     *            as it is now
     * @param met
     *            the stage that was signed
     * @param next
     *            the stage that is open now
     */
    record StageMet(Proposal proposal, Stage met, Stage next) implements Recorded {}

    /**
     * It met the last stage.
     *
     * @param proposal
     *            as it is now
     */
    record Approved(Proposal proposal) implements Recorded {}

    /**
     * It ended the proposal.
     *
     * @param proposal
     *            as it is now
     */
    record Rejected(Proposal proposal) implements Recorded {}

    /**
     * There is no such proposal.
     *
     * @param id
     *            the number that was given
     */
    record NotFound(ProposalId id) implements Refusal {
        @Override
        public String code() {
            return "not-found";
        }
    }

    /**
     * It has ended: somebody was first.
     *
     * @param proposal
     *            whose state tells how, when and by whom
     */
    record AlreadyEnded(Proposal proposal) implements Refusal {
        @Override
        public String code() {
            return "already-ended";
        }

        /** How, when and by whom it ended. */
        public ProposalState how() {
            return proposal.state();
        }
    }

    /**
     * The person saw something else than what is to be decided on.
     *
     * @param proposal
     *            whose digest is the right one
     */
    record OtherDigest(Proposal proposal) implements Refusal {
        @Override
        public String code() {
            return "other-digest";
        }
    }

    /**
     * Its time is up.
     *
     * @param at
     *            since when
     */
    record Expired(Instant at) implements Refusal {
        @Override
        public String code() {
            return "expired";
        }
    }

    /** The person is the one who asks. */
    record IsRequester() implements Refusal {
        @Override
        public String code() {
            return "is-requester";
        }
    }

    /**
     * The person is no member of the workspace, and decides nothing.
     *
     * @param standing
     *            what the person is
     */
    record MayNotAct(Standing standing) implements Refusal {
        @Override
        public String code() {
            return "may-not-act";
        }
    }

    /**
     * The person is not among those who may sign the open stage.
     *
     * @param stage
     *            the stage that is open
     * @param waitsFor
     *            display names of the people who may sign it now, sorted; empty when nobody may
     */
    record NotAnApprover(Stage stage, List<String> waitsFor) implements Refusal {
        @Override
        public String code() {
            return "not-an-approver";
        }
    }

    /**
     * The person signed before; one person signs a proposal once.
     *
     * @param at
     *            when
     * @param stage
     *            in which stage
     * @param verdict
     *            what the person said
     */
    record AlreadySigned(Instant at, Stage stage, Verdict verdict) implements Refusal {
        @Override
        public String code() {
            return "already-signed";
        }
    }

    /** Who rejects says why. */
    record ReasonMissing() implements Refusal {
        @Override
        public String code() {
            return "reason-missing";
        }
    }
}
