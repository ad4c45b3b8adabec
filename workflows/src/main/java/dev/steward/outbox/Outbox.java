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
                WHERE o.state = 'due' AND o.due_at <= :now ORDER BY o.priority, o.due_at, o.id LIMIT :limit""")
                .bind("now", clock.millis()).bind("limit", limit).map(Outbox::row).list();
    }

    /** When the next message becomes due, or nothing when none waits. */
    public Optional<Long> nextDueAt(Handle handle) {
        return handle.createQuery("SELECT min(due_at) FROM outbox WHERE state = 'due'").mapTo(Long.class).findOne();
    }

    /** How many messages wait. */
    public int waiting(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM outbox WHERE state = 'due'").mapTo(Integer.class).one();
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

    /** The keys that begin like that, of messages that were sent or will be. */
    public List<String> keys(Handle handle, String prefix) {
        return handle.createQuery("""
                SELECT key FROM outbox WHERE substr(key, 1, length(:prefix)) = :prefix
                UNION SELECT key FROM slack_message WHERE substr(key, 1, length(:prefix)) = :prefix ORDER BY 1""")
                .bind("prefix", prefix).mapTo(String.class).list();
    }

    /**
     * Has every waiting message looked for in Slack before it is posted: in books that were restored, whether it was
     * posted since is not known. Answers how many wait.
     */
    public int doubtAll(Handle handle) {
        return handle.createUpdate("UPDATE outbox SET uncertain = 1 WHERE state = 'due'").execute();
    }

    /** Notes, before the first post goes out, that its answer is not known yet. */
    public void begin(Handle handle, Message.Due message) {
        handle.createUpdate("UPDATE outbox SET uncertain = 1 WHERE id = :id").bind("id", message.id()).execute();
    }

    /** Records that the message stands in Slack with this content; a put since then leaves it due for an edit. */
    public void sent(Handle handle, Message.Due message, Message.Posted posted) {
        handle.createUpdate("""
                INSERT INTO slack_message (key, channel, ts, digest, posted_at)
                VALUES (:key, :channel, :ts, :digest, :now)
                ON CONFLICT (key) DO UPDATE SET channel = excluded.channel, ts = excluded.ts, digest = excluded.digest,
                    edited_at = excluded.posted_at""").bind("key", message.key()).bind("channel", posted.channel())
                .bind("ts", posted.ts()).bind("digest", posted.digest()).bind("now", clock.millis()).execute();
        settle(handle, message);
    }

    /** Records that nothing had to be sent. */
    public void settle(Handle handle, Message.Due message) {
        handle.createUpdate("DELETE FROM outbox WHERE id = :id AND revision = :revision").bind("id", message.id())
                .bind("revision", message.revision()).execute();
        handle.createUpdate("UPDATE outbox SET uncertain = 0, attempts = 0, last_error = NULL WHERE id = :id")
                .bind("id", message.id()).execute();
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
                    uncertain = :uncertain, attempts = attempts + 1, last_error = :error
                WHERE id = :id""").bind("revision", message.revision())
                .bind("due", clock.millis() + delay.toMillis()).bind("uncertain", uncertain ? 1 : 0)
                .bind("error", error).bind("id", message.id()).execute();
    }

    /** Puts the message off without counting it as a failure: its turn has not come. */
    public void postpone(Handle handle, Message.Due message, Duration delay) {
        handle.createUpdate("UPDATE outbox SET due_at = :due, uncertain = :uncertain WHERE id = :id")
                .bind("due", clock.millis() + delay.toMillis()).bind("uncertain", message.uncertain() ? 1 : 0)
                .bind("id", message.id()).execute();
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
                postedOf(rs));
    }

    private static Message.@Nullable Posted postedOf(ResultSet rs) throws SQLException {
        String ts = rs.getString("posted_ts");
        return ts == null
                ? null
                : new Message.Posted(rs.getString("posted_channel"), ts, rs.getString("posted_digest"));
    }
}
