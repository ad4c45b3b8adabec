package dev.steward.bot.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Counts something that may happen thousands of times, and tells the count at most once a minute. Thread-safe. */
final class Seldom {
    private static final long BETWEEN = Duration.ofMinutes(1).toNanos();

    private final AtomicLong count = new AtomicLong();
    private final AtomicLong last = new AtomicLong(System.nanoTime() - BETWEEN);
    private final LongConsumer tell;

    /** Tells how many there were since it told last. */
    Seldom(LongConsumer tell) {
        this.tell = tell;
    }

    void add(long more) {
        count.addAndGet(more);
        long now = System.nanoTime();
        long before = last.get();
        if (now - before >= BETWEEN && last.compareAndSet(before, now)) {
            tell.accept(count.getAndSet(0));
        }
    }
}
