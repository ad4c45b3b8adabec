package dev.steward.requests;

/** What became of something that a person asked to be done to a request: cancel, plan again. */
public sealed interface ActOutcome {
    /**
     * It is done, or will be.
     *
     * @param message
     *            for the person to read
     */
    record Done(String message) implements ActOutcome {}

    /**
     * It is not done.
     *
     * @param why
     *            for the person to read
     */
    record Refused(String why) implements ActOutcome {}
}
