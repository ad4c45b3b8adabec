package dev.steward.bot.slack;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where work goes on after Slack was answered: a fixed number of threads before a bounded queue. It holds only what a
 * person would simply do again; whatever was promised is in the database before.
 */
final class Background implements AutoCloseable {
    private final ThreadPoolExecutor executor;

    Background(int threads, int waiting) {
        executor = new ThreadPoolExecutor(threads, threads, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(waiting),
                Thread.ofPlatform().name("slack-", 0).daemon(true).factory());
        executor.allowCoreThreadTimeOut(true);
    }

    /** Takes the work on; answers false when there is too much already. */
    boolean offer(Runnable work) {
        try {
            executor.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
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
