package dev.steward.jobs;

import dev.steward.database.CannotStore;
import dev.steward.database.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims due jobs and runs each on a thread of the system's, as many at once as its lane allows. On virtual ones they
 * would hold the few carriers, which those need who wait to be answered, for as long as the database writes to the disk.
 *
 * <p>
 * On start, whatever a dead process had claimed is free again: recovery is the normal path. A job that fails is tried
 * again after 1 s, 2 s, 4 s and so on up to 5 min, for ever; nothing that was promised is dropped.
 */
public final class JobRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

    private final Database database;
    private final Jobs jobs;
    private final InstantSource clock;
    private final Map<String, Job.Handler> handlers;
    private final Map<Job.Lane, Integer> widths = new EnumMap<>(Job.Lane.class);
    private final Map<Job.Lane, Semaphore> slots = new EnumMap<>(Job.Lane.class);
    private final String process = UUID.randomUUID().toString();
    private final Set<Long> running = ConcurrentHashMap.newKeySet();
    private final Semaphore work = new Semaphore(0);
    private final ExecutorService workers = Executors
            .newCachedThreadPool(Thread.ofPlatform().name("job-", 0).daemon(true).factory());
    private @Nullable Thread dispatcher;
    private volatile boolean stopping;
    /** Set when the end of a job could not be noted. */
    private volatile boolean abandoned;

    /**
     * A runner that is not started yet.
     *
     * @param handlers
     *            by kind of job
     * @param widths
     *            how many jobs of a lane run at once
     */
    public JobRunner(Database database, Jobs jobs, InstantSource clock, Map<String, Job.Handler> handlers,
            Map<Job.Lane, Integer> widths) {
        this.database = database;
        this.jobs = jobs;
        this.clock = clock;
        this.handlers = Map.copyOf(handlers);
        this.widths.putAll(widths);
        widths.forEach((lane, width) -> slots.put(lane, new Semaphore(width)));
        jobs.onEnqueue(work::release);
    }

    /** Frees what a dead process had claimed, and begins to run what is due. */
    public void start() {
        int freed = database.write(h -> jobs.release(h, process));
        if (freed > 0) {
            LOG.info("{} interrupted job(s) will be continued", freed);
        }
        dispatcher = Thread.ofPlatform().name("jobs").start(this::dispatch);
    }

    /** Stops claiming; what is running goes on. */
    public void claimNoMore() {
        stopping = true;
        work.release();
    }

    /** Stops claiming and waits for running jobs, at most {@code grace}; answers whether all of them ended. */
    public boolean drain(Duration grace) {
        claimNoMore();
        long deadline = System.nanoTime() + grace.toNanos();
        boolean ended = true;
        try {
            for (var slot : slots.entrySet()) {
                int all = widths.getOrDefault(slot.getKey(), 1);
                long left = Math.max(0, deadline - System.nanoTime());
                ended &= slot.getValue().tryAcquire(all, left, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return ended;
    }

    /** Stops at once; what is running is interrupted and continued at the next start. */
    @Override
    public void close() {
        stopping = true;
        work.release();
        workers.shutdownNow();
        try {
            if (dispatcher != null) {
                dispatcher.join(Duration.ofSeconds(5));
            }
            if (!workers.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("some jobs did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void dispatch() {
        long looked = System.nanoTime();
        while (!stopping) {
            try {
                long next = claimDue();
                if (abandoned || System.nanoTime() - looked > LONGEST_BACK_OFF.toNanos() / 10) {
                    looked = System.nanoTime();
                    abandoned = false;
                    freeAbandoned();
                }
                sleep(next);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (CannotStore e) {
                abandoned = true;
                LOG.error("no job can be claimed: {}; trying again in a second", e.reason().words());
                pause();
            } catch (RuntimeException e) {
                LOG.error("cannot claim jobs; trying again in a second", e);
                pause();
            }
        }
    }

    /** Claims what is due, as long as there are workers for it; answers when there will be more to claim. */
    private long claimDue() {
        while (true) {
            Map<Job.Lane, Long> next = database.read(jobs::nextDueAt);
            long now = clock.millis();
            boolean any = false;
            for (var slot : slots.entrySet()) {
                any |= next.getOrDefault(slot.getKey(), Long.MAX_VALUE) <= now && claim(slot.getKey(), slot.getValue());
            }
            if (!any) {
                return soonest(next);
            }
        }
    }

    /** Of the lanes that could take a job: the end of one that runs wakes us up for the others. */
    private long soonest(Map<Job.Lane, Long> next) {
        return slots.entrySet().stream().filter(slot -> slot.getValue().availablePermits() > 0)
                .mapToLong(slot -> next.getOrDefault(slot.getKey(), Long.MAX_VALUE)).min().orElse(Long.MAX_VALUE);
    }

    /** Claims as many jobs as the lane has workers for, all at once; answers whether there were any. */
    private boolean claim(Job.Lane lane, Semaphore free) {
        int workersFree = stopping ? 0 : free.drainPermits();
        int taken = 0;
        try {
            if (workersFree > 0) {
                for (Job job : database.write(h -> jobs.claim(h, lane, process, workersFree))) {
                    begin(job, free);
                    taken++;
                }
            }
        } finally {
            free.release(workersFree - taken);
        }
        return taken > 0;
    }

    private void begin(Job job, Semaphore free) {
        running.add(job.id());
        workers.execute(() -> {
            try {
                run(job);
            } finally {
                running.remove(job.id());
                free.release();
                work.release();
            }
        });
    }

    private void run(Job job) {
        try {
            Job.Handler handler = handlers.get(job.kind());
            if (handler == null) {
                throw new IllegalStateException("no handler for jobs of kind " + job.kind());
            }
            switch (handler.run(job)) {
                case Job.Outcome.Done done -> database.writing(h -> jobs.finished(h, job));
                case Job.Outcome.Again again -> database.writing(h -> jobs.again(h, job, again.after()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CannotStore e) {
            // Not the job's fault: it is freed, and run again as soon as something can be stored.
            LOG.error("job {} is interrupted: {}", job.key(), e.reason().words());
            abandoned = true;
        } catch (Throwable e) {
            if (!stopping) {
                failed(job, e);
            }
        }
    }

    /** Frees claims whose worker is gone: its end could not be written, because the database failed at that moment. */
    private void freeAbandoned() {
        Set<Long> busy = Set.copyOf(running);
        int freed = database.write(h -> jobs.releaseOwn(h, process, busy));
        if (freed > 0) {
            LOG.warn("{} job(s) whose end could not be noted will be run again", freed);
        }
    }

    private void failed(Job job, Throwable failure) {
        Duration backOff = Duration.ofSeconds(1L << Math.min(job.attempts(), 9));
        Duration wait = backOff.compareTo(LONGEST_BACK_OFF) < 0 ? backOff : LONGEST_BACK_OFF;
        LOG.error("job {} failed {} time(s); trying again in {} s", job.key(), job.attempts() + 1, wait.toSeconds(),
                failure);
        String error = failure.getClass().getSimpleName();
        try {
            database.writing(h -> jobs.failed(h, job, wait, error));
        } catch (RuntimeException e) {
            abandoned = true;
            LOG.error("job {}: its failure could not be noted; it is freed and run again", job.key(), e);
        }
    }

    private void sleep(long next) throws InterruptedException {
        long wait = Math.clamp(next - clock.millis(), 5, LONGEST_SLEEP.toMillis());
        if (work.tryAcquire(wait, TimeUnit.MILLISECONDS)) {
            work.drainPermits();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LONGEST_SLEEP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
