package dev.steward.incidents.alerts;

import dev.steward.catalog.EntityId;
import dev.steward.database.Database;
import dev.steward.incidents.IncidentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table of groups. */
final class GroupTable {
    private static final String SELECT = "SELECT * FROM alert_group ";

    private GroupTable() {}

    static Optional<AlertGroup> byId(Handle handle, long id) {
        return handle.createQuery(SELECT + "WHERE id = :id").bind("id", id).map(GroupTable::group).findOne();
    }

    static AlertGroup get(Handle handle, long id) {
        return byId(handle, id).orElseThrow(() -> new IllegalStateException("no such group of alerts: " + id));
    }

    /** The one of that entity, or of what is on none, that is not over. */
    static Optional<AlertGroup> live(Handle handle, Optional<EntityId> entity) {
        return handle.createQuery(SELECT + "WHERE ifnull(entity, 0) = :entity AND state <> 'closed'")
                .bind("entity", entity.map(EntityId::value).orElse(0L)).map(GroupTable::group).findOne();
    }

    /** All that are not over, the oldest first. */
    static List<AlertGroup> live(Handle handle) {
        return handle.createQuery(SELECT + "WHERE state <> 'closed' ORDER BY id LIMIT 1000").map(GroupTable::group)
                .list();
    }

    static int countLive(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM alert_group WHERE state <> 'closed'").mapTo(Integer.class)
                .one();
    }

    static AlertGroup insert(Handle handle, Optional<EntityId> entity, String channel, Instant now) {
        handle.createUpdate("""
                INSERT INTO alert_group (entity, channel, state, opened_at)
                VALUES (:entity, :channel, 'open', :now)""").bind("entity", entity.map(EntityId::value).orElse(null))
                .bind("channel", channel).bind("now", now.toEpochMilli()).execute();
        return get(handle, Database.lastId(handle));
    }

    /**
     * Takes in what alerts did.
     *
     * @param joined
     *            how many had not fired in it before
     * @param clears
     *            whether nothing fires any more
     */
    static void changed(Handle handle, AlertGroup group, int joined, int fired, int cleared, boolean clears,
            Instant now) {
        Database.expectOne(handle.createUpdate("""
                UPDATE alert_group SET total = total + :joined, told_fired = told_fired + :fired,
                    told_cleared = told_cleared + :cleared, state = CASE WHEN :clears THEN 'cleared' ELSE 'open' END,
                    cleared_at = CASE WHEN :clears THEN ifnull(cleared_at, :now) END, version = version + 1
                WHERE id = :id AND version = :seen AND state <> 'closed'""").bind("joined", joined)
                .bind("fired", fired).bind("cleared", cleared).bind("clears", clears).bind("now", now.toEpochMilli())
                .bind("id", group.id()).bind("seen", group.version()).execute(), group.subject());
    }

    static void paged(Handle handle, long id, Instant now) {
        set(handle, "paged_at = :now", id, now);
    }

    static void shown(Handle handle, long id, Instant now) {
        set(handle, "shown_at = :now", id, now);
    }

    static void toldOf(Handle handle, long id, Instant now) {
        set(handle, "told_at = :now, told_fired = 0, told_cleared = 0", id, now);
    }

    private static void set(Handle handle, String what, long id, Instant now) {
        Database.expectOne(handle.createUpdate("UPDATE alert_group SET " + what + " WHERE id = :id")
                .bind("now", now.toEpochMilli()).bind("id", id).execute(), "alerts:" + id);
    }

    /** Closes one of which nothing fires; false if something does again, or it is closed. */
    static boolean close(Handle handle, AlertGroup group, Instant now) {
        return handle.createUpdate("""
                UPDATE alert_group SET state = 'closed', closed_at = :now, version = version + 1
                WHERE id = :id AND version = :seen AND state = 'cleared'""").bind("now", now.toEpochMilli())
                .bind("id", group.id()).bind("seen", group.version()).execute() == 1;
    }

    /** Closes one of which nothing more is heard since then; false if somebody changed it first. */
    static boolean quieten(Handle handle, AlertGroup group, Instant heard, Instant now) {
        return handle.createUpdate("""
                UPDATE alert_group SET state = 'closed', quiet = 1, cleared_at = ifnull(cleared_at, :heard),
                    closed_at = :now, version = version + 1
                WHERE id = :id AND version = :seen AND state <> 'closed'""").bind("heard", heard.toEpochMilli())
                .bind("now", now.toEpochMilli()).bind("id", group.id()).bind("seen", group.version()).execute() == 1;
    }

    /** Notes who has it; false if somebody was first, or it is over. */
    static boolean ack(Handle handle, long id, long person, Instant now) {
        return handle.createUpdate("""
                UPDATE alert_group SET acked_by = :person, acked_at = :now, version = version + 1
                WHERE id = :id AND acked_by IS NULL AND state <> 'closed'""").bind("person", person)
                .bind("now", now.toEpochMilli()).bind("id", id).execute() == 1;
    }

    /** Has its card stay as it is; false if it is over. */
    static boolean snooze(Handle handle, long id, long person, Instant until) {
        return handle.createUpdate("""
                UPDATE alert_group SET snoozed_by = :person, snoozed_until = :until, version = version + 1
                WHERE id = :id AND state <> 'closed'""").bind("person", person).bind("until", until.toEpochMilli())
                .bind("id", id).execute() == 1;
    }

    /** Notes that its card does not stay as it is any more. */
    static void awake(Handle handle, long id) {
        handle.createUpdate("UPDATE alert_group SET snoozed_by = NULL, snoozed_until = NULL WHERE id = :id")
                .bind("id", id).execute();
    }

    /** Has an incident see to it; false if another was first, or it is over. */
    static boolean attach(Handle handle, AlertGroup group, IncidentId incident) {
        return handle.createUpdate("""
                UPDATE alert_group SET incident = :incident, version = version + 1
                WHERE id = :id AND version = :seen AND state <> 'closed'""").bind("incident", incident.value())
                .bind("id", group.id()).bind("seen", group.version()).execute() == 1;
    }

    private static AlertGroup group(ResultSet rs, StatementContext context) throws SQLException {
        var handling = new AlertGroup.Handling(act(rs, "acked_by", "acked_at"), act(rs, "snoozed_by", "snoozed_until"),
                number(rs, "incident").map(IncidentId::new), AlertTable.instant(rs, "paged_at"));
        var times = new AlertGroup.Times(Instant.ofEpochMilli(rs.getLong("opened_at")),
                AlertTable.instant(rs, "cleared_at"), AlertTable.instant(rs, "closed_at"));
        var told = new AlertGroup.Told(Instant.ofEpochMilli(rs.getLong("shown_at")),
                Instant.ofEpochMilli(rs.getLong("told_at")), rs.getInt("told_fired"), rs.getInt("told_cleared"));
        return new AlertGroup(rs.getLong("id"), number(rs, "entity").map(EntityId::new), rs.getString("channel"),
                state(rs), rs.getInt("total"), times,
                handling, told, rs.getLong("version"));
    }

    private static AlertGroup.State state(ResultSet rs) throws SQLException {
        return rs.getBoolean("quiet")
                ? AlertGroup.State.QUIET
                : AlertGroup.State.valueOf(rs.getString("state").toUpperCase(Locale.ROOT));
    }

    private static Optional<AlertGroup.Act> act(ResultSet rs, String person, String at) throws SQLException {
        return number(rs, person).isEmpty()
                ? Optional.empty()
                : Optional.of(new AlertGroup.Act(rs.getLong(person), Instant.ofEpochMilli(rs.getLong(at))));
    }

    private static Optional<Long> number(ResultSet rs, String column) throws SQLException {
        long number = rs.getLong(column);
        return rs.wasNull() ? Optional.empty() : Optional.of(number);
    }
}
