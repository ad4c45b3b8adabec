package dev.steward.incidents.alerts;

import dev.steward.database.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables of what came in and of the alerts. */
final class AlertTable {
    /** Kinds of alerts that a card names. */
    static final int NAMED = 10;

    /** Which alert. */
    record Key(AlertSource source, String fingerprint) {
        static Key of(AlertEvent event) {
            return new Key(event.source(), event.fingerprint());
        }
    }

    /**
     * A row of the intake.
     *
     * @param tries
     *            of working through it that failed
     * @param alerts
     *            as they are stored
     */
    record Row(long id, int tries, String alerts) {
        List<AlertEvent> events() {
            return Json.tree(alerts).valueStream().map(AlertEvent::of).toList();
        }
    }

    private AlertTable() {}

    /** What came in and was not worked through, the oldest first; what failed before comes last, one at a time. */
    static List<Row> intake(Handle handle, int limit) {
        List<Row> rows = handle
                .createQuery("SELECT id, tries, alerts FROM alert_intake ORDER BY tries, id LIMIT :limit")
                .bind("limit", limit).map((rs, c) -> new Row(rs.getLong("id"), rs.getInt("tries"),
                        rs.getString("alerts")))
                .list();
        return rows.isEmpty() || rows.getFirst().tries() == 0
                ? rows.stream().filter(row -> row.tries() == 0).toList()
                : rows.subList(0, 1);
    }

    /** Whether something could not be worked through. */
    static boolean failing(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM alert_intake WHERE tries > 0").mapTo(Integer.class).one() > 0;
    }

    static void worked(Handle handle, List<Row> rows) {
        handle.createUpdate("DELETE FROM alert_intake WHERE id IN (<ids>)").bindList("ids", ids(rows)).execute();
    }

    static void failed(Handle handle, List<Row> rows) {
        handle.createUpdate("UPDATE alert_intake SET tries = tries + 1 WHERE id IN (<ids>)")
                .bindList("ids", ids(rows)).execute();
    }

    private static List<Long> ids(List<Row> rows) {
        return rows.stream().map(Row::id).toList();
    }

    /** Those of the alerts that are known. */
    static Map<Key, Alert> find(Handle handle, Collection<Key> keys) {
        Map<Key, Alert> found = new HashMap<>();
        handle.createQuery("""
                SELECT a.* FROM json_each(:keys) k CROSS JOIN alert a
                    ON a.source = k.value ->> 0 AND a.fingerprint = k.value ->> 1""")
                .bind("keys", json(keys))
                .map(AlertTable::alert)
                .forEach(alert -> found.put(new Key(alert.source(), alert.fingerprint()), alert));
        return found;
    }

    static void save(Handle handle, Collection<Alert> alerts, Instant now) {
        if (alerts.isEmpty()) {
            return;
        }
        try (var batch = handle.prepareBatch("""
                INSERT INTO alert (source, fingerprint, alert_group, state, name, severity, summary, links, claimed_at,
                    starts_at, ended_at, times, updated_at, heard_at, quiet)
                VALUES (:source, :fingerprint, :group, :state, :name, :severity, :summary, :links, :claimed, :starts,
                    :ended, :times, :now, :heard, 0)
                ON CONFLICT (source, fingerprint) DO UPDATE SET alert_group = excluded.alert_group,
                    state = excluded.state, name = excluded.name, severity = excluded.severity,
                    summary = excluded.summary, links = excluded.links, claimed_at = excluded.claimed_at,
                    starts_at = excluded.starts_at, ended_at = excluded.ended_at, times = excluded.times,
                    updated_at = excluded.updated_at, heard_at = excluded.heard_at, quiet = excluded.quiet""")) {
            for (Alert alert : alerts) {
                Standing standing = alert.standing();
                AlertEvent.Told told = alert.told();
                batch.bind("source", alert.source().text()).bind("fingerprint", alert.fingerprint())
                        .bind("group", alert.group().isPresent() ? (Long) alert.group().getAsLong() : null)
                        .bind("state", standing.firing() ? "firing" : "resolved").bind("name", told.name())
                        .bind("severity", told.severity().rank()).bind("summary", told.summary())
                        .bind("links", Json.text(told.links()))
                        .bind("claimed", standing.claimed().map(Instant::toEpochMilli).orElse(null))
                        .bind("starts", standing.starts().toEpochMilli())
                        .bind("ended", standing.ended().map(Instant::toEpochMilli).orElse(null))
                        .bind("times", standing.times()).bind("now", now.toEpochMilli())
                        .bind("heard", alert.heard().toEpochMilli()).add();
            }
            batch.execute();
        }
    }

    /** Notes that these were said to fire still. */
    static void heard(Handle handle, Collection<Key> keys, Instant now) {
        if (!keys.isEmpty()) {
            handle.createUpdate("""
                    UPDATE alert SET heard_at = :now WHERE state = 'firing' AND (source, fingerprint) IN (
                        SELECT k.value ->> 0, k.value ->> 1 FROM json_each(:keys) k)""")
                    .bind("now", now.toEpochMilli()).bind("keys", json(keys)).execute();
        }
    }

    private static String json(Collection<Key> keys) {
        return Json.text(keys.stream().map(key -> List.of(key.source().text(), key.fingerprint())).toList());
    }

    static boolean fires(Handle handle, long group) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM alert WHERE alert_group = :group AND state = 'firing')")
                .bind("group", group).mapTo(Boolean.class).one();
    }

    /** The groups with alerts of that source of which nothing was heard since then. */
    static List<Long> unheard(Handle handle, AlertSource source, Instant since) {
        return handle.createQuery("""
                SELECT DISTINCT alert_group FROM alert
                WHERE source = :source AND state = 'firing' AND heard_at <= :since AND alert_group IS NOT NULL""")
                .bind("source", source.text()).bind("since", since.toEpochMilli()).mapTo(Long.class).list();
    }

    /** Has such alerts of a group not count as firing any more; answers how many, at most so many. */
    static int quieten(Handle handle, long group, AlertSource source, Instant since, int most) {
        return handle.createUpdate("""
                UPDATE alert SET state = 'resolved', quiet = 1, ended_at = max(starts_at, heard_at)
                WHERE (source, fingerprint) IN (
                    SELECT source, fingerprint FROM alert WHERE alert_group = :group AND state = 'firing'
                        AND source = :source AND heard_at <= :since LIMIT :most)""").bind("group", group)
                .bind("source", source.text()).bind("since", since.toEpochMilli()).bind("most", most).execute();
    }

    /** What has gone quiet in a group, and when something of it was heard last. */
    static Optional<AlertGroupView.Quiet> quiet(Handle handle, long group) {
        return handle.createQuery(
                """
                        SELECT count(*) AS alerts, max(heard_at) AS heard FROM alert WHERE alert_group = :group AND quiet = 1""")
                .bind("group", group)
                .map((rs, c) -> rs.getInt("alerts") == 0
                        ? Optional.<AlertGroupView.Quiet>empty()
                        : Optional.of(new AlertGroupView.Quiet(rs.getInt("alerts"),
                                Instant.ofEpochMilli(rs.getLong("heard")))))
                .one();
    }

    /** How many alerts of a source have gone quiet in a group. */
    static int quiet(Handle handle, long group, AlertSource source) {
        return handle.createQuery("""
                SELECT count(*) FROM alert WHERE alert_group = :group AND source = :source AND quiet = 1""")
                .bind("group", group).bind("source", source.text()).mapTo(Integer.class).one();
    }

    static AlertGroupView.Firing firing(Handle handle, long group) {
        return handle.createQuery("""
                SELECT count(*) AS firing, ifnull(sum(severity = 0), 0) AS critical, min(starts_at) AS since
                FROM alert WHERE alert_group = :group AND state = 'firing'""").bind("group", group)
                .map((rs, c) -> new AlertGroupView.Firing(rs.getInt("firing"), rs.getInt("critical"),
                        instant(rs, "since")))
                .one();
    }

    /** The worst that fires, if anything does. */
    static Optional<Alert> worst(Handle handle, long group) {
        return handle.createQuery("""
                SELECT * FROM alert WHERE alert_group = :group
                ORDER BY state, severity, starts_at, fingerprint LIMIT 1""").bind("group", group)
                .map(AlertTable::alert).findOne();
    }

    /** Alerts of one name together, the worst first: those that fire, or else the last that cleared. */
    static List<AlertGroupView.Line> lines(Handle handle, long group, boolean firing) {
        return handle.createQuery("""
                SELECT severity, name, count(*) AS alerts, min(starts_at) AS since, max(ended_at) AS ended
                FROM alert WHERE alert_group = :group AND state = :state AND quiet = 0
                GROUP BY severity, name ORDER BY severity, since, name LIMIT :most""").bind("group", group)
                .bind("state", firing ? "firing" : "resolved").bind("most", NAMED)
                .map((rs, c) -> new AlertGroupView.Line(rs.getString("name"),
                        AlertSeverity.of(rs.getInt("severity")), rs.getInt("alerts"),
                        Instant.ofEpochMilli(rs.getLong("since")), instant(rs, "ended"), "", NOWHERE))
                .list().stream().map(line -> sample(handle, group, firing, line)).toList();
    }

    private static final AlertEvent.Links NOWHERE = new AlertEvent.Links("", "", "");

    /** Summary and links are those of the alert that has fired for longest. */
    private static AlertGroupView.Line sample(Handle handle, long group, boolean firing, AlertGroupView.Line line) {
        return handle.createQuery("""
                SELECT * FROM alert WHERE alert_group = :group AND state = :state AND quiet = 0
                    AND severity = :severity AND starts_at = :since AND name = :name ORDER BY fingerprint LIMIT 1""")
                .bind("group", group)
                .bind("state", firing ? "firing" : "resolved").bind("severity", line.severity().rank())
                .bind("since", line.since().toEpochMilli()).bind("name", line.name()).map(AlertTable::alert).findOne()
                .map(alert -> line.with(alert.told())).orElse(line);
    }

    /** Alerts that were over before that time; a bounded number. */
    static int forget(Handle handle, Instant before) {
        return handle.createUpdate("""
                DELETE FROM alert WHERE (source, fingerprint) IN (
                    SELECT source, fingerprint FROM alert WHERE state = 'resolved' AND ended_at < :before LIMIT 500)""")
                .bind("before", before.toEpochMilli()).execute();
    }

    private static Alert alert(ResultSet rs, StatementContext context) throws SQLException {
        long group = rs.getLong("alert_group");
        OptionalLong of = rs.wasNull() ? OptionalLong.empty() : OptionalLong.of(group);
        return new Alert(AlertSource.of(rs.getString("source")), rs.getString("fingerprint"), of,
                new Standing(instant(rs, "claimed_at"), Instant.ofEpochMilli(rs.getLong("starts_at")),
                        instant(rs, "ended_at"), rs.getBoolean("quiet"), rs.getInt("times")),
                new AlertEvent.Told(rs.getString("name"), AlertSeverity.of(rs.getInt("severity")),
                        rs.getString("summary"), AlertEvent.links(Json.tree(rs.getString("links")))),
                Instant.ofEpochMilli(rs.getLong("heard_at")));
    }

    static Optional<Instant> instant(ResultSet rs, String column) throws SQLException {
        long at = rs.getLong(column);
        return rs.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at));
    }
}
