package dev.steward.ledger;

/** What recomputing the ledger's chain found. */
public sealed interface Verification {
    /**
     * Every entry follows the one before it and is as it was written.
     *
     * @param head
     *            the end of the chain
     */
    record Intact(Entry.Head head) implements Verification {}

    /**
     * The chain does not hold.
     *
     * @param seq
     *            the first entry that is wrong
     * @param why
     *            what is wrong with it, to follow "entry N"
     */
    record Broken(long seq, String why) implements Verification {}
}
