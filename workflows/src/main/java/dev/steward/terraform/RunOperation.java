package dev.steward.terraform;

import java.util.Locale;

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
        return name().toLowerCase(Locale.ROOT);
    }

    /** The operation that is stored as that. */
    public static RunOperation of(String column) {
        return valueOf(column.toUpperCase(Locale.ROOT));
    }
}
