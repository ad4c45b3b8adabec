package dev.steward.playground.emulator.faults;

import java.time.Duration;

/** One way in which a call goes wrong. */
public sealed interface Fault {
    /** Status 429 with {@code Retry-After} in whole seconds; nothing is applied. */
    record RateLimited(Duration retryAfter) implements Fault {}

    /** A 5xx without a JSON body; nothing is applied. */
    record ServerError(int status) implements Fault {}

    /** Applied and answered, after this much wall time. */
    record Slow(Duration by) implements Fault {}

    /** Nothing is applied and nothing answered; the connection is reset after this much wall time. */
    record Hang(Duration until) implements Fault {}

    /** The connection is reset (TCP RST); nothing is applied. */
    record Reset() implements Fault {}

    /** Applied, and the connection reset before the answer. */
    record ResponseLost() implements Fault {}

    /** Applied, and answered with half a JSON object. */
    record MalformedBody() implements Fault {}

    /** Applied, and the connection cut in the middle of the answer. */
    record Truncated() implements Fault {}

    /**
     * A delivery that is sent twice.
     *
     * @param after how much wall time passes between the answer to the first and the second; zero sends both at once
     */
    record Duplicated(Duration after) implements Fault {}

    /** A delivery that leaves this much wall time after the person acted. */
    record Late(Duration by) implements Fault {}

    /** A delivery that is overtaken by the next one, or leaves after this much wall time when there is none. */
    record Reordered(Duration atMost) implements Fault {}

    /** A delivery whose connection of Socket Mode is broken as soon as it was sent, before anybody can acknowledge it. */
    record SocketDropped() implements Fault {}

    /** The word that it is ordered and journalled by. */
    default String label() {
        return switch (this) {
            case RateLimited limited -> "rate_limited";
            case ServerError error -> "server_error";
            case Slow slow -> "slow";
            case Hang hang -> "hang";
            case Reset reset -> "connection_reset";
            case ResponseLost lost -> "response_lost";
            case MalformedBody malformed -> "malformed_body";
            case Truncated truncated -> "truncated";
            case Duplicated duplicated -> "duplicated";
            case Late late -> "late";
            case Reordered reordered -> "reordered";
            case SocketDropped dropped -> "socket_dropped";
        };
    }
}
