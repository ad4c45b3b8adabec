package dev.steward.bot.slack.sending;

import java.time.Duration;
import java.time.InstantSource;

/**
 * A rate with a small burst: holds up to {@code capacity} tokens, which come back at a steady pace; each call takes
 * one. In any span it lets through at most {@code capacity} plus what comes back in it. Thread-safe.
 */
final class TokenBucket {
    private final double capacity;
    private final double perMilli;
    private final InstantSource clock;
    private double tokens;
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
        this.capacity = capacity;
        this.perMilli = (double) back / per.toMillis();
        this.clock = clock;
        this.tokens = capacity;
        this.countedAt = clock.millis();
    }

    /** How long until a token is there; zero when one is. */
    synchronized Duration delay() {
        long now = clock.millis();
        tokens = Math.min(capacity, tokens + Math.max(0, now - countedAt) * perMilli);
        countedAt = now;
        long refill = tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / perMilli);
        return Duration.ofMillis(Math.max(refill, pausedUntil - now));
    }

    /** Takes a token, which must be there. */
    synchronized void take() {
        tokens -= 1;
    }

    /** Lets nothing through for a while: Slack said so. */
    synchronized void pause(Duration how) {
        pausedUntil = Math.max(pausedUntil, clock.millis() + how.toMillis());
    }
}
