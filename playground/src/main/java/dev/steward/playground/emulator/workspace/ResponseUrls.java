package dev.steward.playground.emulator.workspace;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Response URLs: each lets the bot answer one interaction, five times within thirty minutes of virtual time. */
public final class ResponseUrls {
    /** How long a response URL lives. */
    public static final Duration LIFE = Duration.ofMinutes(30);
    /** How often it may be used. */
    public static final int USES = 5;

    private final InstantSource clock;
    private final Map<String, Issued> issued = new HashMap<>();

    ResponseUrls(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * What the URL answers.
     *
     * @param originalTs the message or ephemeral that was clicked, if it was a click
     */
    public record Origin(String personId, String channelId, Optional<String> originalTs) {}

    private static final class Issued {
        private final Origin origin;
        private final Instant until;
        private int uses;

        private Issued(Origin origin, Instant until) {
            this.origin = origin;
            this.until = until;
        }
    }

    /** A look-up: the origin, or Slack's error. */
    public sealed interface Found {
        /** Usable. */
        record Open(Origin origin) implements Found {}

        /** Not usable; the error is Slack's. */
        record Closed(String error) implements Found {}
    }

    String issue(Origin origin) {
        int number = issued.size() + 1;
        String id = String.format(Locale.ROOT, "T0STEWARD1-%d-%016x", number, number * 0x9E3779B97F4A7C15L);
        issued.put(id, new Issued(origin, clock.instant().plus(LIFE)));
        return id;
    }

    public Found find(String id) {
        Issued found = issued.get(id);
        if (found == null) {
            return new Found.Closed("invalid_url");
        }
        if (found.uses >= USES) {
            return new Found.Closed("used_url");
        }
        return clock.instant().isAfter(found.until) ? new Found.Closed("expired_url") : new Found.Open(found.origin);
    }

    /** Counts one use. */
    public void use(String id) {
        Issued found = issued.get(id);
        if (found != null) {
            found.uses++;
        }
    }
}
