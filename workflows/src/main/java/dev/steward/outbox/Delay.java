package dev.steward.outbox;

/** Why a message could not be sent when it was due. */
public enum Delay {
    /** What it goes to did not answer. */
    UNREACHABLE,
    /** What it goes to asked for fewer messages. */
    LIMITED
}
