package dev.steward.approvals;

import java.time.Instant;
import java.util.List;

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
 *            in order; never empty, since nobody asked is nobody agreed
 * @param expiresAt
 *            from this instant on nothing can be decided
 */
public record NewProposal(String kind, String subject, String digest, long requester, List<Stage> stages,
        Instant expiresAt) {
    /** Refuses a proposal that nobody would decide on. */
    public NewProposal {
        stages = List.copyOf(stages);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("a proposal without stages would be approved by nobody: " + subject);
        }
        if (digest.isBlank()) {
            throw new IllegalArgumentException("a proposal is bound to a digest: " + subject);
        }
    }
}
