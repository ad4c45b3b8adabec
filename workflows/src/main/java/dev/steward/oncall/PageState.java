package dev.steward.oncall;

import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import java.time.Instant;
import java.util.Optional;

/** How far a page is. */
public sealed interface PageState {
    /**
     * Nobody has answered yet.
     *
     * @param nextAt
     *            when the next is paged
     */
    record Open(Instant nextAt) implements PageState {}

    /** Somebody is at it. */
    record Acked(Person by, Instant at) implements PageState {}

    /**
     * Everybody was paged as often as it is done, and nobody answered.
     *
     * @param then
     *            the team that is paged instead, if one is
     */
    record Exhausted(Optional<Team> then) implements PageState {
        /** Nobody is paged instead. */
        public Exhausted() {
            this(Optional.empty());
        }
    }

    /** What it was about is over. */
    record Withdrawn() implements PageState {}
}
