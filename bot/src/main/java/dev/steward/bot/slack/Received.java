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

    /** Notes the trigger in a transaction of its own; answers whether it is the first time. */
    boolean firstTrigger(String triggerId) {
        return database.write(h -> first(h, "trigger:" + triggerId));
    }

    /** Forgets what is too old to come again. */
    void forget() {
        database.writing(h -> h.createUpdate("DELETE FROM processed_event WHERE received_at < :before")
                .bind("before", clock.millis() - KEPT.toMillis()).execute());
    }
}
