package dev.steward.incidents;

import dev.steward.catalog.EntityId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An incident.
 *
 * @param id
 *            its number
 * @param title
 *            what is wrong, in a line
 * @param severity
 *            how bad it is
 * @param state
 *            where it stands
 * @param about
 *            what it is on, and what else is known of it
 * @param times
 *            when what happened
 * @param channel
 *            where people talk about it
 * @param version
 *            grows with each change
 */
public record Incident(IncidentId id, String title, Severity severity, IncidentState state, About about, Times times,
        Channel channel, long version) {

    /**
     * What it is on, and what else is known of it.
     *
     * @param entity
     *            what is wrong; empty: not known yet
     * @param confidential
     *            whether only its members see anything of it
     * @param origin
     *            {@code command}, {@code message}, {@code alert:12} or {@code run:17}
     * @param declaredBy
     *            row of the person
     * @param causedBy
     *            row of the run that people hold to be its cause
     */
    public record About(Optional<EntityId> entity, String summary, boolean confidential, String origin, long declaredBy,
            OptionalLong causedBy) {}

    /**
     * When what happened.
     *
     * @param takenUp
     *            when somebody first took a role or acknowledged its page
     * @param updateDue
     *            when people are to be told again how it stands
     */
    public record Times(Instant declared, Optional<Instant> takenUp, Optional<Instant> updateDue,
            Optional<Instant> resolved) {}

    /**
     * Where people talk about it.
     *
     * @param id
     *            Slack's id; empty before there is one
     * @param name
     *            without {@code #}
     * @param trouble
     *            why it is not ready, or not any more, for people
     */
    public record Channel(Optional<String> id, String name, Optional<String> trouble) {}

    /** Whether it goes on. */
    public boolean open() {
        return state.open();
    }
}
