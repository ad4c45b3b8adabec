package dev.steward.bot.slack;

import dev.steward.database.Database;
import java.time.Duration;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/** What was received from Slack already: events by their own id, commands and interactions by their trigger. */
final class Received {
    /** Slack repeats an event for about an hour; a week is generous. */
    private static final Duration KEPT = Duration.ofDays(7);

    private final Database database;
    private final InstantSource clock;

    Received(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Notes the event in the caller's transaction; answers whether it is the first time. */
    boolean first(Handle handle, String id) {
        return handle.createUpdate("INSERT OR IGNORE INTO processed_event (id, received_at) VALUES (:id, :now)")
                .bind("id", id).bind("now", clock.millis()).execute() == 1;
    }

    /** Notes the trigger in the caller's transaction; answers whether it is the first time. */
    boolean firstTrigger(Handle handle, String triggerId) {
        return first(handle, trigger(triggerId));
    }

    /** Notes the trigger in a transaction of its own; answers whether it is the first time. */
    boolean firstTrigger(String triggerId) {
        return database.write(h -> firstTrigger(h, triggerId));
    }

    /** Notes the trigger as if it had come just now, whether or not it came before. */
    void renewTrigger(String triggerId) {
        database.writing(h -> h.createUpdate("""
                INSERT INTO processed_event (id, received_at) VALUES (:id, :now)
                ON CONFLICT (id) DO UPDATE SET received_at = excluded.received_at""").bind("id", trigger(triggerId))
                .bind("now", clock.millis()).execute());
    }

    /** Whether the trigger was noted before. */
    boolean hadTrigger(String triggerId) {
        return database.read(h -> h.createQuery("SELECT count(*) FROM processed_event WHERE id = :id")
                .bind("id", trigger(triggerId)).mapTo(Integer.class).one() > 0);
    }

    private static String trigger(String id) {
        return "trigger:" + id;
    }

    /** Forgets what is too old to come again. */
    void forget() {
        database.writing(h -> h.createUpdate("DELETE FROM processed_event WHERE received_at < :before")
                .bind("before", clock.millis() - KEPT.toMillis()).execute());
    }
}
