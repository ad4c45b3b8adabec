package dev.steward.playground.kill;

import java.nio.file.Path;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Looks into a home's database from outside, read-only, while the bot writes it. */
final class Eye implements AutoCloseable {
    private final Path database;
    private @Nullable Handle open;

    Eye(Path home) {
        database = home.resolve("steward.db");
    }

    /** Whether that is to be seen; not while there is no database yet, or while a start recovers it. */
    boolean sees(Predicate<Handle> condition) {
        try {
            Handle handle = open;
            if (handle == null) {
                handle = Jdbi.create("jdbc:sqlite:file:" + database + "?mode=ro").open();
                open = handle;
            }
            return condition.test(handle);
        } catch (JdbiException e) {
            shut();
            return false;
        }
    }

    /** Shuts it until it is used again: while it is open, a start of the bot need not recover the database. */
    void shut() {
        Handle handle = open;
        open = null;
        if (handle != null) {
            handle.close();
        }
    }

    @Override
    public void close() {
        shut();
    }
}
