package dev.steward.approvals;

import dev.steward.ledger.Actor;
import java.time.Instant;
import java.util.Optional;

/** Where a proposal stands. Everything but {@link Open} is its end. */
public sealed interface ProposalState {
    /**
     * It waits for decisions.
     *
     * @param stage
     *            position of the stage that is open, from 0
     */
    record Open(int stage) implements ProposalState {}

    /**
     * Every stage was met.
     *
     * @param by
     *            whose signature was the last
     * @param at
     *            when
     */
    record Approved(By by, Instant at) implements ProposalState {}

    /**
     * Somebody who might decide said no.
     *
     * @param by
     *            who
     * @param at
     *            when
     * @param reason
     *            free text
     */
    record Rejected(By by, Instant at, String reason) implements ProposalState {}

    /**
     * It was taken back.
     *
     * @param by
     *            who
     * @param at
     *            when
     * @param reason
     *            free text
     */
    record Cancelled(By by, Instant at, String reason) implements ProposalState {}

    /**
     * Nobody decided in time.
     *
     * @param at
     *            when that was noted
     */
    record Expired(Instant at) implements ProposalState {}

    /**
     * A newer proposal on the same subject took its place.
     *
     * @param at
     *            when
     */
    record Superseded(Instant at) implements ProposalState {}

    /**
     * Who ended it.
     *
     * @param actor
     *            by immutable ids
     * @param name
     *            for people
     */
    record By(Actor actor, String name) {}

    /** Whether nothing more can be decided. */
    default boolean ended() {
        return !(this instanceof Open);
    }

    /** For people: the past participle of how it ended, or "open". */
    default String words() {
        return switch (this) {
            case Open open -> "open";
            case Approved approved -> "approved";
            case Rejected rejected -> "rejected";
            case Cancelled cancelled -> "cancelled";
            case Expired expired -> "expired";
            case Superseded superseded -> "replaced by a newer one";
        };
    }

    /** Who ended it, where that was a person. */
    default Optional<By> endedBy() {
        return switch (this) {
            case Approved approved -> Optional.of(approved.by());
            case Rejected rejected -> Optional.of(rejected.by());
            case Cancelled cancelled -> Optional.of(cancelled.by());
            case Open open -> Optional.empty();
            case Expired expired -> Optional.empty();
            case Superseded superseded -> Optional.empty();
        };
    }

    /** When it ended. */
    default Optional<Instant> endedAt() {
        return switch (this) {
            case Open open -> Optional.empty();
            case Approved approved -> Optional.of(approved.at());
            case Rejected rejected -> Optional.of(rejected.at());
            case Cancelled cancelled -> Optional.of(cancelled.at());
            case Expired expired -> Optional.of(expired.at());
            case Superseded superseded -> Optional.of(superseded.at());
        };
    }
}
