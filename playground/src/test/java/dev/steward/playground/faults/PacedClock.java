package dev.steward.playground.faults;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that runs faster than the wall's, and can be put forward. Begins in the past, where Slack's own clock is not. */
final class PacedClock implements InstantSource {
    private final long began = System.nanoTime();
    private final Instant first;
    private final int pace;
    private volatile Duration ahead = Duration.ZERO;

    PacedClock(Instant first, int pace) {
        this.first = first;
        this.pace = pace;
    }

    /** Puts it forward. */
    synchronized void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    @Override
    public Instant instant() {
        return first.plusNanos((System.nanoTime() - began) * pace).plus(ahead);
    }
}
