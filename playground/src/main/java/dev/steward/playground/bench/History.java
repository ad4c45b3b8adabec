package dev.steward.playground.bench;

import dev.steward.database.Json;
import dev.steward.database.Sha256;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Years of use, written into a database that no bot has open: a ledger whose chain is valid, and finished requests with
 * their stacks, runs, plans, states, decisions, entities and messages.
 */
final class History {
    private static final int SLICE = 50_000;
    private static final long STEP_MILLIS = 60_000;

    /** A digest like any other; nothing is looked up by it. */
    private static final String DIGEST = Sha256.of("history");

    /** Parameters: 1 the number of requests, 2 the current time, 3 the digest. Rows continue after those that are there. */
    private static final List<String> REQUESTS = List.of("""
            CREATE TEMP TABLE base AS SELECT (SELECT coalesce(max(id), 0) FROM request) AS request,
                (SELECT coalesce(max(id), 0) FROM stack) AS stack, (SELECT coalesce(max(id), 0) FROM run) AS run,
                (SELECT coalesce(max(id), 0) FROM plan) AS plan, (SELECT coalesce(max(id), 0) FROM attempt) AS attempt,
                (SELECT coalesce(max(id), 0) FROM proposal) AS proposal,
                (SELECT coalesce(max(id), 0) FROM entity) AS entity, (SELECT min(id) FROM team) AS team,
                (SELECT min(id) FROM person) AS person, ?1 AS requests, ?2 AS now, ?3 AS digest""", """
            CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n, base
                WHERE i < base.requests) SELECT i FROM n""", """
            INSERT INTO stack (id, name, module, lineage, owner, status, created_at, updated_at)
            SELECT stack + i, 'service/history-' || i, 'service', 'lineage-' || i, team, 'active', now, now FROM n, base
            """, """
            INSERT INTO stack_resource SELECT stack + i, 'terraform_data.' || part, 'terraform_data',
                'id-' || part || '-' || i FROM n, base, (SELECT 'service' AS part UNION ALL SELECT 'repository'
                UNION ALL SELECT 'settled' UNION ALL SELECT 'pipeline' UNION ALL SELECT 'dashboard'
                UNION ALL SELECT 'alerts')""", """
            INSERT INTO run (id, stack, request, operation, state, module, module_digest, terraform_version, inputs,
                policy_digest, host, plan, created_at, updated_at, ended_at)
            SELECT run + i, stack + i, request + i, 'create', 'applied', 'service', digest, '1.11.4', zeroblob(200),
                digest, 'localhost', plan + i, now, now, now FROM n, base""", """
            INSERT INTO plan (id, run, bytes, sha256, lineage, serial, content_digest, view, creates, updates, deletes,
                created_at) SELECT plan + i, run + i, zeroblob(1000), digest, 'lineage-' || i, 1, digest, '{}', 6, 0, 0,
                now FROM n, base""",
            """
                    INSERT INTO attempt (id, run, kind, token_hash, folder, host, lock_id, lock_granted_at, revoked_at, exit_code,
                        created_at, ended_at) SELECT attempt + 2 * i - p, run + i, CASE p WHEN 1 THEN 'plan' ELSE 'apply' END,
                        'token-' || i || '-' || p, 'run-' || (run + i) || '-history-' || p, 'localhost', 'lock-' || i || p, now,
                        now, 0, now, now FROM n, base, (SELECT 1 AS p UNION ALL SELECT 0)""",
            """
                    INSERT INTO state_version (stack, lineage, serial, sha256, body, attempt, created_at)
                    SELECT stack + i, 'lineage-' || i, serial, digest, zeroblob(1000), NULL, now FROM n, base,
                        (SELECT 1 AS serial UNION ALL SELECT 2)""", """
                    INSERT INTO request (id, workflow, workflow_digest, requester, channel, subject, state, stack, run,
                        idempotency_key, created_at, updated_at) SELECT request + i, 'new-service', digest, person,
                        'platform-requests', 'history-' || i, 'done', stack + i, run + i, 'history:' || i, now, now
                    FROM n, base""",
            """
                    INSERT INTO request_input (request, name, value) SELECT request + i, name, '"a value"' FROM n, base,
                        (SELECT 'service' AS name UNION ALL SELECT 'purpose' UNION ALL SELECT 'owner' UNION ALL SELECT 'tier')
                    """,
            """
                    INSERT INTO proposal (id, kind, subject, digest, requester, stages, state, expires_at, created_at, ended_at)
                    SELECT proposal + i, 'plan', 'RUN-' || (run + i), digest, person, '[]', 'approved', now, now, now FROM n, base
                    """,
            """
                    INSERT INTO decision (proposal, stage, person, verdict, digest, at)
                    SELECT proposal + i, 0, person, 'approve', digest, now FROM n, base""",
            """
                    INSERT INTO entity (id, kind, name, title, owner, stage, tier, lifecycle, operated_by, source, created_at,
                        updated_at) SELECT entity + i, 'Service', 'history-' || i, 'history-' || i, team, 'production', 'tier-3',
                        'application-bound', team, 'request:' || (request + i), now, now FROM n, base""",
            "INSERT INTO stack_entity SELECT stack + i, entity + i FROM n, base",
            """
                    INSERT INTO slack_message (key, channel, ts, digest, posted_at, edited_at) SELECT 'request:' || (request + i)
                        || part, 'C0REQUESTS', i || '.000100', digest, now, now FROM n, base, (SELECT ':card' AS part
                        UNION ALL SELECT ':requester')""",
            """
                    INSERT INTO processed_event (id, received_at) SELECT 'trigger:history-' || i, now FROM n, base""",
            """
                    INSERT INTO job (key, kind, args, lane, priority, due_at, created_at) SELECT 'proposal.expire:history-' || i,
                        'proposal.expire', '{}', 'GENERAL', 50, now + 200000000 + i, now FROM n, base WHERE i % 100 = 0""");

    private History() {}

    /** Writes it. */
    static void write(Path file, Sizes sizes) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA synchronous = OFF");
                statement.execute("PRAGMA cache_size = -400000");
            }
            connection.setAutoCommit(false);
            requests(connection, sizes.history());
            ledger(connection, sizes.entries());
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot write the history", e);
        }
    }

    private static void requests(Connection connection, int requests) throws SQLException {
        for (String sql : REQUESTS) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                if (statement.getParameterMetaData().getParameterCount() > 0) {
                    statement.setInt(1, requests);
                    statement.setLong(2, System.currentTimeMillis());
                    statement.setString(3, DIGEST);
                }
                statement.executeUpdate();
            }
        }
        connection.commit();
    }

    /** Made as the ledger makes its entries, which {@code steward ledger verify} confirms afterwards. */
    private static void ledger(Connection connection, int entries) throws SQLException {
        long seq;
        String previous;
        try (Statement statement = connection.createStatement();
                ResultSet head = statement.executeQuery("SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1")) {
            seq = head.getLong("seq");
            previous = head.getString("hash");
        }
        long at = System.currentTimeMillis() - entries * STEP_MILLIS;
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO ledger (seq, at, actor, action, subject, facts, prev_hash, hash)
                VALUES (?, ?, 'steward', 'run.applied', ?, ?, ?, ?)""")) {
            for (int i = 1; i <= entries; i++) {
                String subject = "RUN-H" + i / 10;
                String facts = "{\"attempt\":" + i + ",\"from\":\"applying\",\"plan\":" + i + "}";
                String hash = hash(++seq, at += STEP_MILLIS, subject, facts, previous);
                insert.setLong(1, seq);
                insert.setLong(2, at);
                insert.setString(3, subject);
                insert.setString(4, facts);
                insert.setString(5, previous);
                insert.setString(6, hash);
                insert.executeUpdate();
                previous = hash;
                if (i % SLICE == 0) {
                    connection.commit();
                }
            }
        }
        connection.commit();
    }

    private static String hash(long seq, long at, String subject, String facts, String previous) {
        Map<String, Object> hashed = new TreeMap<>();
        hashed.put("seq", seq);
        hashed.put("at", at);
        hashed.put("actor", "steward");
        hashed.put("action", "run.applied");
        hashed.put("subject", subject);
        hashed.put("facts", facts);
        hashed.put("prev", previous);
        return Sha256.of(Json.text(hashed));
    }
}
