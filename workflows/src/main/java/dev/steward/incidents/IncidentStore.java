package dev.steward.incidents;

import dev.steward.catalog.EntityId;
import dev.steward.database.Database;
import dev.steward.ledger.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table of incidents: every change is made to the version that was seen. */
final class IncidentStore {
    static final String OPEN = "status IN ('triage', 'investigating', 'identified', 'monitoring')";
    /** Whoever declares more than this at once is not helped by a longer list. */
    private static final int MOST_OPEN = 500;

    /** An incident that has no row yet. */
    record New(Declaration declaration, String title, String origin, Instant at, Optional<Instant> due) {}

    /** The channel's name depends on the number, so that it is set with {@link #named}. */
    IncidentId insert(Handle handle, New incident) {
        Declaration.Details details = incident.declaration().details();
        handle.createUpdate("""
                INSERT INTO incident (title, severity, status, entity, summary, private, origin, declared_by,
                    declared_at, taken_up_at, update_due_at, caused_by, channel_name, idempotency_key)
                VALUES (:title, :severity, :status, :entity, :summary, :private, :origin, :by, :at,
                    CASE WHEN :led THEN :at END, nullif(:due, 0), (SELECT id FROM run WHERE 'run:' || id = :origin), '',
                    :key)""")
                .bind("title", incident.title()).bind("severity", incident.declaration().severity().number())
                .bind("status",
                        (details.triage() ? IncidentState.Progress.TRIAGE : IncidentState.Progress.INVESTIGATING)
                                .text())
                .bind("entity", details.entity().map(EntityId::value).orElse(null))
                .bind("summary", Phrases.text(details.summary()))
                .bind("private", details.confidential()).bind("origin", incident.origin())
                .bind("by", incident.declaration().by().id()).bind("at", incident.at().toEpochMilli())
                .bind("led", details.lead().isPresent()).bind("due", millis(incident.due()))
                .bind("key", incident.declaration().idempotencyKey()).execute();
        return new IncidentId(Database.lastId(handle));
    }

    void named(Handle handle, IncidentId id, String channelName) {
        handle.createUpdate("UPDATE incident SET channel_name = :name WHERE id = :id").bind("name", channelName)
                .bind("id", id.value()).execute();
    }

    Optional<Incident> find(Handle handle, IncidentId id) {
        return one(handle, "id = :value", id.value());
    }

    Incident get(Handle handle, IncidentId id) {
        return find(handle, id).orElseThrow(() -> new IllegalStateException("no such incident: " + id.text()));
    }

    /** That one, or the one that has taken it over in the end. */
    Incident surviving(Handle handle, IncidentId id) {
        Incident incident = get(handle, id);
        while (incident.state() instanceof IncidentState.Merged merged) {
            incident = get(handle, merged.into());
        }
        return incident;
    }

    Optional<Incident> byKey(Handle handle, String idempotencyKey) {
        return one(handle, "idempotency_key = :value", idempotencyKey);
    }

    Optional<Incident> byOrigin(Handle handle, String origin) {
        return one(handle, "origin = :value", origin);
    }

    Optional<Incident> inChannel(Handle handle, String channel) {
        return one(handle, "channel = :value", channel);
    }

    /** The open ones that everybody may see, and those whose member that person is; the worst first. */
    List<Incident> open(Handle handle, long viewer) {
        return handle.createQuery("SELECT * FROM incident WHERE " + OPEN + """
                AND (private = 0 OR EXISTS (SELECT 1 FROM incident_member m WHERE m.incident = incident.id
                   AND m.person = :viewer)) ORDER BY severity, id LIMIT :limit""").bind("viewer", viewer)
                .bind("limit", MOST_OPEN).map(IncidentStore::incident).list();
    }

    /** Those that a query names, in its order. */
    static List<Incident> all(Handle handle, String condition, Map<String, ?> bindings) {
        return handle.createQuery("SELECT * FROM incident WHERE " + condition).bindMap(bindings)
                .map(IncidentStore::incident).list();
    }

    /** In the caller's transaction, in which it was read, nobody can have been first. */
    void change(Handle handle, Incident seen, String set, Map<String, ?> values) {
        Database.expectOne(handle
                .createUpdate(
                        "UPDATE incident SET " + set + ", version = version + 1 WHERE id = :id AND version = :seen")
                .bindMap(values).bind("id", seen.id().value()).bind("seen", seen.version()).execute(),
                seen.id().text());
    }

    /** What is stored of a moment that may be none: 0 for none. */
    static long millis(Optional<Instant> instant) {
        return instant.map(Instant::toEpochMilli).orElse(0L);
    }

    private static Optional<Incident> one(Handle handle, String condition, Object value) {
        return all(handle, condition, Map.of("value", value)).stream().findFirst();
    }

    static Incident incident(ResultSet rs, StatementContext context) throws SQLException {
        long entity = rs.getLong("entity");
        long cause = rs.getLong("caused_by");
        var about = new Incident.About(entity == 0 ? Optional.empty() : Optional.of(new EntityId(entity)),
                rs.getString("summary"), rs.getInt("private") == 1, rs.getString("origin"), rs.getLong("declared_by"),
                cause == 0 ? OptionalLong.empty() : OptionalLong.of(cause));
        var times = new Incident.Times(Instant.ofEpochMilli(rs.getLong("declared_at")), at(rs, "taken_up_at"),
                at(rs, "update_due_at"), at(rs, "resolved_at"));
        var channel = new Incident.Channel(Optional.ofNullable(rs.getString("channel")), rs.getString("channel_name"),
                Optional.ofNullable(rs.getString("channel_trouble")));
        return new Incident(new IncidentId(rs.getLong("id")), rs.getString("title"),
                Severity.of(rs.getInt("severity")), state(rs), about, times, channel, rs.getLong("version"));
    }

    private static IncidentState state(ResultSet rs) throws SQLException {
        Instant resolved = Instant.ofEpochMilli(rs.getLong("resolved_at"));
        Instant ended = Instant.ofEpochMilli(rs.getLong("ended_at"));
        String status = rs.getString("status");
        return switch (status) {
            case "resolved" -> new IncidentState.Resolved(resolved);
            case "closed" -> new IncidentState.Closed(resolved, ended, by(rs));
            case "declined" -> new IncidentState.Declined(ended, by(rs), rs.getString("reason"));
            case "merged" -> new IncidentState.Merged(new IncidentId(rs.getLong("merged_into")), ended, by(rs));
            default -> new IncidentState.Open(IncidentState.Progress.parse(status).orElseThrow());
        };
    }

    private static Actor by(ResultSet rs) throws SQLException {
        return Actor.parse(rs.getString("ended_by"));
    }

    static Optional<Instant> at(ResultSet rs, String column) throws SQLException {
        long millis = rs.getLong(column);
        return rs.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
