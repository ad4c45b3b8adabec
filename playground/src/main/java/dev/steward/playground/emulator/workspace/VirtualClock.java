package dev.steward.playground.emulator.workspace;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The workspace's time, for timestamps, triggers, response URLs and retries. It either runs with the wall clock plus what
 * it was advanced by, or stands still and moves only when advanced.
 */
public final class VirtualClock implements InstantSource {
    private final Optional<Instant> frozenAt;
    private final InstantSource wall;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Duration advanced = Duration.ZERO;

    /** A clock that stands still at the given instant, or runs with the wall clock when there is none. */
    public VirtualClock(Optional<Instant> frozenAt) {
        this.frozenAt = frozenAt;
        this.wall = Clock.systemUTC();
    }

    @Override
    public Instant instant() {
        return frozenAt.orElseGet(wall::instant).plus(advanced);
    }

    /** Moves time forward and runs whatever has come due. Time never goes back. */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("Time moves forward only; asked for " + by);
        }
        synchronized (this) {
            advanced = advanced.plus(by);
        }
        listeners.forEach(Runnable::run);
    }

    /** By how much it was advanced in all. */
    public Duration advanced() {
        return advanced;
    }

    /** Runs this after each advance, on the thread that advanced. */
    public void onAdvance(Runnable listener) {
        listeners.add(listener);
    }
}
