package dev.steward.database;

import java.sql.SQLException;
import java.util.Optional;

/** The database cannot be written to, whatever is to be written: nothing of the transaction was stored. */
public final class CannotStore extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why nothing can be written. */
    public enum Reason {
        /** No space is left. */
        FULL("the disk is full"),
        /** The file or its folder may not be written. */
        READ_ONLY("the database may not be written: its disk or its folder is read-only"),
        /** The disk answers with errors. */
        BROKEN("the disk does not take what is written to it");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** For people, without a capital letter or a full stop. */
        public String words() {
            return words;
        }
    }

    CannotStore(Reason reason, Throwable cause) {
        super("nothing can be stored: " + reason.words(), cause);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** What the failure says about the database's disk; empty when it has another cause. */
    public static Optional<CannotStore> behind(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (cause instanceof CannotStore known) {
                return Optional.of(known);
            }
            if (cause instanceof SQLException sql && reason(sql).isPresent()) {
                return Optional.of(new CannotStore(reason(sql).get(), failure));
            }
        }
        return Optional.empty();
    }

    /** SQLite's primary result codes; https://www.sqlite.org/rescode.html */
    private static Optional<Reason> reason(SQLException failure) {
        return switch (failure.getErrorCode() & 0xff) {
            case 13 -> Optional.of(Reason.FULL);
            case 8 -> Optional.of(Reason.READ_ONLY);
            case 10, 14 -> Optional.of(Reason.BROKEN);
            default -> Optional.empty();
        };
    }
}
