package dev.steward.bot.slack;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Where work goes on after Slack was answered: a fixed number of threads before a bounded queue. It holds only what a
 * person would simply do again; whatever was promised is in the database before.
 *
 * <p>
 * Slack counts the seconds until it is answered, so work gives way, for a moment, while answers are under way: sixteen
 * threads at work would else leave a burst of calls a ninth of two processors.
 */
final class Background implements AutoCloseable {
    /** Far less than the 3 s that a trigger lives. */
    private static final Duration LONGEST_WAY = Duration.ofMillis(250);

    private final ThreadPoolExecutor executor;
    private final long longestWayNanos;
    private int answering;

    Background(int threads, int waiting) {
        this(threads, waiting, LONGEST_WAY);
    }

    /**
     * @param longestWay
     *            how long work gives way at most
     */
    Background(int threads, int waiting, Duration longestWay) {
        longestWayNanos = longestWay.toNanos();
        executor = new ThreadPoolExecutor(threads, threads, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(waiting),
                Thread.ofPlatform().name("slack-", 0).daemon(true).factory());
        executor.allowCoreThreadTimeOut(true);
    }

    /** Takes the work on; answers false when there is too much already. */
    boolean offer(Runnable work) {
        try {
            executor.execute(() -> {
                giveWay();
                work.run();
            });
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Makes an answer, while work that has not begun gives way. */
    <T> T first(Supplier<T> answer) {
        count(1);
        try {
            return answer.get();
        } finally {
            count(-1);
        }
    }

    private synchronized void count(int change) {
        answering += change;
        if (answering == 0) {
            notifyAll();
        }
    }

    /** Waits until no answer is under way, but not for long. */
    synchronized void giveWay() {
        long deadline = System.nanoTime() + longestWayNanos;
        try {
            for (long left = longestWayNanos; answering > 0 && left > 0; left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether nothing is running or waiting. */
    boolean isIdle() {
        return executor.getActiveCount() == 0 && executor.getQueue().isEmpty();
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
