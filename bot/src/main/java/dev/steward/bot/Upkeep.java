package dev.steward.bot;

import dev.steward.incidents.alerts.Alerts;
import dev.steward.jobs.Job;
import dev.steward.jobs.Jobs;
import dev.steward.ledger.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * What a serving Steward does to its home by itself: once a day it drops what is older than the settings say, and it
 * makes backups where they ask for that.
 *
 * <p>
 * What is to be dropped is looked for on a reader, and dropped in transactions of a bounded size, each with its entry in
 * the ledger. The ledger and decisions are never dropped.
 */
final class Upkeep {
    static final String RETENTION = "upkeep.retention";
    static final String BACKUP = "upkeep.backup";
    private static final Duration DAILY = Duration.ofDays(1);
    private static final Duration AFTER_START = Duration.ofMinutes(10);
    private static final Duration UNFINISHED_FOR = Duration.ofDays(1);

    private final Core.Ground ground;
    private final Settings.Keeping keeping;

    Upkeep(Core.Ground ground) {
        this.ground = ground;
        keeping = ground.settings().keeping();
    }

    /** Has the work begin some time after each start; a backup not before the newest is old enough. */
    static void schedule(Handle handle, Jobs jobs, Settings settings, InstantSource clock) {
        Instant later = clock.instant().plus(AFTER_START);
        jobs.enqueue(handle, Job.Order.at(later, RETENTION, RETENTION, Map.of(), Job.Lane.GENERAL));
        settings.keeping().backups().every().ifPresent(every -> {
            Instant next = newest(new Home(settings.places().home()).backups()).plus(every);
            jobs.enqueue(handle, Job.Order.at(next.isAfter(later) ? next : later, BACKUP, BACKUP, Map.of(),
                    Job.Lane.GENERAL));
        });
    }

    /** When the newest backup was finished; long ago when there is none. */
    private static Instant newest(Path folder) {
        try {
            Instant newest = Instant.EPOCH;
            for (Path file : filesIn(folder)) {
                Instant at = Files.getLastModifiedTime(file).toInstant();
                newest = file.toString().endsWith(Backup.SUFFIX) && at.isAfter(newest) ? at : newest;
            }
            return newest;
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    Map<String, Job.Handler> handlers() {
        return Map.of(RETENTION, job -> {
            retain();
            return new Job.Outcome.Again(DAILY);
        }, BACKUP, job -> backup());
    }

    /**
     * One kind of thing that is dropped.
     *
     * @param spent
     *            finds a bounded number of rows to drop
     */
    private record Purge(String what, Instant before, Function<Handle, List<Long>> spent,
            BiFunction<Handle, List<Long>, Integer> drop) {}

    /** Drops everything that may be dropped now. */
    void retain() throws IOException {
        for (Purge purge : purges()) {
            List<Long> rows = ground.stores().database().read(purge.spent());
            while (!rows.isEmpty()) {
                List<Long> slice = rows;
                ground.stores().database().writing(h -> drop(h, purge, slice));
                rows = ground.stores().database().read(purge.spent());
            }
        }
        alerts(ago(keeping.messages()));
        files("backups", spentBackups());
        files("logs", spentLogs());
    }

    /** Alerts that were over long ago: their sources know them, and their incidents' timelines tell of them. */
    private void alerts(Instant before) {
        Integer dropped = -1;
        while (dropped != 0) {
            dropped = ground.stores().database().<Integer>write(h -> {
                int rows = Alerts.forget(h, before);
                if (rows > 0) {
                    ground.stores().ledger().append(h, Actor.STEWARD, "retention.purge", "alerts",
                            Map.of("count", rows, "before", before.toEpochMilli()));
                }
                return rows;
            });
        }
    }

    private List<Purge> purges() {
        Instant plans = ago(keeping.plans());
        Instant states = ago(keeping.states());
        Instant messages = ago(keeping.messages());
        return List.of(
                new Purge("plans", plans, h -> ground.runs().spentPlans(h, plans), ground.runs()::dropPlanFiles),
                new Purge("states", states, h -> ground.runs().spentStates(h, states, keeping.statesKept()),
                        ground.runs()::dropStates),
                new Purge("state-pieces", states, h -> ground.runs().spentPieces(h, states),
                        ground.runs()::dropPieces),
                new Purge("messages", messages, h -> ground.outbox().givenUp(h, messages), ground.outbox()::forget));
    }

    private void drop(Handle handle, Purge purge, List<Long> rows) {
        int dropped = purge.drop().apply(handle, rows);
        ground.stores().ledger().append(handle, Actor.STEWARD, "retention.purge", purge.what(),
                Map.of("count", dropped, "before", purge.before().toEpochMilli()));
    }

    private void files(String what, List<Path> files) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        ground.stores().database().writing(h -> ground.stores().ledger().append(h, Actor.STEWARD, "retention.purge",
                what, Map.of("count", files.size())));
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    /** All but the newest, by the time in their names; and what was begun and never finished. */
    private List<Path> spentBackups() throws IOException {
        List<Path> all = filesIn(ground.home().backups());
        List<Path> whole = all.stream().filter(f -> f.toString().endsWith(Backup.SUFFIX)).sorted().toList();
        List<Path> old = whole.subList(0, Math.max(0, whole.size() - keeping.backups().kept()));
        return Stream.concat(old.stream(), older(all.stream().filter(f -> f.toString().contains(Backup.UNFINISHED))
                .toList(), UNFINISHED_FOR).stream()).toList();
    }

    private List<Path> spentLogs() throws IOException {
        return older(filesIn(ground.home().logs()), keeping.logs());
    }

    private List<Path> older(List<Path> files, Duration age) throws IOException {
        Instant before = ago(age);
        List<Path> old = new ArrayList<>();
        for (Path file : files) {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                old.add(file);
            }
        }
        return old;
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList();
        }
    }

    private Instant ago(Duration age) {
        return ground.clock().instant().minus(age);
    }

    private Job.Outcome backup() throws IOException {
        if (keeping.backups().every().isEmpty()) {
            return Job.Outcome.DONE;
        }
        switch (new Backup(ground.home(), ground.clock()).write()) {
            case Backup.Outcome.Refused refused -> throw new IllegalStateException(refused.why());
            case Backup.Outcome.Written written -> {
                ground.stores().database().writing(h -> ground.stores().ledger().append(h, Actor.STEWARD,
                        "steward.backup", "steward", written.manifest().facts()));
                files("backups", spentBackups());
            }
        }
        return new Job.Outcome.Again(keeping.backups().every().get());
    }
}
