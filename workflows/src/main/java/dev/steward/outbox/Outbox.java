package dev.steward.outbox;

import dev.steward.database.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * The table of messages to send. Putting is part of the caller's transaction; one sender takes what is due, in order of
 * priority, and reports what became of it.
 */
public final class Outbox {
    /** The place of those that wait for the message that their thread begins with. */
    public static final String ROOT = "#root";

    /** One that was put off at a time that has not come yet is due: the clock was set back meanwhile. */
    private static final String DUE = "o.state = 'due' AND (o.due_at <= :now OR o.put_off_at > :now)";
    /** A write transaction stays short. */
    private static final int MOST_AT_ONCE = 2000;
    private static final String SELECT = """
            SELECT o.*, m.channel AS posted_channel, m.ts AS posted_ts, m.digest AS posted_digest
            FROM outbox o LEFT JOIN slack_message m ON m.key = o.key\s""";

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
                INSERT INTO outbox (key, destination, view, args, priority, due_at, put_off_at, created_at)
                VALUES (:key, :destination, :view, :args, :priority, :now, :now, :now)
                ON CONFLICT (key) DO UPDATE SET destination = excluded.destination, view = excluded.view,
                    args = excluded.args, priority = min(priority, excluded.priority), revision = revision + 1,
                    place = CASE WHEN destination = excluded.destination THEN place END,
                    state = 'due', due_at = min(due_at, excluded.due_at)""").bind("key", message.key())
                .bind("destination", message.destination().text()).bind("view", message.view())
                .bind("args", Json.text(message.args())).bind("priority", message.priority().rank()).bind("now", now)
                .execute();
        handle.afterCommit(() -> listeners.forEach(Runnable::run));
    }

    /**
     * What is not to be looked at now.
     *
     * @param destinations
     *            in the stored form: something is on its way there
     * @param places
     *            what lets nothing through; see {@link #waitBehind}
     */
    public record Closed(Set<String> destinations, Set<String> places) {
        /** Everything is open. */
        public static final Closed NOTHING = new Closed(Set.of(), Set.of());
    }

    /** What may be sent now, most urgent first, at most {@code limit}. */
    public List<Message.Due> due(Handle handle, int limit) {
        return due(handle, limit, Closed.NOTHING);
    }

    /** The same without what waits behind something that is closed. */
    public List<Message.Due> due(Handle handle, int limit, Closed closed) {
        return handle.createQuery(SELECT + """
                WHERE o.id IN (SELECT id FROM outbox o WHERE %s
                        AND CASE WHEN EXISTS (SELECT 1 FROM slack_message s WHERE s.key = o.key) THEN 'edit:' || o.key
                            ELSE destination END NOT IN (SELECT value FROM json_each(:destinations))
                        AND (place IS NULL OR place NOT IN (SELECT value FROM json_each(:places)))
                    ORDER BY priority, due_at, id LIMIT :limit)
                ORDER BY o.priority, o.due_at, o.id""".formatted(DUE)).bind("now", clock.millis()).bind("limit", limit)
                .bind("destinations", Json.text(closed.destinations()))
                .bind("places", Json.text(closed.places().stream().sorted().toList())).map(Outbox::row).list();
    }

    /** The message as it is now, if it may still be sent. */
    public Optional<Message.Due> stillDue(Handle handle, Message.Due seen) {
        return handle.createQuery(SELECT + "WHERE o.id = :id AND " + DUE).bind("now", clock.millis())
                .bind("id", seen.id()).map(Outbox::row).findOne();
    }

    /** When the next of those that were put off becomes due, or nothing when there are none. */
    public Optional<Long> nextDueAt(Handle handle) {
        return handle.createQuery("SELECT min(due_at) FROM outbox WHERE state = 'due' AND due_at > :now")
                .bind("now", clock.millis()).mapTo(Long.class).findOne();
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

    /** Whether any message stands in that place of Slack's. */
    public boolean hasPostedIn(Handle handle, String channel) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM slack_message WHERE channel = :channel)")
                .bind("channel", channel).mapTo(Boolean.class).one();
    }

    /** Whether a message of that key was sent, or will be. */
    public boolean knows(Handle handle, String key) {
        return handle.createQuery("""
                SELECT count(*) FROM (SELECT key FROM outbox WHERE key = :key UNION SELECT key FROM slack_message
                WHERE key = :key)""").bind("key", key).mapTo(Integer.class).one() > 0;
    }

    /** Those of the keys of which a message was sent, or will be. */
    public Set<String> known(Handle handle, Collection<String> keys) {
        return handle.createQuery("""
                SELECT key FROM outbox WHERE key IN (SELECT value FROM json_each(:keys))
                UNION SELECT key FROM slack_message WHERE key IN (SELECT value FROM json_each(:keys))""")
                .bind("keys", Json.text(keys)).mapTo(String.class).set();
    }

    /** Has the message of that key sent again the next time that it is due, even if it says what it said. */
    public void renew(Handle handle, String key) {
        handle.createUpdate("UPDATE slack_message SET digest = '' WHERE key = :key").bind("key", key).execute();
    }

    /** The keys that begin like that, of messages that were sent or will be. */
    public List<String> keys(Handle handle, String prefix) {
        return handle.createQuery("""
                SELECT key FROM outbox WHERE key >= :prefix AND key < :prefix || char(1114111)
                UNION SELECT key FROM slack_message WHERE key >= :prefix AND key < :prefix || char(1114111)
                ORDER BY 1""")
                .bind("prefix", prefix).mapTo(String.class).list();
    }

    /**
     * Has every waiting message looked for in Slack before it is posted: in books that were restored, whether it was
     * posted since is not known. Answers how many wait.
     */
    public int doubtAll(Handle handle) {
        return handle.createUpdate("UPDATE outbox SET uncertain = 1 WHERE state = 'due'").execute();
    }

    /** Messages that were given up before that time; a bounded number, empty when there are none. */
    public List<Long> givenUp(Handle handle, Instant before) {
        return handle.createQuery("""
                SELECT id FROM outbox WHERE state = 'undeliverable' AND created_at < :before ORDER BY id LIMIT 500""")
                .bind("before", before.toEpochMilli()).mapTo(Long.class).list();
    }

    /** Forgets messages that were given up; one that was put again meanwhile stays. */
    public int forget(Handle handle, List<Long> ids) {
        return handle.createUpdate("DELETE FROM outbox WHERE state = 'undeliverable' AND id IN (<ids>)")
                .bindList("ids", ids).execute();
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
        handle.createUpdate("""
                UPDATE outbox SET uncertain = 0, attempts = 0, last_error = NULL, place = NULL, delayed_by = NULL
                WHERE id = :id""")
                .bind("id", message.id()).execute();
        letThreadGo(handle, message);
    }

    private static void letThreadGo(Handle handle, Message.Due root) {
        handle.createUpdate("UPDATE outbox SET place = NULL WHERE destination = :thread AND place = :root")
                .bind("thread", new Destination.InThread(root.key()).text()).bind("root", ROOT).execute();
    }

    /**
     * Puts the message off.
     *
     * @param uncertain
     *            whether it may have been posted all the same, so that it must be looked for before it is posted again
     */
    public void retry(Handle handle, Message.Due message, Duration delay, boolean uncertain, String error) {
        long now = clock.millis();
        handle.createUpdate("""
                UPDATE outbox SET due_at = CASE WHEN revision = :revision THEN :due ELSE due_at END, put_off_at = :now,
                    uncertain = :uncertain, attempts = attempts + 1, last_error = :error,
                    delayed_by = coalesce(delayed_by, 'UNREACHABLE')
                WHERE id = :id""").bind("revision", message.revision()).bind("now", now)
                .bind("due", now + delay.toMillis()).bind("uncertain", uncertain ? 1 : 0)
                .bind("error", error).bind("id", message.id()).execute();
    }

    /**
     * Has the message wait behind something that lets nothing through now, without counting that as a failure. It stays
     * due; once its place is known it costs nothing until that place is open.
     *
     * @param place
     *            a name that {@link Closed#places} will hold as long as it has to wait
     */
    public void waitBehind(Handle handle, Message.Due message, String place) {
        handle.createUpdate("UPDATE outbox SET place = :place, uncertain = :uncertain WHERE id = :id")
                .bind("place", place).bind("uncertain", message.uncertain() ? 1 : 0).bind("id", message.id()).execute();
        if (message.posted() == null) {
            othersWaitToo(handle, message.destination(), place);
        }
    }

    /** What is to be posted at the same destination waits behind the same thing: it need not be tried one by one. */
    private static void othersWaitToo(Handle handle, Destination destination, String place) {
        handle.createUpdate("""
                UPDATE outbox SET place = :place WHERE id IN (
                    SELECT id FROM outbox o WHERE destination = :destination AND place IS NULL AND state = 'due'
                        AND NOT EXISTS (SELECT 1 FROM slack_message m WHERE m.key = o.key)
                    LIMIT :most)""").bind("place", place).bind("destination", destination.text())
                .bind("most", MOST_AT_ONCE).execute();
    }

    /** The same, because what it goes to asked for fewer messages. */
    public void limited(Handle handle, Message.Due message, String place) {
        waitBehind(handle, message, place);
        handle.createUpdate("UPDATE outbox SET delayed_by = 'LIMITED' WHERE id = :id").bind("id", message.id())
                .execute();
    }

    /** What messages go to answers again: those that failed or could not be tried are due now, and know the reason. */
    public void resume(Handle handle) {
        handle.createUpdate("""
                UPDATE outbox SET delayed_by = coalesce(delayed_by, 'UNREACHABLE'), due_at = min(due_at, :now)
                WHERE state = 'due' AND (attempts > 0 OR due_at <= :now)""").bind("now", clock.millis()).execute();
    }

    /** Has the message wait for the one that its thread begins with, unless that was posted or given up meanwhile. */
    public void waitForRoot(Handle handle, Message.Due message, Destination.InThread thread) {
        handle.createUpdate("""
                UPDATE outbox SET place = :place WHERE id = :id
                    AND EXISTS (SELECT 1 FROM outbox WHERE key = :root AND state = 'due')
                    AND NOT EXISTS (SELECT 1 FROM slack_message WHERE key = :root)""").bind("place", ROOT)
                .bind("id", message.id()).bind("root", thread.key()).execute();
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
        letThreadGo(handle, message);
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
