package dev.steward.requests;

/** What became of asking to take away what a request made. */
public sealed interface DecommissionOutcome {
    /**
     * It is being planned, and will be decided on.
     *
     * @param channel
     *            where its card is
     */
    record Asked(RequestId request, String channel) implements DecommissionOutcome {}

    /** Somebody asked for that before, and it has not ended. */
    record Already(RequestId request, String channel) implements DecommissionOutcome {}

    /**
     * A change of it waits that would be withdrawn for this; whoever asks has to say that it may be.
     *
     * @param pending
     *            that change
     */
    record InTheWay(RequestId pending) implements DecommissionOutcome {}

    /** It cannot be asked for. */
    record Refused(String why) implements DecommissionOutcome {}
}
