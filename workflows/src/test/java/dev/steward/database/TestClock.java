package dev.steward.database;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it. */
public final class TestClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-11-20T09:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves the clock on, or back when negative. */
    public void advance(Duration by) {
        now = now.plus(by);
    }
}
