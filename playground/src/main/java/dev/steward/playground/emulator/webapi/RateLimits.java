package dev.steward.playground.emulator.webapi;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Slack's published rates, counted in virtual time: a method's tier per minute for the whole workspace, and one
 * chat.postMessage a second per channel, with short bursts (docs.slack.dev/apis/web-api/rate-limits). Not safe for
 * concurrent use: asked inside the workspace's lock.
 */
final class RateLimits {
    /** How many messages a channel that was silent takes at once. Slack says "short bursts" and gives no number. */
    static final int BURST = 3;

    private static final Duration PER_MESSAGE = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Map<String, Deque<Instant>> recent = new HashMap<>();
    private final Map<String, Instant> paidUntil = new HashMap<>();

    RateLimits(InstantSource clock) {
        this.clock = clock;
    }

    /** How long to wait, if this call is one too many; a call that may pass is counted. */
    Optional<Duration> check(MethodSpec method, String channel) {
        if (method.name().equals("chat.postMessage")) {
            return post(channel);
        }
        return method.perMinute().isEmpty()
                ? Optional.empty()
                : check(method.name(), method.perMinute().getAsInt(), Duration.ofMinutes(1));
    }

    /** Each message costs its channel a second; as many as a burst may be owed. */
    private Optional<Duration> post(String channel) {
        Instant now = clock.instant();
        Instant paid = paidUntil.getOrDefault(channel, now);
        Duration owed = paid.isAfter(now) ? Duration.between(now, paid) : Duration.ZERO;
        Duration wait = owed.minus(PER_MESSAGE.multipliedBy(BURST - 1L));
        if (wait.isPositive()) {
            return Optional.of(wait);
        }
        paidUntil.put(channel, now.plus(owed).plus(PER_MESSAGE));
        return Optional.empty();
    }

    private Optional<Duration> check(String bucket, int allowed, Duration window) {
        Instant now = clock.instant();
        Deque<Instant> times = recent.computeIfAbsent(bucket, key -> new ArrayDeque<>());
        while (!times.isEmpty() && !times.getFirst().plus(window).isAfter(now)) {
            times.removeFirst();
        }
        if (times.size() >= allowed) {
            return Optional.of(Duration.between(now, times.getFirst().plus(window)));
        }
        times.addLast(now);
        return Optional.empty();
    }

    void clear() {
        recent.clear();
        paidUntil.clear();
    }
}
