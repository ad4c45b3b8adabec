package dev.steward.incidents.alerts;

import dev.steward.catalog.EntityId;
import dev.steward.incidents.IncidentId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The alerts of one service, or of none, that fire or have just cleared: what one card is about.
 *
 * @param entity
 *            what they are on; empty: nothing says it
 * @param channel
 *            where the card is
 * @param total
 *            how many alerts fired in it
 * @param version
 *            grows with each change
 */
public record AlertGroup(long id, Optional<EntityId> entity, String channel, State state, int total, Times times,
        Handling handling, Told told, long version) {

    /** Where a group stands. */
    public enum State {
        /** Something fires. */
        OPEN,
        /** Nothing fires any more; it is closed if that stays so. */
        CLEARED,
        /** It is over: the next alert begins another. */
        CLOSED,
        /** Closed as well, because nothing more was heard of what fired: nobody said that it is over. */
        QUIET;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** When it began, since when nothing fires or was heard, and when it was over. */
    public record Times(Instant opened, Optional<Instant> cleared, Optional<Instant> closed) {}

    /** Somebody did something at a time: the row of the person. */
    public record Act(long person, Instant at) {}

    /**
     * Who sees to it.
     *
     * @param snoozed
     *            who has its card stay as it is, and until when
     * @param incident
     *            whose timeline its alerts join
     * @param paged
     *            when the on-call was called
     */
    public record Handling(Optional<Act> acked, Optional<Act> snoozed, Optional<IncidentId> incident,
            Optional<Instant> paged) {}

    /** What was told last: when its card was put, when its incident's timeline got an entry, and what came since. */
    public record Told(Instant shown, Instant entry, int fired, int cleared) {}

    /** Whether its card is to stay as it is at that time. */
    public boolean snoozed(Instant now) {
        return handling.snoozed().filter(until -> until.at().isAfter(now)).isPresent();
    }

    /** Whether it is not over. */
    public boolean live() {
        return state == State.OPEN || state == State.CLEARED;
    }

    String subject() {
        return "alerts:" + id;
    }

}
