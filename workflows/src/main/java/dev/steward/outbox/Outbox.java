package dev.steward.outbox;

import dev.steward.database.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * The table of messages to send. Putting is part of the caller's transaction; one sender takes what is due, in order of
 * priority, and reports what became of it.
 */
public final class Outbox {
    private static final String UPDATE_SETTLED = """
            UPDATE outbox SET uncertain = 0, attempts = 0, last_error = NULL, delayed_by = NULL WHERE id = :id""";

    /** A reply is not due while the message whose thread it belongs in still has to be posted. */
    private static final String ROOT_IS_THERE = """
            NOT EXISTS (SELECT 1 FROM outbox r WHERE o.destination = 'thread:' || r.key AND r.state = 'due'
                AND r.key NOT IN (SELECT key FROM slack_message))""";

    private final InstantSource clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** An outbox that takes the time from the clock given. */
    public Outbox(InstantSource clock) {
        this.clock = clock;
    }

    /** Has the listener called after each commit that put a message. */
    public void onPut(Runnable listener) {
        listeners.add(listener);
    }

    /** Stores the message in the caller's transaction. A message of the same key that still waits becomes this one. */
    public void put(Handle handle, Message message) {
        long now = clock.millis();
        handle.createUpdate("""
                INSERT INTO outbox (key, destination, view, args, priority, due_at, created_at)
                VALUES (:key, :destination, :view, :args, :priority, :now, :now)
                ON CONFLICT (key) DO UPDATE SET destination = excluded.destination, view = excluded.view,
                    args = excluded.args, priority = min(priority, excluded.priority), revision = revision + 1,
                    state = 'due', due_at = min(due_at, excluded.due_at)""").bind("key", message.key())
                .bind("destination", message.destination().text()).bind("view", message.view())
                .bind("args", Json.text(message.args())).bind("priority", message.priority().rank()).bind("now", now)
                .execute();
        handle.afterCommit(() -> listeners.forEach(Runnable::run));
    }

    /** What may be sent now, most urgent first, at most {@code limit}. */
    public List<Message.Due> due(Handle handle, int limit) {
        return handle.createQuery("""
                SELECT o.*, m.channel AS posted_channel, m.ts AS posted_ts, m.digest AS posted_digest
                FROM outbox o LEFT JOIN slack_message m ON m.key = o.key
                WHERE o.state = 'due' AND o.due_at <= :now AND
                """ + ROOT_IS_THERE + """
                ORDER BY o.priority, o.due_at, o.id LIMIT :limit""")
                .bind("now", clock.millis()).bind("limit", limit).map(Outbox::row).list();
    }

    /** When the next message becomes due, or nothing when none waits. */
    public Optional<Long> nextDueAt(Handle handle) {
        return handle.createQuery("SELECT min(o.due_at) FROM outbox o WHERE o.state = 'due' AND " + ROOT_IS_THERE)
                .mapTo(Long.class).findOne();
    }

    /** How many messages wait. */
    public int waiting(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM outbox WHERE state = 'due'").mapTo(Integer.class).one();
    }

    /** How many messages were given up. */
    public int undeliverable(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM outbox WHERE state = 'undeliverable'").mapTo(Integer.class)
                .one();
    }

    /** Whether this message was given up. */
    public boolean isGivenUp(Handle handle, Message.Due message) {
        return handle.createQuery("SELECT count(*) FROM outbox WHERE id = :id AND state = 'undeliverable'")
                .bind("id", message.id()).mapTo(Integer.class).one() > 0;
    }

    /** Where the message of that key stands in Slack. */
    public Optional<Message.Posted> posted(Handle handle, String key) {
        return handle.createQuery("SELECT channel, ts, digest FROM slack_message WHERE key = :key").bind("key", key)
                .map((rs, c) -> new Message.Posted(rs.getString("channel"), rs.getString("ts"), rs.getString("digest")))
                .findOne();
    }

    /** Whether a message of that key was sent, or will be. */
    public boolean knows(Handle handle, String key) {
        return handle.createQuery("""
                SELECT count(*) FROM (SELECT key FROM outbox WHERE key = :key UNION SELECT key FROM slack_message
                WHERE key = :key)""").bind("key", key).mapTo(Integer.class).one() > 0;
    }

    /** Notes, before the first post goes out, that its answer is not known yet. */
    public void begin(Handle handle, Message.Due message) {
        handle.createUpdate("UPDATE outbox SET uncertain = 1 WHERE id = :id").bind("id", message.id()).execute();
    }

    /** Records that the message stands in Slack with this content; a put since then leaves it due for an edit. */
    public void sent(Handle handle, Message.Due message, Message.Posted posted) {
        stands(handle, message, posted);
        settle(handle, message);
    }

    /** Records where the message stands in Slack, though not yet with the content that is due. */
    public void stands(Handle handle, Message.Due message, Message.Posted posted) {
        handle.createUpdate("""
                INSERT INTO slack_message (key, channel, ts, digest, posted_at)
                VALUES (:key, :channel, :ts, :digest, :now)
                ON CONFLICT (key) DO UPDATE SET channel = excluded.channel, ts = excluded.ts, digest = excluded.digest,
                    edited_at = excluded.posted_at""").bind("key", message.key()).bind("channel", posted.channel())
                .bind("ts", posted.ts()).bind("digest", posted.digest()).bind("now", clock.millis()).execute();
    }

    /** Records that nothing had to be sent. */
    public void settle(Handle handle, Message.Due message) {
        handle.createUpdate("DELETE FROM outbox WHERE id = :id AND revision = :revision").bind("id", message.id())
                .bind("revision", message.revision()).execute();
        handle.createUpdate(UPDATE_SETTLED).bind("id", message.id()).execute();
    }

    /**
     * Puts the message off.
     *
     * @param uncertain
     *            whether it may have been posted all the same, so that it must be looked for before it is posted again
     */
    public void retry(Handle handle, Message.Due message, Duration delay, boolean uncertain, String error) {
        handle.createUpdate("""
                UPDATE outbox SET due_at = CASE WHEN revision = :revision THEN :due ELSE due_at END,
                    uncertain = :uncertain, attempts = attempts + 1, last_error = :error,
                    delayed_by = coalesce(delayed_by, 'UNREACHABLE')
                WHERE id = :id""").bind("revision", message.revision())
                .bind("due", clock.millis() + delay.toMillis()).bind("uncertain", uncertain ? 1 : 0)
                .bind("error", error).bind("id", message.id()).execute();
    }

    /** Puts the message off without counting it as a failure: its turn has not come. */
    public void postpone(Handle handle, Message.Due message, Duration delay) {
        postpone(handle, message, delay, null);
    }

    /** Puts off what would have to wait for the same: the other posts to its destination, or the other edits. */
    public void postponeAlike(Handle handle, Message.Due message, Duration delay) {
        String alike = message.posted() == null
                ? "destination = :destination AND key NOT IN (SELECT key FROM slack_message)"
                : "key IN (SELECT key FROM slack_message)";
        handle.createUpdate("UPDATE outbox SET due_at = :due WHERE state = 'due' AND due_at < :due"
                + " AND priority >= :priority AND " + alike).bind("due", clock.millis() + delay.toMillis())
                .bind("priority", message.priority().rank()).bind("destination", message.destination().text())
                .execute();
    }

    /** Puts the message off, because what it goes to wants fewer messages. */
    public void limited(Handle handle, Message.Due message, Duration delay) {
        postpone(handle, message, delay, Delay.LIMITED);
    }

    private void postpone(Handle handle, Message.Due message, Duration delay, @Nullable Delay why) {
        handle.createUpdate("""
                UPDATE outbox SET due_at = :due, uncertain = :uncertain, delayed_by = coalesce(:why, delayed_by)
                WHERE id = :id""").bind("due", clock.millis() + delay.toMillis())
                .bind("uncertain", message.uncertain() ? 1 : 0).bind("why", why).bind("id", message.id()).execute();
    }

    /** What messages go to answers again: those that failed or could not be tried are due now, and know the reason. */
    public void resume(Handle handle) {
        handle.createUpdate("""
                UPDATE outbox SET delayed_by = 'UNREACHABLE', due_at = min(due_at, :now)
                WHERE state = 'due' AND (attempts > 0 OR due_at <= :now)""").bind("now", clock.millis()).execute();
    }

    /**
     * Gives the message up: Slack will never take it. It stays in the table, with the reason. One that was put again
     * meanwhile stays due: it may say something that Slack takes.
     */
    public void giveUp(Handle handle, Message.Due message, String error) {
        handle.createUpdate("""
                UPDATE outbox SET state = 'undeliverable', last_error = :error
                WHERE id = :id AND revision = :revision""").bind("error", error).bind("id", message.id())
                .bind("revision", message.revision()).execute();
    }

    private static Message.Due row(ResultSet rs, StatementContext context) throws SQLException {
        return new Message.Due(rs.getLong("id"), rs.getString("key"), Destination.parse(rs.getString("destination")),
                rs.getString("view"), Json.tree(rs.getString("args")), Priority.ofRank(rs.getInt("priority")),
                rs.getLong("revision"), rs.getInt("uncertain") == 1, rs.getInt("attempts"), rs.getLong("created_at"),
                delayOf(rs), postedOf(rs));
    }

    private static @Nullable Delay delayOf(ResultSet rs) throws SQLException {
        String delay = rs.getString("delayed_by");
        return delay == null ? null : Delay.valueOf(delay);
    }

    private static Message.@Nullable Posted postedOf(ResultSet rs) throws SQLException {
        String ts = rs.getString("posted_ts");
        return ts == null
                ? null
                : new Message.Posted(rs.getString("posted_channel"), ts, rs.getString("posted_digest"));
    }
}
