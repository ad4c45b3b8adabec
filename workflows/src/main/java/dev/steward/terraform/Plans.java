package dev.steward.terraform;

import dev.steward.database.Database;
import dev.steward.database.Json;
import dev.steward.database.SealedColumn;
import dev.steward.database.Sealer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The saved plans: Terraform's bytes, sealed, and what they would do, redacted. */
public final class Plans {
    static final SealedColumn SEALED = new SealedColumn("plan", "bytes", List.of("id"),
            "'plan:' || run || ':' || sha256");

    private final Sealer sealer;
    private final InstantSource clock;

    Plans(Sealer sealer, InstantSource clock) {
        this.sealer = sealer;
        this.clock = clock;
    }

    /**
     * A stored plan, without its bytes.
     *
     * @param sha256
     *            of the plan file
     * @param contentDigest
     *            of what it would do
     * @param view
     *            what people see of it
     * @param equalTo
     *            the plan that people decided on, when this one stands in for it
     */
    public record Stored(long id, RunId run, String sha256, String contentDigest, PlanView view, OptionalLong equalTo,
            Instant createdAt) {}

    /**
     * A plan to store.
     *
     * @param bytes
     *            the plan file, in clear
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, only handed on
    public record Made(byte[] bytes, String sha256, String lineage, long serial, PlanView view) {}

    /** Stores a plan. */
    public Stored insert(Handle handle, RunId run, Made made, OptionalLong equalTo) {
        handle.createUpdate("""
                INSERT INTO plan (run, bytes, sha256, lineage, serial, content_digest, view, creates, updates, deletes,
                    equal_to, created_at)
                VALUES (:run, :bytes, :sha, :lineage, :serial, :content, :view, :creates, :updates, :deletes, :equal,
                    :now)""").bind("run", run.value())
                .bind("bytes", sealer.seal(made.bytes(), context(run, made.sha256()))).bind("sha", made.sha256())
                .bind("lineage", made.lineage()).bind("serial", made.serial())
                .bind("content", made.view().contentDigest()).bind("view", made.view().toJson())
                .bind("creates", made.view().counts().creates()).bind("updates", made.view().counts().updates())
                .bind("deletes", made.view().counts().deletes())
                .bind("equal", equalTo.isPresent() ? equalTo.getAsLong() : null).bind("now", clock.millis()).execute();
        return byId(handle, Database.lastId(handle));
    }

    /** The plan of that row. */
    public Stored byId(Handle handle, long id) {
        return handle.createQuery("SELECT * FROM plan WHERE id = :id").bind("id", id).map(Plans::stored).findOne()
                .orElseThrow(() -> new IllegalStateException("no such plan: " + id));
    }

    /** The newest plan of a run. */
    public Optional<Stored> latestOf(Handle handle, RunId run) {
        return handle.createQuery("SELECT * FROM plan WHERE run = :run ORDER BY id DESC LIMIT 1")
                .bind("run", run.value()).map(Plans::stored).findOne();
    }

    /** Plans of runs that ended before, whose files are still there: the oldest, as many as are dropped at once. */
    List<Long> spent(Handle handle, Instant endedBefore) {
        return handle.createQuery("""
                SELECT id FROM (SELECT p.id, sum(length(p.bytes)) OVER (ORDER BY p.id) - length(p.bytes) AS before
                    FROM plan p JOIN run r ON r.id = p.run WHERE r.ended_at < :ended AND length(p.bytes) > 0)
                WHERE before < :most ORDER BY id LIMIT 100""").bind("ended", endedBefore.toEpochMilli())
                .bind("most", RunTables.DROPPED_AT_ONCE).mapTo(Long.class).list();
    }

    /** Drops the files of plans; what they would have done stays. */
    int dropFiles(Handle handle, List<Long> ids) {
        return handle.createUpdate("UPDATE plan SET bytes = x'' WHERE id IN (<ids>)").bindList("ids", ids).execute();
    }

    /** How much the newest plan of a run deletes; 0 where there is none. */
    public int deletes(Handle handle, RunId run) {
        return handle.createQuery("SELECT deletes FROM plan WHERE run = :run ORDER BY id DESC LIMIT 1")
                .bind("run", run.value()).mapTo(Integer.class).findOne().orElse(0);
    }

    /** The plan file, in clear. */
    byte[] bytes(Handle handle, Stored plan) {
        byte[] sealed = handle.createQuery("SELECT bytes FROM plan WHERE id = :id").bind("id", plan.id())
                .mapTo(byte[].class).one();
        return sealer.open(sealed, context(plan.run(), plan.sha256()));
    }

    private static String context(RunId run, String sha256) {
        return "plan:" + run.value() + ":" + sha256;
    }

    private static Stored stored(ResultSet rs, StatementContext context) throws SQLException {
        long equal = rs.getLong("equal_to");
        OptionalLong equalTo = rs.wasNull() ? OptionalLong.empty() : OptionalLong.of(equal);
        return new Stored(rs.getLong("id"), new RunId(rs.getLong("run")), rs.getString("sha256"),
                rs.getString("content_digest"), PlanView.fromJson(Json.text(Json.tree(rs.getString("view")))), equalTo,
                Instant.ofEpochMilli(rs.getLong("created_at")));
    }
}
