package dev.steward.oncall;

import dev.steward.catalog.Person;
import java.time.Instant;

/** What became of an acknowledgement. */
public sealed interface AckOutcome {
    /** The person is at it; nobody else is paged. */
    record Acked(Page page) implements AckOutcome {}

    /** Somebody was first. */
    record AckedBefore(Page page, Person by, Instant at) implements AckOutcome {}

    /**
     * Nothing was changed.
     *
     * @param why
     *            for the person to read
     */
    record Refused(String why) implements AckOutcome {}
}
