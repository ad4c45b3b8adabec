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

    /** A short name for the journal. */
    default String label() {
        return getClass().getSimpleName();
    }
}
