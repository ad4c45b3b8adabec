package dev.steward.stacks;

import dev.steward.ledger.Actor;
import java.time.Instant;
import java.util.Optional;

/** Where a lease is. */
public sealed interface LeaseState {
    /** Asked for; nothing is there yet, and no clock runs. */
    record Pending() implements LeaseState {}

    /**
     * It is there.
     *
     * @param startsAt
     *            when it was first there
     * @param endsAt
     *            when it is to end
     * @param warnedAt
     *            when its holder was told that this end is near
     */
    record Active(Instant startsAt, Instant endsAt, Optional<Instant> warnedAt) implements LeaseState {}

    /**
     * It is being ended, until nothing of it is left.
     *
     * @param endsAt
     *            when it was to end
     * @param request
     *            row of the request that ends it, once begun
     * @param tries
     *            how often that failed
     * @param nextTry
     *            not before
     * @param trouble
     *            why the last try failed, for people
     */
    record Ending(Instant startsAt, Instant endsAt, Word word, Optional<Long> request, int tries,
            Optional<Instant> nextTry, Optional<String> trouble) implements LeaseState {}

    /**
     * It was seen to be gone.
     *
     * @param endedAt
     *            when
     */
    record Ended(Instant startsAt, Instant endedAt, Word word) implements LeaseState {}

    /** Nothing was ever there, and never will be. */
    record Never() implements LeaseState {}

    /**
     * On whose word a lease ends.
     *
     * @param by
     *            who said so: Steward where time did
     */
    record Word(Cause cause, Actor by) {}

    /** Why a lease ends. */
    enum Cause {
        /** Its time was up. */
        EXPIRED("its time was up"),
        /** Its time was up because the incident that it was given for was over; nobody has to say so. */
        INCIDENT_OVER("its incident is over"),
        /** Its holder gave it back. */
        RETURNED("returned early"),
        /** The owners or the platform team took it away. */
        REVOKED("revoked"),
        /** Its holder left the workspace or is a guest in it now, or left the team by which it was theirs. */
        LEFT("its holder is no longer a member"),
        /** What it was access to is gone. */
        RETIRED("what it was for is gone"),
        /** A review asked for it to be confirmed, and nobody did: it is suspended. */
        UNCONFIRMED("nobody confirmed that it is still needed");

        private final String words;

        Cause(String words) {
            this.words = words;
        }

        /** For people, to follow "It ended: ". */
        public String words() {
            return words;
        }
    }
}
