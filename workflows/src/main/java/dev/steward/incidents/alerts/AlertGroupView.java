package dev.steward.incidents.alerts;

import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.incidents.Incident;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A group of alerts with all that its card shows.
 *
 * @param owner
 *            the team that owns what they are on; where they are on nothing, the platform team
 * @param lines
 *            the worst first, at most ten: what fires, or once nothing does what fired
 * @param quiet
 *            what has gone quiet in it, if anything has
 * @param incident
 *            the one that sees to it, if all may see that
 */
public record AlertGroupView(AlertGroup group, Optional<Entity> entity, Optional<Team> owner, Firing firing,
        Optional<Quiet> quiet,
        List<Line> lines, Optional<Person> ackedBy, Optional<Person> snoozedBy, Optional<Incident> incident) {

    /**
     * Alerts of which nothing is heard any more, although nobody said that they are over.
     *
     * @param heard
     *            when something was heard of one of them last
     */
    public record Quiet(int alerts, Instant heard) {}

    /** How many alerts fire, how many of them are critical, and since when the first of them does. */
    public record Firing(int alerts, int critical, Optional<Instant> since) {}

    /**
     * Alerts of one name.
     *
     * @param count
     *            how many
     * @param since
     *            when the first of them began
     * @param cleared
     *            when the last of them was over
     * @param summary
     *            what the first of them says
     * @param links
     *            where the first of them can be looked at
     */
    public record Line(String name, AlertSeverity severity, int count, Instant since, Optional<Instant> cleared,
            String summary, AlertEvent.Links links) {
        Line with(AlertEvent.Told told) {
            return new Line(name, severity, count, since, cleared, told.summary(), told.links());
        }
    }

    /** What people call it: the service, or that it belongs to none. */
    public String title() {
        return entity.map(Entity::name).orElse("No service");
    }
}
