package dev.steward.catalog;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Who left the workspace or a team, as long as what follows from that is not done. It is noted in the transaction that
 * learns of it, and forgotten in the one that does what follows; whoever is back before that never left.
 */
public final class Departures {
    /**
     * Somebody left.
     *
     * @param team
     *            that they left; empty: the workspace
     */
    public record Departure(long person, Optional<Team> team) {}

    static void left(Handle handle, long person, Instant at) {
        handle.createUpdate("INSERT OR IGNORE INTO departure (person, at) VALUES (:person, :at)")
                .bind("person", person).bind("at", at.toEpochMilli()).execute();
    }

    static void back(Handle handle, long person) {
        handle.createUpdate("DELETE FROM departure WHERE person = :person AND team IS NULL").bind("person", person)
                .execute();
    }

    static void leftTeam(Handle handle, Team team, Collection<Long> people, Instant at) {
        people.forEach(person -> handle
                .createUpdate("INSERT OR IGNORE INTO departure (person, team, at) VALUES (:person, :team, :at)")
                .bind("person", person).bind("team", team.id()).bind("at", at.toEpochMilli()).execute());
    }

    static void backInTeam(Handle handle, Team team, Collection<Long> people) {
        people.forEach(person -> handle.createUpdate("DELETE FROM departure WHERE person = :person AND team = :team")
                .bind("person", person).bind("team", team.id()).execute());
    }

    /** Numbers of those who left, the first to leave first. */
    public List<Long> people(Handle handle, int limit) {
        return handle.createQuery("""
                SELECT person FROM departure GROUP BY person ORDER BY min(at), person LIMIT :limit""")
                .bind("limit", limit).mapTo(Long.class).list();
    }

    /** Whether somebody left. */
    public static boolean any(Handle handle) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM departure)").mapTo(Boolean.class).one();
    }

    /** What that person left, the workspace first. */
    public List<Departure> of(Handle handle, long person) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM departure WHERE person = :person AND team IS NULL)")
                .bind("person", person).mapTo(Boolean.class).one()
                        ? concat(new Departure(person, Optional.empty()), teams(handle, person))
                        : teams(handle, person);
    }

    private static List<Departure> teams(Handle handle, long person) {
        return handle.createQuery("""
                SELECT t.* FROM departure d JOIN team t ON t.id = d.team WHERE d.person = :person ORDER BY t.name""")
                .bind("person", person).map(Teams::team).list().stream()
                .map(team -> new Departure(person, Optional.of(team))).toList();
    }

    private static List<Departure> concat(Departure first, List<Departure> rest) {
        return Stream.concat(Stream.of(first), rest.stream()).toList();
    }

    /** Notes that all of it is done. */
    public void followed(Handle handle, long person) {
        handle.createUpdate("DELETE FROM departure WHERE person = :person").bind("person", person).execute();
    }
}
