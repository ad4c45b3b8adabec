package dev.steward.approvals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An effect to be decided on.
 *
 * @param kind
 *            the kind of effect, for example {@code plan}
 * @param subject
 *            what it is about, for example {@code RUN-17}
 * @param digest
 *            of exactly what is decided on
 * @param requester
 *            number of the person who asks, and who therefore never decides
 * @param stages
 *            in order; empty only under a rule, since nobody asked is nobody agreed
 * @param rule
 *            for people: the approval that was given beforehand, where nobody is asked
 * @param expiresAt
 *            from this instant on nothing can be decided
 */
public record NewProposal(String kind, String subject, String digest, long requester, List<Stage> stages,
        Optional<String> rule, Instant expiresAt) {
    /** Refuses a proposal that nobody would decide on. */
    public NewProposal {
        stages = List.copyOf(stages);
        if (stages.isEmpty() == rule.isEmpty()) {
            throw new IllegalArgumentException("a proposal has either stages or a rule: " + subject);
        }
        if (digest.isBlank()) {
            throw new IllegalArgumentException("a proposal is bound to a digest: " + subject);
        }
    }

    /** An effect that people decide on. */
    public NewProposal(String kind, String subject, String digest, long requester, List<Stage> stages,
            Instant expiresAt) {
        this(kind, subject, digest, requester, stages, Optional.empty(), expiresAt);
    }
}
