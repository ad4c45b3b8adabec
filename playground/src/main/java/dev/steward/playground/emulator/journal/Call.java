package dev.steward.playground.emulator.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One call of the Web API or of a response URL, and what it was answered. Tokens are not kept.
 *
 * @param number    place in the journal, from 1, shared with deliveries
 * @param at        the virtual time
 * @param method    {@code chat.postMessage}, or {@code response_url}
 * @param arguments as received
 */
public record Call(long number, Instant at, String method, ObjectNode arguments, Answered answered) {
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

    /** Whether the emulator made this call fail on purpose. */
    public boolean injected() {
        return answered.fault().isPresent();
    }
}
