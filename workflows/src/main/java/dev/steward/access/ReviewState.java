package dev.steward.access;

import java.time.Instant;

/** Where a review of access is. */
public sealed interface ReviewState {
    /** Somebody is to say what is still needed. */
    record Open() implements ReviewState {}

    /** Nothing is left to be said. */
    record Done(Instant at) implements ReviewState {}

    /** Its time was up, and what nobody had confirmed was suspended. */
    record Overdue(Instant at) implements ReviewState {}
}
