package dev.steward.incidents;

import dev.steward.catalog.EntityId;
import dev.steward.catalog.Person;
import dev.steward.definitions.Workflow;
import dev.steward.requests.RequestId;
import dev.steward.terraform.RunOperation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads what Steward did on the thing that an incident is on, and on what that depends on. */
final class WhatChanged {
    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(14);

    /** SQLite keeps the order of a CROSS JOIN; left to itself it begins with every run that ever was. */
    private static final String CHANGES = """
            WITH RECURSIVE reach (id, depth) AS (
                SELECT :entity, 0
                UNION SELECT d.depends_on, depth + 1 FROM reach CROSS JOIN dependency d ON d.entity = reach.id
                    WHERE depth < 5),
            near (id, depth) AS (SELECT id, min(depth) FROM reach GROUP BY id),
            changed (request, run, decided, stack, entity, depth, at, outcome, role, holder) AS (
                SELECT r.request, r.id, r.id, r.stack, n.id, min(n.depth), coalesce(r.ended_at, r.updated_at),
                    CASE r.state WHEN 'apply_failed' THEN 'failed' ELSE r.state END, NULL, NULL
                FROM near n CROSS JOIN stack_entity se ON se.entity = n.id CROSS JOIN run r ON r.stack = se.stack
                WHERE r.state IN ('applied', 'apply_failed', 'partial', 'indeterminate') AND r.request IS NOT NULL
                    AND coalesce(r.ended_at, r.updated_at) BETWEEN :from AND :to
                    AND NOT EXISTS (SELECT 1 FROM lease l WHERE l.stack = r.stack AND l.role IS NOT NULL)
                GROUP BY r.id
                UNION ALL SELECT q.id, q.run, q.run, q.stack, n.id, n.depth, l.starts_at, 'granted', l.role, l.holder
                FROM near n CROSS JOIN lease l ON l.entity = n.id JOIN request q ON q.id = l.request
                WHERE l.starts_at BETWEEN :from AND :to
                UNION ALL SELECT q.id, coalesce(e.run, q.run), q.run, q.stack, n.id, n.depth, l.ended_at, 'ended', l.role,
                    l.holder
                FROM near n CROSS JOIN lease l ON l.entity = n.id JOIN request q ON q.id = l.request
                LEFT JOIN request e ON e.id = l.ending
                WHERE l.ended_at BETWEEN :from AND :to)
            SELECT count(*) OVER () AS total, c.*, q.workflow, q.subject, q.requester, r.operation, s.status AS stack_status,
                (SELECT '+' || p.creates || ' ~' || p.updates || ' -' || p.deletes FROM plan p WHERE p.run = c.run
                    ORDER BY p.id DESC LIMIT 1) AS counts,
                (SELECT x.id FROM request x WHERE x.incident = :incident AND x.id > c.request
                    AND (x.operation = 'destroy' OR x.goes_back_to < c.request)
                    AND x.stack = c.stack AND x.state NOT IN ('rejected', 'cancelled', 'expired')
                    AND NOT EXISTS (SELECT 1 FROM lease l WHERE l.stack = x.stack)
                    ORDER BY x.id DESC LIMIT 1) AS reverting,
                EXISTS (SELECT 1 FROM request x WHERE x.stack = c.stack AND x.id > c.request AND x.state = 'done'
                    AND x.goes_back_to < c.request) AS undone,
                EXISTS (SELECT 1 FROM lease l WHERE l.stack = c.stack) AS leased
            FROM changed c JOIN request q ON q.id = c.request JOIN run r ON r.id = c.run JOIN stack s ON s.id = c.stack
            ORDER BY c.depth, c.at DESC, c.run DESC LIMIT 25""";

    private final Desk desk;

    WhatChanged(Desk desk) {
        this.desk = desk;
    }

    /** A change before its people and its thing have their names. */
    private record Row(int total, long request, long run, long decided, long entity, int depth, Instant at,
            String outcome,
            Optional<String> role, long holder, RunOperation operation, String workflow, String subject, long requester,
            String counts, Optional<Long> reverting, boolean revertible) {}

    Changes before(Handle handle, Incident incident, Duration back) {
        Duration some = back.compareTo(SHORTEST) < 0 ? SHORTEST : back.compareTo(LONGEST) > 0 ? LONGEST : back;
        if (incident.about().entity().isEmpty()) {
            return Changes.NONE;
        }
        List<Row> rows = handle.createQuery(CHANGES).bind("entity", incident.about().entity().get().value())
                .bind("incident", incident.id().value())
                .bind("from", incident.times().declared().minus(some).toEpochMilli())
                .bind("to", desk.now().toEpochMilli()).map((rs, c) -> row(rs)).list();
        return new Changes(rows.stream().map(row -> change(handle, row)).toList(),
                rows.isEmpty() ? 0 : rows.getFirst().total());
    }

    private static Row row(ResultSet rs) throws SQLException {
        long reverting = rs.getLong("reverting");
        String counts = rs.getString("counts");
        RunOperation operation = RunOperation.of(rs.getString("operation"));
        boolean some = operation == RunOperation.CHANGE
                || (operation == RunOperation.CREATE && rs.getString("outcome").equals("applied"));
        boolean revertible = some && rs.getString("stack_status").equals("active") && rs.getInt("leased") == 0
                && rs.getInt("undone") == 0 && reverting == 0;
        return new Row(rs.getInt("total"), rs.getLong("request"), rs.getLong("run"), rs.getLong("decided"),
                rs.getLong("entity"),
                rs.getInt("depth"), Instant.ofEpochMilli(rs.getLong("at")), rs.getString("outcome"),
                Optional.ofNullable(rs.getString("role")), rs.getLong("holder"), operation, rs.getString("workflow"),
                rs.getString("subject"), rs.getLong("requester"), counts == null ? "" : counts,
                reverting == 0 ? Optional.empty() : Optional.of(reverting), revertible);
    }

    private Change change(Handle handle, Row row) {
        String title = desk.requests.workflow(row.workflow()).map(Workflow::title).orElse(row.workflow());
        return new Change(new RequestId(row.request()), "RUN-" + row.run(),
                desk.catalog.entities().byId(handle, new EntityId(row.entity())).orElseThrow(), row.depth(),
                title(row, title),
                row.role().map(_ -> "for " + name(handle, row.holder())).orElse(row.counts()),
                row.role().isPresent(), row.outcome(), row.at(), name(handle, row.requester()),
                approvers(handle, row.decided()), row.reverting().map(id -> new RequestId(id).text()),
                row.revertible());
    }

    private static String title(Row row, String workflow) {
        return switch (row.operation()) {
            case CREATE -> workflow + ": " + row.subject();
            case CHANGE -> "Change of " + row.subject();
            case DESTROY -> row.role().isPresent() ? workflow + ": " + row.subject() : "Removal of " + row.subject();
            case REFRESH -> "Check of " + row.subject();
        };
    }

    private String name(Handle handle, long person) {
        return desk.catalog.people().byId(handle, person).map(Person::displayName).orElse("somebody unknown");
    }

    /** By name; where a standing rule approved, the rule. */
    private static List<String> approvers(Handle handle, long run) {
        List<String> people = handle.createQuery("""
                SELECT p.display_name FROM proposal x JOIN decision d ON d.proposal = x.id AND d.verdict = 'approve'
                JOIN person p ON p.id = d.person WHERE x.kind = 'plan' AND x.subject = :run ORDER BY d.id""")
                .bind("run", "RUN-" + run).mapTo(String.class).list();
        return people.isEmpty()
                ? handle.createQuery("""
                        SELECT reason FROM proposal WHERE kind = 'plan' AND subject = :run AND stages = '[]'
                            AND state = 'approved' AND reason IS NOT NULL ORDER BY id DESC LIMIT 1""")
                        .bind("run", "RUN-" + run).mapTo(String.class).list()
                : people.stream().distinct().toList();
    }
}
