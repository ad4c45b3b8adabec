package dev.steward.incidents;

import dev.steward.catalog.People;
import dev.steward.catalog.Person;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tables of who belongs to an incident and who does what in it. */
final class Members {
    private final People people;
    private final InstantSource clock;

    Members(People people, InstantSource clock) {
        this.people = people;
        this.clock = clock;
    }

    /** Whether that person may know of it; nobody in particular: whether all may. */
    boolean mayKnow(Handle handle, Incident incident, Optional<Person> viewer) {
        return !incident.about().confidential()
                || viewer.filter(person -> has(handle, incident.id(), person.id())).isPresent();
    }

    boolean has(Handle handle, IncidentId id, long person) {
        return handle.createQuery("""
                SELECT count(*) FROM incident_member WHERE incident = :incident AND person = :person""")
                .bind("incident", id.value()).bind("person", person).mapTo(Integer.class).one() > 0;
    }

    /** Adds somebody; answers whether that was news. */
    boolean add(Handle handle, IncidentId id, long person) {
        return handle.createUpdate("""
                INSERT OR IGNORE INTO incident_member (incident, person, added_at) VALUES (:incident, :person, :now)""")
                .bind("incident", id.value()).bind("person", person).bind("now", clock.millis()).execute() > 0;
    }

    /** Notes that Slack let somebody in, or why not. */
    void invited(Handle handle, IncidentId id, long person, Optional<String> trouble) {
        handle.createUpdate("""
                UPDATE incident_member SET trouble = :trouble, invited_at = CASE WHEN :trouble IS NULL
                    THEN coalesce(invited_at, :now) ELSE invited_at END
                WHERE incident = :incident AND person = :person""").bind("trouble", trouble.orElse(null))
                .bind("now", clock.millis()).bind("incident", id.value()).bind("person", person).execute();
    }

    /** Has everybody invited again: the channel is another one. */
    void inviteAgain(Handle handle, IncidentId id) {
        handle.createUpdate("UPDATE incident_member SET invited_at = NULL, trouble = NULL WHERE incident = :incident")
                .bind("incident", id.value()).execute();
    }

    /** Who is not in the channel yet, of those whom Slack knows and has not refused. */
    List<Person> toInvite(Handle handle, IncidentId id) {
        return handle.createQuery("""
                SELECT person FROM incident_member
                WHERE incident = :incident AND invited_at IS NULL AND trouble IS NULL ORDER BY added_at, person""")
                .bind("incident", id.value()).mapTo(Long.class).list().stream()
                .map(person -> people.byId(handle, person).orElseThrow())
                .filter(person -> person.mayAct() && person.slack().isPresent()).toList();
    }

    /** Everybody who belongs to it, in the order in which they came. */
    List<Person> all(Handle handle, IncidentId id) {
        return handle.createQuery("""
                SELECT person FROM incident_member WHERE incident = :incident ORDER BY added_at, person""")
                .bind("incident", id.value()).mapTo(Long.class).list().stream()
                .map(person -> people.byId(handle, person).orElseThrow()).toList();
    }

    /** The rows of everybody who belongs to it. */
    List<Long> ids(Handle handle, IncidentId id) {
        return handle.createQuery("SELECT person FROM incident_member WHERE incident = :incident")
                .bind("incident", id.value()).mapTo(Long.class).list();
    }

    boolean leads(Handle handle, IncidentId id, long person) {
        return handle.createQuery("""
                SELECT EXISTS (SELECT 1 FROM incident_role
                    WHERE incident = :incident AND person = :person AND role = 'lead')""")
                .bind("incident", id.value()).bind("person", person).mapTo(Boolean.class).one();
    }

    Map<IncidentRole, Person> roles(Handle handle, IncidentId id) {
        Map<IncidentRole, Person> roles = new EnumMap<>(IncidentRole.class);
        handle.createQuery("SELECT role, person FROM incident_role WHERE incident = :incident")
                .bind("incident", id.value())
                .map((rs, c) -> Map.entry(IncidentRole.parse(rs.getString("role")).orElseThrow(), rs.getLong("person")))
                .list().forEach(e -> roles.put(e.getKey(), people.byId(handle, e.getValue()).orElseThrow()));
        return roles;
    }

    void give(Handle handle, IncidentId id, IncidentRole role, long person, Instant at) {
        handle.createUpdate("""
                INSERT INTO incident_role (incident, role, person, since) VALUES (:incident, :role, :person, :at)
                ON CONFLICT (incident, role) DO UPDATE SET person = excluded.person, since = excluded.since""")
                .bind("incident", id.value()).bind("role", role.text()).bind("person", person)
                .bind("at", at.toEpochMilli()).execute();
    }

    /** Has another incident take over who belongs to it, and the roles that nobody has there. */
    void copy(Handle handle, IncidentId from, IncidentId to) {
        handle.createUpdate("""
                INSERT OR IGNORE INTO incident_member (incident, person, added_at)
                SELECT :to, person, :now FROM incident_member WHERE incident = :from""").bind("to", to.value())
                .bind("from", from.value()).bind("now", clock.millis()).execute();
        handle.createUpdate("""
                INSERT OR IGNORE INTO incident_role (incident, role, person, since)
                SELECT :to, role, person, since FROM incident_role WHERE incident = :from""").bind("to", to.value())
                .bind("from", from.value()).execute();
    }
}
