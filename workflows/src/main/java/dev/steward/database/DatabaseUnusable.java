package dev.steward.database;

import org.jspecify.annotations.Nullable;

/** A database cannot be used as it is; the message says why and what to do, for whoever operates this Steward. */
public final class DatabaseUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With the message for people, and what lies behind it where something does. */
    public DatabaseUnusable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
