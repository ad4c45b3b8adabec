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

    /** Nothing is applied and nothing answered; the connection is cut after this much wall time. */
    record Hang(Duration until) implements Fault {}

    /** The connection is cut; nothing is applied. */
    record Reset() implements Fault {}

    /** Applied, and the connection cut before the answer. */
    record ResponseLost() implements Fault {}

    /** Applied, and answered with half a JSON object. */
    record MalformedBody() implements Fault {}

    /** A delivery that is sent twice, unchanged. */
    record Duplicated() implements Fault {}

    /** A delivery that leaves this much wall time after the person acted. */
    record Late(Duration by) implements Fault {}

    /** A short name for the journal. */
    default String label() {
        return getClass().getSimpleName();
    }
}
