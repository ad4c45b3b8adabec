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
 * chat.postMessage a second per channel. Not safe for concurrent use: asked inside the workspace's lock.
 */
final class RateLimits {
    private final InstantSource clock;
    private final Map<String, Deque<Instant>> recent = new HashMap<>();

    RateLimits(InstantSource clock) {
        this.clock = clock;
    }

    /** How long to wait, if this call is one too many; a call that may pass is counted. */
    Optional<Duration> check(MethodSpec method, String channel) {
        if (method.name().equals("chat.postMessage")) {
            return check("chat.postMessage/" + channel, 1, Duration.ofSeconds(1));
        }
        return method.perMinute().isEmpty()
                ? Optional.empty()
                : check(method.name(), method.perMinute().getAsInt(), Duration.ofMinutes(1));
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
    }
}
