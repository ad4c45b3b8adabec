package dev.steward.terraform;

/** What a run does to its stack. */
public enum RunOperation {
    /** The first apply. */
    CREATE,
    /** Another apply with other inputs or another module version. */
    CHANGE,
    /** Everything away. */
    DESTROY,
    /** Only looking: what differs from what was applied. */
    REFRESH;

    String column() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
