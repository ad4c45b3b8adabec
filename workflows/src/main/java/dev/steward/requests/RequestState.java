package dev.steward.requests;

import java.util.Locale;

/** Where a request is. What happens to its plan in detail is the state of its run. */
public enum RequestState {
    /** Being planned, to be mended by the requester, or waiting for decisions. */
    PENDING,
    /** Approved by everybody who had to; being applied. */
    APPROVED,
    /** What was asked for is there. */
    DONE,
    /** The apply did not succeed; somebody has to look. */
    FAILED,
    /** Somebody who was asked said no. */
    REJECTED,
    /** Withdrawn by the requester. */
    CANCELLED,
    /** Nobody decided in time. */
    EXPIRED;

    /** Whether nothing more will happen by itself and nobody can revive it. */
    public boolean ended() {
        return switch (this) {
            case PENDING, APPROVED, FAILED -> false;
            case DONE, REJECTED, CANCELLED, EXPIRED -> true;
        };
    }

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RequestState ofColumn(String column) {
        return valueOf(column.toUpperCase(Locale.ROOT));
    }
}
