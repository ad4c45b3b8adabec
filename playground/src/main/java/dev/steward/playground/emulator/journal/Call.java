package dev.steward.playground.emulator.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One call of the Web API or of a response URL, and what it was answered. Tokens are not kept.
 *
 * @param number    place in the journal, from 1, shared with deliveries
 * @param at        the virtual time
 * @param method    {@code chat.postMessage}, or {@code response_url}
 * @param arguments as received
 */
public record Call(long number, Instant at, String method, ObjectNode arguments, Answered answered) {
    private static final Set<String> IN_SLACKS_PLACE = Set.of("rate_limited", "server_error", "hang",
            "connection_reset");

    /**
     * The answer as decided, even where a fault kept it from arriving.
     *
     * @param fault the fault that was injected, if any
     */
    public record Answered(int status, JsonNode body, Duration took, Optional<String> fault) {}

    public boolean ok() {
        return answered.body().path("ok").asBoolean();
    }

    /** Slack's error code, empty when the call was ok. */
    public String error() {
        return answered.body().path("error").asText();
    }

    /**
     * Whether a fault answered in Slack's place. A call that was only slowed, or whose answer was lost or spoilt, had its
     * answer from Slack.
     */
    public boolean injected() {
        return answered.fault().filter(IN_SLACKS_PLACE::contains).isPresent();
    }
}
