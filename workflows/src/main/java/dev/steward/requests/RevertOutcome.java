package dev.steward.requests;

/** What became of proposing that something be as before. */
public sealed interface RevertOutcome {
    /**
     * A request to take away what was made is being planned, and will be decided on.
     *
     * @param channel
     *            where its card is
     */
    record Removal(RequestId request, String channel) implements RevertOutcome {}

    /**
     * A request to go back is being planned, and will be decided on.
     *
     * @param to
     *            the request whose answers it has
     * @param channel
     *            where its card is
     */
    record Back(RequestId request, RequestId to, String channel) implements RevertOutcome {}

    /** Somebody asked for that before, and it has not ended. */
    record Already(RequestId request, String channel) implements RevertOutcome {}

    /**
     * A change waits that would be withdrawn for this; whoever proposes it has to say that it may be.
     *
     * @param pending
     *            that change
     */
    record InTheWay(RequestId pending) implements RevertOutcome {}

    /** It cannot be asked for. */
    record Refused(String why) implements RevertOutcome {}
}
