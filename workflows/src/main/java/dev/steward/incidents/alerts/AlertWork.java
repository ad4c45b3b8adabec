package dev.steward.incidents.alerts;

import dev.steward.database.CannotStore;
import dev.steward.jobs.Job;
import java.util.List;
import java.util.Optional;

/**
 * Works through what came in, in short transactions, each of which takes out what it worked through. What cannot be worked
 * through is put behind everything else, so that it holds nothing up, and tried again.
 */
final class AlertWork {
    /** Rows of the intake at once. */
    private static final int ROWS = 20;
    /** Characters at once, about a hundred alerts, unless one row alone has more: others wait for the database meanwhile. */
    private static final int CHARACTERS = 50_000;

    private final AlertParts parts;
    private final Groups groups;

    AlertWork(AlertParts parts, Groups groups) {
        this.parts = parts;
        this.groups = groups;
    }

    Job.Outcome run(Job job) {
        for (List<AlertTable.Row> rows = next(); !rows.isEmpty(); rows = next()) {
            work(rows);
        }
        return Job.Outcome.DONE;
    }

    private List<AlertTable.Row> next() {
        List<AlertTable.Row> rows = parts.store().database().read(h -> AlertTable.intake(h, ROWS));
        int count = 0;
        int characters = 0;
        while (count < rows.size() && (count == 0 || characters + rows.get(count).alerts().length() <= CHARACTERS)) {
            characters += rows.get(count++).alerts().length();
        }
        return rows.subList(0, count);
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
