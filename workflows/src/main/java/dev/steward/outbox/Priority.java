package dev.steward.outbox;

/** How urgent a message is; within one priority the older goes first. */
public enum Priority {
    /** Somebody is needed now. */
    PAGE(0),
    /** A decision is asked for or was made. */
    DECISION(10),
    /** Something ended, or somebody should know. */
    NOTICE(20),
    /** Somebody's home, which tells nobody anything by itself. */
    HOME(30),
    /** How far something is. */
    PROGRESS(50);

    private final int rank;

    Priority(int rank) {
        this.rank = rank;
    }

    /** Lower goes first. */
    public int rank() {
        return rank;
    }

    static Priority ofRank(int rank) {
        for (Priority priority : values()) {
            if (priority.rank == rank) {
                return priority;
            }
        }
        throw new IllegalArgumentException("no priority has rank " + rank);
    }
}
