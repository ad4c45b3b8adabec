package dev.steward.playground.kill;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Looks into a home's database from outside, read-only, while the bot writes it. */
final class Eye implements AutoCloseable {
    private final Path database;
    private final Map<List<String>, String> answers = new HashMap<>();
    private @Nullable Handle open;
    private long version;

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
            long now = handle.createQuery("PRAGMA data_version").mapTo(Long.class).one();
            if (now != version) {
                version = now;
                answers.clear();
            }
            return condition.test(handle);
        } catch (JdbiException e) {
            shut();
            return false;
        }
    }

    /**
     * The only column of the first row, or nothing; asked again only once somebody has written since. For conditions.
     *
     * @param sql
     *            with one parameter, {@code :name}
     */
    String answer(String sql, String name) {
        Handle handle = Objects.requireNonNull(open, "asked while it looks");
        return answers.computeIfAbsent(List.of(sql, name), key -> handle.createQuery(sql).bind("name", name)
                .mapTo(String.class).findOne().orElse(""));
    }

    /** Shuts it until it is used again: while it is open, a start of the bot need not recover the database. */
    void shut() {
        Handle handle = open;
        open = null;
        answers.clear();
        if (handle != null) {
            handle.close();
        }
    }

    @Override
    public void close() {
        shut();
    }
}
