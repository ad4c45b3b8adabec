package dev.steward.oncall;

import dev.steward.catalog.Person;
import java.time.Instant;

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

    /** Everybody was paged as often as it is done, and nobody answered. */
    record Exhausted() implements PageState {}

    /** What it was about is over. */
    record Withdrawn() implements PageState {}
}
