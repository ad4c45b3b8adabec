package dev.steward.incidents;

import dev.steward.ledger.Actor;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where an incident stands. */
public sealed interface IncidentState {

    /** How far people are with one that is open. */
    enum Progress {
        /** Nobody knows yet whether it is one. */
        TRIAGE,
        /** What is wrong is being looked for. */
        INVESTIGATING,
        /** What is wrong is known, and being mended. */
        IDENTIFIED,
        /** It is mended; whether it stays so is watched. */
        MONITORING;

        /** As people read, type and store it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Reads what somebody typed. */
        public static Optional<Progress> parse(String text) {
            return Stream.of(values()).filter(progress -> progress.text().equalsIgnoreCase(text.strip())).findFirst();
        }
    }

    /** It goes on. */
    record Open(Progress progress) implements IncidentState {}

    /** It is over; what was learned is being written down. */
    record Resolved(Instant at) implements IncidentState {}

    /** Nothing is left to do. */
    record Closed(Instant resolvedAt, Instant at, Actor by) implements IncidentState {}

    /** It was none. */
    record Declined(Instant at, Actor by, String reason) implements IncidentState {}

    /** It was the same as another, which has taken over all of it. */
    record Merged(IncidentId into, Instant at, Actor by) implements IncidentState {}

    /** Whether it goes on. */
    default boolean open() {
        return this instanceof Open;
    }

    /** As people read and store it. */
    default String text() {
        return switch (this) {
            case Open(Progress progress) -> progress.text();
            case Resolved _ -> "resolved";
            case Closed _ -> "closed";
            case Declined _ -> "declined";
            case Merged _ -> "merged";
        };
    }
}
