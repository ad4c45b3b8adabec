package dev.steward.playground.emulator.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
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
    private final Ids ids;
    private final Map<String, Issued> issued = new HashMap<>();

    ResponseUrls(InstantSource clock, Ids ids) {
        this.clock = clock;
        this.ids = ids;
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
        int number = ids.count("response_url");
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

    /** Those that may still be used. */
    ArrayNode saved() {
        ArrayNode saved = Json.array();
        issued.forEach((id, one) -> {
            if (find(id) instanceof Found.Open) {
                ObjectNode url = saved.addObject().put("id", id).put("person", one.origin.personId())
                        .put("channel", one.origin.channelId()).put("until", one.until.toString())
                        .put("uses", one.uses);
                one.origin.originalTs().ifPresent(ts -> url.put("ts", ts));
            }
        });
        return saved;
    }

    void load(JsonNode saved) {
        Saved.list(saved, url -> {
            Issued one = new Issued(new Origin(Saved.text(url, "person"), Saved.text(url, "channel"),
                    Saved.optional(url, "ts")), Saved.instant(url, "until"));
            one.uses = Math.toIntExact(Saved.number(url, "uses"));
            return issued.put(Saved.text(url, "id"), one);
        });
    }

    /** Counts one use. */
    public void use(String id) {
        Issued found = issued.get(id);
        if (found != null) {
            found.uses++;
        }
    }
}
