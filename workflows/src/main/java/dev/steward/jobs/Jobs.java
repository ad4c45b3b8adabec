package dev.steward.jobs;

import dev.steward.database.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The table of jobs. Enqueuing is part of the caller's transaction.
 *
 * <p>
 * A job that was put off at a time that has not come yet is due: the clock was set back meanwhile, and waiting for it to
 * catch up could take hours. Such a job may run too early by that much, which handlers bear.
 */
public final class Jobs {
    private static final String DUE = "(due_at <= :now OR put_off_at > :now)";

    private final InstantSource clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** A job table that takes the time from the clock given. */
    public Jobs(InstantSource clock) {
        this.clock = clock;
    }

    void onEnqueue(Runnable listener) {
        listeners.add(listener);
    }

    /** Stores the work in the caller's transaction. */
    public void enqueue(Handle handle, Job.Order order) {
        handle.createUpdate("""
                INSERT INTO job (key, kind, args, lane, priority, due_at, created_at)
                VALUES (:key, :kind, :args, :lane, :priority, :due, :now)
                ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, args = excluded.args,
                    priority = min(priority, excluded.priority), revision = revision + 1,
                    due_at = CASE WHEN claimed_by IS NULL THEN min(due_at, excluded.due_at) ELSE excluded.due_at END""")
                .bind("key", order.key()).bind("kind", order.kind()).bind("args", Json.text(order.args()))
                .bind("lane", order.lane().name()).bind("priority", order.priority())
                .bind("due", order.due().toEpochMilli()).bind("now", clock.millis()).execute();
        handle.afterCommit(() -> listeners.forEach(Runnable::run));
    }

    /** Drops the work, unless it is running. */
    public void drop(Handle handle, String key) {
        handle.createUpdate("DELETE FROM job WHERE key = :key AND claimed_by IS NULL").bind("key", key).execute();
    }

    /** Drops all work of a kind, for books whose own process is gone; answers how much it was. */
    public int dropAll(Handle handle, String kind) {
        return handle.createUpdate("DELETE FROM job WHERE kind = :kind").bind("kind", kind).execute();
    }

    /** How many jobs of a lane are due or running. */
    public int pending(Handle handle, Job.Lane lane) {
        return handle.createQuery("SELECT count(*) FROM job WHERE lane = :lane AND " + DUE)
                .bind("lane", lane.name()).bind("now", clock.millis()).mapTo(Integer.class).one();
    }

    /** Frees whatever another process had claimed; only for a home that this process alone holds. */
    int release(Handle handle, String process) {
        return handle.createUpdate("""
                UPDATE job SET claimed_by = NULL, claimed_at = NULL
                WHERE claimed_by IS NOT NULL AND claimed_by <> :process""").bind("process", process).execute();
    }

    /** Frees what this process claimed and does not run. */
    int releaseOwn(Handle handle, String process, Set<Long> running) {
        List<Long> claimed = handle.createQuery("SELECT id FROM job WHERE claimed_by = :process")
                .bind("process", process).mapTo(Long.class).list();
        int freed = 0;
        for (long id : claimed) {
            freed += running.contains(id)
                    ? 0
                    : handle.createUpdate("UPDATE job SET claimed_by = NULL, claimed_at = NULL WHERE id = :id")
                            .bind("id", id).execute();
        }
        return freed;
    }

    List<Job> claim(Handle handle, Job.Lane lane, String process, int limit) {
        return handle.createQuery("""
                UPDATE job SET claimed_by = :process, claimed_at = :now WHERE id IN (
                    SELECT id FROM job WHERE lane = :lane AND claimed_by IS NULL AND %s
                    ORDER BY priority, due_at, id LIMIT :limit) AND claimed_by IS NULL
                RETURNING id, key, kind, args, revision, attempts""".formatted(DUE)).bind("process", process)
                .bind("now", clock.millis()).bind("lane", lane.name()).bind("limit", limit).map(Jobs::job).list();
    }

    /** When the next job of each lane becomes due; a lane where none waits is not in it. */
    Map<Job.Lane, Long> nextDueAt(Handle handle) {
        Map<Job.Lane, Long> next = new EnumMap<>(Job.Lane.class);
        handle.createQuery("""
                SELECT value AS lane, (SELECT min(due_at) FROM job WHERE lane = value AND claimed_by IS NULL) AS due
                FROM json_each(:lanes) WHERE due IS NOT NULL""").bind("lanes", Json.text(Job.Lane.values()))
                .map((rs, c) -> Map.entry(Job.Lane.valueOf(rs.getString("lane")), rs.getLong("due"))).list()
                .forEach(e -> next.put(e.getKey(), e.getValue()));
        return next;
    }

    void finished(Handle handle, Job job) {
        handle.createUpdate("DELETE FROM job WHERE id = :id AND revision = :revision").bind("id", job.id())
                .bind("revision", job.revision()).execute();
        handle.createUpdate("""
                UPDATE job SET claimed_by = NULL, claimed_at = NULL, attempts = 0, last_error = NULL WHERE id = :id""")
                .bind("id", job.id()).execute();
    }

    void again(Handle handle, Job job, Duration after) {
        putOff(handle, job, after, 0, "");
    }

    void failed(Handle handle, Job job, Duration after, String error) {
        putOff(handle, job, after, job.attempts() + 1, error);
    }

    private void putOff(Handle handle, Job job, Duration after, int attempts, String error) {
        long now = clock.millis();
        handle.createUpdate("""
                UPDATE job SET claimed_by = NULL, claimed_at = NULL, attempts = :attempts,
                    last_error = nullif(:error, ''), put_off_at = :now,
                    due_at = CASE WHEN revision = :revision THEN :due ELSE min(due_at, :due) END
                WHERE id = :id""").bind("attempts", attempts).bind("error", error).bind("revision", job.revision())
                .bind("now", now).bind("due", now + after.toMillis()).bind("id", job.id()).execute();
    }

    private static Job job(ResultSet rs, StatementContext context) throws SQLException {
        return new Job(rs.getLong("id"), rs.getString("key"), rs.getString("kind"), Json.tree(rs.getString("args")),
                rs.getLong("revision"), rs.getInt("attempts"));
    }
}
