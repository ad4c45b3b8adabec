package dev.steward.incidents.alerts;

import dev.steward.database.Database;
import dev.steward.jobs.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Has alerts go quiet of which their source says nothing any more, although it repeats what fires. Worked out from the rows
 * at each look, so that a look that did not take place is made up for by the next. The time in which Steward was down does not
 * count: nobody heard then what was said.
 */
final class Silence {
    static final String JOB = "alerts.silence";
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(10);
    /** Who repeats something every few hours may have done so in vain while Steward was away for longer than this. */
    private static final Duration AWAY = Duration.ofHours(1);
    /** Alerts in one transaction. */
    private static final int AT_ONCE = 500;

    private final AlertParts parts;
    private final Groups groups;
    private final Database database;

    Silence(AlertParts parts, Groups groups) {
        this.parts = parts;
        this.groups = groups;
        this.database = parts.store().database();
    }

    /** Steward listens again, from now on. */
    void begin(Handle handle) {
        long now = groups.now().toEpochMilli();
        handle.createUpdate("""
                INSERT INTO alert_listening (id, since, seen) VALUES (1, :now, :now)
                ON CONFLICT (id) DO UPDATE SET
                    since = CASE WHEN seen < :now - :away THEN :now ELSE since END, seen = :now""").bind("now", now)
                .bind("away", AWAY.toMillis()).execute();
        parts.store().jobs().enqueue(handle,
                Job.Order.at(Instant.ofEpochMilli(now), JOB, JOB, Map.of(), Job.Lane.GENERAL));
    }

    Job.Outcome run(Job job) {
        parts.rules().staleAfter().forEach(this::look);
        database.writing(h -> h.createUpdate("UPDATE alert_listening SET seen = :now")
                .bind("now", groups.now().toEpochMilli()).execute());
        return new Job.Outcome.Again(BETWEEN_LOOKS);
    }

    private void look(AlertSource source, Duration after) {
        Instant before = groups.now().minus(after);
        List<Long> silent = database.read(h -> listening(h).filter(since -> !since.isAfter(before))
                .map(since -> AlertTable.unheard(h, source, before)).orElse(List.of()));
        for (long group : silent) {
            boolean more = true;
            while (more) {
                more = database.write(h -> quieten(h, group, source, after));
            }
        }
    }

    /** The last of them tells it in the same transaction; a stop before that leaves some for the next look. */
    private boolean quieten(Handle handle, long group, AlertSource source, Duration after) {
        Instant before = groups.now().minus(after);
        int quiet = AlertTable.quieten(handle, group, source, before, AT_ONCE);
        boolean more = AlertTable.unheard(handle, source, before).contains(group);
        if (quiet > 0 && !more) {
            groups.silent(handle, group, source, after);
        }
        return quiet > 0 && more;
    }

    private static Optional<Instant> listening(Handle handle) {
        return handle.createQuery("SELECT since FROM alert_listening").mapTo(Long.class).findOne()
                .map(Instant::ofEpochMilli);
    }
}
