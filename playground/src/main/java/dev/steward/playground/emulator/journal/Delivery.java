package dev.steward.playground.emulator.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One thing sent to the bot, and how the bot answered.
 *
 * @param number  place in the journal, from 1, shared with calls
 * @param kind    {@code command}, {@code event_callback}, or the type of the interaction ({@code block_actions}, ...)
 * @param payload the JSON sent, or the form fields of a command as an object
 * @param attempt 0 for the first; events are attempted up to three times
 * @param fault   the word of the fault that was injected, if any
 * @param shown   Slack's own error text, where the person was shown one
 */
public record Delivery(long number, String kind, JsonNode payload, int attempt, Reply reply,
        Optional<String> fault, Optional<String> shown) {
    /** The status that stands for a payload in an acknowledgement of Socket Mode where none is taken. */
    public static final int TAKEN_NOT = 406;

    /** How an attempt ended. */
    public enum Outcome {
        /** The bot answered with status 200 in time. */
        ACKNOWLEDGED,
        /** The bot answered in time with another status. */
        REFUSED,
        /** Nothing came within the limit; whatever came later was ignored. */
        TIMED_OUT,
        /** No connection, or it broke. */
        UNREACHABLE
    }

    /** The bot's answer. Status 0 and an empty body where there was none; times are wall time. */
    public record Reply(Outcome outcome, int status, String body, Instant sentAt, Duration took) {}

    public boolean acknowledged() {
        return reply.outcome() == Outcome.ACKNOWLEDGED;
    }

    /**
     * Whether an answer came in time and Slack could do nothing with it: it was no good, nobody at the bot took the
     * delivery (404), the bot failed (5xx), or it said something where nothing is taken. That a bot turns a forged
     * delivery away, or is about to stop (503), is no such answer.
     */
    public boolean spoilt() {
        return switch (reply.outcome()) {
            case ACKNOWLEDGED -> shown.isPresent();
            case REFUSED -> reply.status() == 404 || reply.status() == TAKEN_NOT
                    || (reply.status() >= 500 && reply.status() != 503);
            case TIMED_OUT, UNREACHABLE -> false;
        };
    }

    /** The same delivery with Slack's error text noted. */
    public Delivery showing(String text) {
        return new Delivery(number, kind, payload, attempt, reply, fault, Optional.of(text));
    }
}
