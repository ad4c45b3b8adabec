package dev.steward.playground.hostile;

import dev.steward.playground.stage.Stage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * What is so: who asked, what was decided, what runs, what is stored, who is who.
 *
 * @param rows
 *            table to its rows as text
 */
record Effects(Map<String, List<String>> rows) {
    /** Those that nobody may add to: who decided what, who is in which team, who is an administrator, who owns what. */
    private static final Map<String, String> FIXED = Map.of("decision",
            "SELECT id || ' ' || proposal || ' ' || person || ' ' || verdict || ' ' || digest FROM decision",
            "team", "SELECT id || ' ' || name || ' ' || source FROM team", "team_member",
            "SELECT team || ' ' || person FROM team_member", "admin", "SELECT name FROM person WHERE admin = 1",
            "entity", "SELECT id || ' ' || kind || ' ' || name || ' ' || owner || ' ' || version FROM entity",
            "module", "SELECT id || ' ' || digest FROM module", "installation",
            "SELECT name || ' ' || value FROM installation");

    /** Everything that only a decision or its requester may move. */
    static Effects fixed(Stage stage) {
        return stage.inspect(h -> {
            Map<String, List<String>> rows = new LinkedHashMap<>();
            FIXED.forEach((table, query) -> rows.put(table, list(h, query)));
            return new Effects(rows);
        });
    }

    /** The request for that service, with its run, its plans, its proposals, its state and its locks. */
    static Effects of(Stage stage, String service) {
        return stage.inspect(h -> {
            Map<String, List<String>> rows = new LinkedHashMap<>();
            rows.put("request", list(h, "SELECT id || ' ' || requester || ' ' || state || ' ' || version || ' ' || run"
                    + " FROM request WHERE subject = '" + service + "'"));
            String runs = "(SELECT run.id FROM run JOIN request ON request.id = run.request WHERE request.subject = '"
                    + service + "')";
            rows.put("run", list(h, "SELECT id || ' ' || state || ' ' || version FROM run WHERE id IN " + runs));
            rows.put("plan", list(h, "SELECT id || ' ' || sha256 FROM plan WHERE run IN " + runs));
            rows.put("attempt", list(h, "SELECT id || ' ' || kind || ' ' || coalesce(lock_id, '') || ' ' "
                    + "|| coalesce(revoked_at, '') FROM attempt WHERE run IN " + runs));
            rows.put("proposal", list(h, "SELECT id || ' ' || digest || ' ' || state || ' ' || version || ' ' || stage"
                    + " FROM proposal WHERE subject IN (SELECT 'RUN-' || id FROM run WHERE id IN " + runs + ")"));
            rows.put("state", list(h, "SELECT id || ' ' || sha256 FROM state_version WHERE stack IN (SELECT stack FROM"
                    + " run WHERE id IN " + runs + ")"));
            return new Effects(rows);
        });
    }

    /** Ledger actions since that entry, by action, actor and what it was about. */
    static List<String> ledgerSince(Stage stage, long seq) {
        return stage.inspect(h -> h.createQuery("SELECT action || ' by ' || actor || ' on ' || subject FROM ledger"
                + " WHERE seq > :seq").bind("seq", seq).mapTo(String.class).list());
    }

    private static List<String> list(Handle handle, String query) {
        return handle.createQuery(query + " ORDER BY 1").mapTo(String.class).list();
    }
}
