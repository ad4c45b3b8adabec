package dev.steward.incidents.alerts;

import dev.steward.database.CannotStore;
import dev.steward.database.Database;
import dev.steward.database.Json;
import dev.steward.jobs.Job;
import dev.steward.jobs.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Handle;

/**
 * Stores alerts before anybody is told that they were taken. Bodies that come in while others are being stored share the
 * next transaction: a disk confirms some hundred writes a second, whatever is in them. Thread-safe.
 */
public final class AlertIntake implements AutoCloseable {
    static final String WORK = "alerts.work";
    /** What comes in is worked through a little later, together with what comes in by then. */
    private static final Duration GATHERING = Duration.ofMillis(100);
    /** Alerts in one row of the intake. */
    private static final int SLICE = 50;
    /** Characters that wait in memory; what comes beyond is refused, and sent again by its source. */
    private static final long MOST_WAITING = 32_000_000;
    /** Characters in one transaction, unless one body alone has more. */
    private static final long MOST_AT_ONCE = 1_000_000;
    private static final int LONGEST_WAIT_SECONDS = 10;

    private final Database database;
    private final Jobs jobs;
    private final InstantSource clock;
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private final Map<AlertSource, LongAdder> received = new EnumMap<>(AlertSource.class);
    private final Thread writer;
    private volatile boolean closed;

    /** What became of a body. */
    public enum Outcome {
        /** All of it is in the database. */
        STORED,
        /** Too much waits already: it is to be sent again. */
        BUSY
    }

    private record Waiting(List<String> rows, long size, CompletableFuture<Outcome> outcome) {}

    /** An intake over the database given; the work that it brings is one of the jobs. */
    public AlertIntake(Database database, Jobs jobs, InstantSource clock) {
        this.database = database;
        this.jobs = jobs;
        this.clock = clock;
        for (AlertSource source : AlertSource.values()) {
            received.put(source, new LongAdder());
        }
        writer = Thread.ofPlatform().name("alert-intake").daemon(true).start(this::write);
    }

    /**
     * Stores what was read of a body, and returns when that is on the disk.
     *
     * @throws CannotStore
     *             if nothing can be stored now
     */
    public Outcome take(AlertSource source, AlertBody.Read body) {
        Waiting mine = waiting(body.alerts());
        if (mine.rows().isEmpty()) {
            return Outcome.STORED;
        }
        if (closed || waiting.addAndGet(mine.size()) > MOST_WAITING) {
            waiting.addAndGet(-mine.size());
            return Outcome.BUSY;
        }
        queue.add(mine);
        Outcome outcome = await(mine);
        if (outcome == Outcome.STORED) {
            counter(source).add(body.alerts().size());
        }
        return outcome;
    }

    /** How many alerts of a source were taken since the start. */
    public long received(AlertSource source) {
        return counter(source).sum();
    }

    private LongAdder counter(AlertSource source) {
        return received.getOrDefault(source, new LongAdder());
    }

    private static Waiting waiting(List<AlertEvent> alerts) {
        List<String> rows = new ArrayList<>();
        for (int from = 0; from < alerts.size(); from += SLICE) {
            rows.add(Json.text(alerts.subList(from, Math.min(alerts.size(), from + SLICE)).stream()
                    .map(AlertEvent::stored).toList()));
        }
        return new Waiting(rows, rows.stream().mapToLong(String::length).sum(), new CompletableFuture<>());
    }

    private static Outcome await(Waiting mine) {
        try {
            return mine.outcome().get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return Outcome.BUSY;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.BUSY;
        } catch (ExecutionException e) {
            throw CannotStore.behind(e).<RuntimeException>map(cannot -> cannot)
                    .orElseGet(() -> new IllegalStateException("alerts could not be stored", e));
        }
    }

    private void write() {
        List<Waiting> together = new ArrayList<>();
        while (!closed || !queue.isEmpty()) {
            try {
                Waiting first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    together.add(first);
                    store(together);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                together.clear();
            }
        }
    }

    private void store(List<Waiting> together) {
        long size = together.getFirst().size();
        for (Waiting next = queue.peek(); next != null && size + next.size() <= MOST_AT_ONCE; next = queue.peek()) {
            together.add(next);
            size += next.size();
            queue.remove();
        }
        waiting.addAndGet(-size);
        storeOrTell(together);
    }

    /** What cannot be stored together for a reason of its own is stored one by one, so that each gets the answer that is its. */
    private void storeOrTell(List<Waiting> together) {
        try {
            database.writing(h -> insert(h, together));
            together.forEach(each -> each.outcome().complete(Outcome.STORED));
        } catch (RuntimeException e) {
            if (together.size() == 1 || Optional.of(e).flatMap(CannotStore::behind).isPresent()) {
                together.forEach(each -> each.outcome().completeExceptionally(e));
            } else {
                together.forEach(each -> storeOrTell(List.of(each)));
            }
        }
    }

    private void insert(Handle handle, List<Waiting> together) {
        long now = clock.millis();
        try (var batch = handle.prepareBatch("INSERT INTO alert_intake (received_at, alerts) VALUES (:now, :alerts)")) {
            together.forEach(each -> each.rows().forEach(row -> batch.bind("now", now).bind("alerts", row).add()));
            batch.execute();
        }
        jobs.enqueue(handle, work(Instant.ofEpochMilli(now).plus(GATHERING)));
    }

    /** There is one such job, however much there is to work through. */
    static Job.Order work(Instant due) {
        return Job.Order.at(due, WORK, WORK, Map.of(), Job.Lane.GENERAL);
    }

    /** Takes nothing more, and stores what waits. */
    @Override
    public void close() {
        closed = true;
        try {
            writer.join(TimeUnit.SECONDS.toMillis(LONGEST_WAIT_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
