package dev.steward.bot.slack.sending;

import java.time.Duration;
import java.time.InstantSource;

/**
 * A rate with a small burst: holds up to {@code capacity} tokens, which come back at a steady pace; each call takes
 * one. In any span it lets through at most {@code capacity} plus what comes back in it. Thread-safe.
 */
final class TokenBucket {
    /** Whole numbers keep it exact: a token is as many units as it takes milliseconds for {@code back} of them. */
    private final long token;
    private final long capacity;
    private final long unitsPerMilli;
    private final InstantSource clock;
    private long units;
    private long countedAt;
    private long pausedUntil;

    /**
     * A full bucket.
     *
     * @param capacity
     *            how many calls may go at once
     * @param back
     *            how many tokens come back ...
     * @param per
     *            ... in this time
     */
    TokenBucket(int capacity, int back, Duration per, InstantSource clock) {
        this.token = per.toMillis();
        this.capacity = capacity * token;
        this.unitsPerMilli = back;
        this.clock = clock;
        this.units = this.capacity;
        this.countedAt = clock.millis();
    }

    /** How long until a token is there; zero when one is. */
    synchronized Duration delay() {
        long now = count();
        long refill = units >= token ? 0 : Math.ceilDiv(token - units, unitsPerMilli);
        return Duration.ofMillis(Math.max(refill, pausedUntil - now));
    }

    /** Takes a token, which must be there. */
    synchronized void take() {
        units -= token;
    }

    /** Whether it was paused at some time after that. */
    synchronized boolean wasPaused(long sinceMillis) {
        return pausedUntil > sinceMillis;
    }

    /** Lets nothing through for a while: Slack said so. */
    synchronized void pause(Duration how) {
        pausedUntil = Math.max(pausedUntil, count() + how.toMillis());
    }

    /** Whether it is as if it had never been used. */
    synchronized boolean isFull() {
        long now = count();
        return units == capacity && pausedUntil <= now;
    }

    /** Counts what has come back until now; a clock that was set back takes a pause back with it. */
    private long count() {
        long now = clock.millis();
        long elapsed = Math.clamp(now - countedAt, 0, capacity / unitsPerMilli + 1);
        units = Math.min(capacity, units + elapsed * unitsPerMilli);
        pausedUntil -= Math.max(0, countedAt - now);
        countedAt = now;
        return now;
    }
}
