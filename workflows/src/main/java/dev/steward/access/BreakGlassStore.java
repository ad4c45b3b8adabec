package dev.steward.access;

import dev.steward.catalog.EntityId;
import dev.steward.requests.RequestId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table of emergency access. */
final class BreakGlassStore {
    /** One that has no row yet. */
    record New(RequestId request, long incident, EntityId entity, long holder, String channel, Instant openedAt,
            Instant dueAt) {}

    /** Who signed, and what they said. */
    record Signed(long by, Instant at, boolean justified, String words) {}

    /** A row. */
    record Row(RequestId request, long incident, EntityId entity, long holder, String channel, Instant openedAt,
            Instant dueAt, Optional<Instant> escalatedAt, Optional<Signed> signed, long version) {}

    /** Whether there was none before. */
    boolean insert(Handle handle, New row) {
        return handle.createUpdate("""
                INSERT OR IGNORE INTO break_glass (request, incident, entity, holder, channel, opened_at, due_at)
                VALUES (:request, :incident, :entity, :holder, :channel, :opened, :due)""")
                .bind("request", row.request().value()).bind("incident", row.incident())
                .bind("entity", row.entity().value()).bind("holder", row.holder()).bind("channel", row.channel())
                .bind("opened", row.openedAt().toEpochMilli()).bind("due", row.dueAt().toEpochMilli()).execute() == 1;
    }

    Optional<Row> find(Handle handle, RequestId request) {
        return handle.createQuery("SELECT * FROM break_glass WHERE request = :request")
                .bind("request", request.value()).map(BreakGlassStore::row).findOne();
    }

    /** Has what was given for one incident belong to another; answers what that is. */
    List<Row> move(Handle handle, long from, long to) {
        return handle.createQuery("""
                UPDATE break_glass SET incident = :to, version = version + 1 WHERE incident = :from RETURNING *""")
                .bind("from", from).bind("to", to).map(BreakGlassStore::row).list();
    }

    List<Row> overdue(Handle handle, Instant now) {
        return handle.createQuery("""
                SELECT * FROM break_glass WHERE signed_at IS NULL AND escalated_at IS NULL AND due_at <= :now
                ORDER BY due_at LIMIT 100""").bind("now", now.toEpochMilli()).map(BreakGlassStore::row).list();
    }

    /** Those of others, on what a person's teams own, that nobody has signed; the first due first. */
    List<Row> unsignedOfTeamsOf(Handle handle, long person) {
        return handle.createQuery("""
                SELECT b.* FROM break_glass b JOIN entity e ON e.id = b.entity
                WHERE b.signed_at IS NULL AND b.holder <> :person
                    AND e.owner IN (SELECT m.team FROM team_member m WHERE m.person = :person)
                ORDER BY b.due_at, b.request""").bind("person", person).map(BreakGlassStore::row).list();
    }

    boolean anyOpen(Handle handle) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM break_glass WHERE signed_at IS NULL)")
                .mapTo(Boolean.class).one();
    }

    boolean sign(Handle handle, Row seen, long by, Instant at, boolean justified, String words) {
        return handle.createUpdate("""
                UPDATE break_glass SET signed_by = :by, signed_at = :at, justified = :justified, words = :words,
                    version = version + 1
                WHERE request = :request AND version = :seen AND signed_at IS NULL""").bind("by", by)
                .bind("at", at.toEpochMilli()).bind("justified", justified ? 1 : 0).bind("words", words)
                .bind("request", seen.request().value()).bind("seen", seen.version()).execute() == 1;
    }

    boolean escalate(Handle handle, Row seen, Instant at) {
        return handle.createUpdate("""
                UPDATE break_glass SET escalated_at = :at, version = version + 1
                WHERE request = :request AND version = :seen AND signed_at IS NULL""").bind("at", at.toEpochMilli())
                .bind("request", seen.request().value()).bind("seen", seen.version()).execute() == 1;
    }

    private static Row row(ResultSet rs, StatementContext context) throws SQLException {
        return new Row(new RequestId(rs.getLong("request")), rs.getLong("incident"),
                new EntityId(rs.getLong("entity")), rs.getLong("holder"), rs.getString("channel"),
                Instant.ofEpochMilli(rs.getLong("opened_at")), Instant.ofEpochMilli(rs.getLong("due_at")),
                at(rs, "escalated_at"), signed(rs), rs.getLong("version"));
    }

    private static Optional<Signed> signed(ResultSet rs) throws SQLException {
        Optional<Instant> at = at(rs, "signed_at");
        return at.isEmpty()
                ? Optional.empty()
                : Optional.of(new Signed(rs.getLong("signed_by"), at.get(), rs.getBoolean("justified"),
                        rs.getString("words")));
    }

    private static Optional<Instant> at(ResultSet rs, String column) throws SQLException {
        long millis = rs.getLong(column);
        return rs.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
