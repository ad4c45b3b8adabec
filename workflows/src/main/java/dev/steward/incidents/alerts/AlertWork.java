package dev.steward.incidents.alerts;

import dev.steward.database.CannotStore;
import dev.steward.jobs.Job;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Works through what came in, in short transactions, each of which takes out what it worked through. What cannot be worked
 * through is put behind everything else, so that it holds nothing up, and tried again.
 */
final class AlertWork {
    /** Rows of the intake at once. */
    private static final int ROWS = 100;
    /** When to try again what could not be worked through. */
    private static final Duration LATER = Duration.ofMinutes(1);
    /** Characters at once, about a hundred alerts, unless one row alone has more: others wait for the database meanwhile. */
    private static final int CHARACTERS = 50_000;

    private final AlertParts parts;
    private final Groups groups;

    AlertWork(AlertParts parts, Groups groups) {
        this.parts = parts;
        this.groups = groups;
    }

    /** What comes in meanwhile brings the job again, a moment later: many small transactions would hold the intake up. */
    Job.Outcome run(Job job) {
        boolean more = true;
        while (more) {
            more = workOnce();
        }
        return parts.store().database().<Boolean>read(AlertTable::failing)
                ? new Job.Outcome.Again(LATER)
                : Job.Outcome.DONE;
    }

    /** Whether there was more than is worked through at once. */
    private boolean workOnce() {
        List<AlertTable.Row> all = parts.store().database().read(h -> AlertTable.intake(h, ROWS));
        List<AlertTable.Row> rows = beginning(all);
        if (rows.isEmpty()) {
            return false;
        }
        work(rows);
        return rows.size() < all.size() || all.size() == ROWS || rows.getFirst().tries() > 0;
    }

    private static List<AlertTable.Row> beginning(List<AlertTable.Row> all) {
        int count = 0;
        int characters = 0;
        while (count < all.size() && (count == 0 || characters + all.get(count).alerts().length() <= CHARACTERS)) {
            characters += all.get(count++).alerts().length();
        }
        return all.subList(0, count);
    }

    private void work(List<AlertTable.Row> rows) {
        try {
            List<AlertEvent> events = rows.stream().flatMap(row -> row.events().stream()).toList();
            parts.store().database().writing(h -> {
                Slice.work(h, parts, groups, events);
                AlertTable.worked(h, rows);
            });
        } catch (RuntimeException e) {
            if (Optional.of(e).flatMap(CannotStore::behind).isEmpty()) {
                parts.store().database().writing(h -> AlertTable.failed(h, rows));
            }
            throw e;
        }
    }
}
