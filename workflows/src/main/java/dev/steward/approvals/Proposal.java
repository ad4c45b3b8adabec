package dev.steward.approvals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An effect, its digest and the decisions on it.
 *
 * @param id
 *            its number
 * @param terms
 *            what was proposed: it never changes
 * @param stages
 *            the stages in order, each with its decisions, oldest first
 * @param state
 *            where it stands
 * @param createdAt
 *            when it was proposed
 * @param version
 *            grows with every change
 */
public record Proposal(ProposalId id, NewProposal terms, List<SignedStage> stages, ProposalState state,
        Instant createdAt, long version) {

    /**
     * A stage and what was decided in it.
     *
     * @param stage
     *            the stage
     * @param signatures
     *            oldest first
     */
    public record SignedStage(Stage stage, List<Signature> signatures) {}

    /** What it is about. */
    public String subject() {
        return terms.subject();
    }

    /** Of exactly what is decided on. */
    public String digest() {
        return terms.digest();
    }

    /** Number of the person who asks. */
    public long requester() {
        return terms.requester();
    }

    /** From this instant on nothing can be decided. */
    public Instant expiresAt() {
        return terms.expiresAt();
    }

    /** The stage that waits for decisions. */
    public Optional<SignedStage> openStage() {
        return state instanceof ProposalState.Open open ? Optional.of(stages.get(open.stage())) : Optional.empty();
    }

    /** The person's decision, in whichever stage. */
    public Optional<Signature> signatureOf(long person) {
        return stages.stream().flatMap(s -> s.signatures().stream()).filter(s -> s.person() == person).findFirst();
    }

    boolean due(Instant now) {
        return !now.isBefore(expiresAt());
    }

    Optional<Stage> stageSignedBy(long person) {
        return stages.stream().filter(s -> s.signatures().stream().anyMatch(x -> x.person() == person))
                .map(SignedStage::stage).findFirst();
    }
}
