package dev.steward.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The SQLite database of one home: one writer connection, a few readers.
 *
 * <p>
 * Writers take the lock when they begin ({@code BEGIN IMMEDIATE}): a deferred read-then-write would fail at once with
 * {@code SQLITE_BUSY_SNAPSHOT}. {@code synchronous} is set per connection: FULL on the writer, so that what was
 * promised survives a power cut. A write transaction should stay under 50 ms. Thread-safe.
 */
public final class Database implements AutoCloseable {
    private static final int READERS = 4;
    /** Times a number of several digits: several pages, so that what was freed by chance does not look like room. */
    private static final int PROBE = 4 * 1024;

    private final HikariDataSource writerPool;
    private final HikariDataSource readerPool;
    private final Jdbi writer;
    private final Jdbi reader;
    private volatile @Nullable CannotStore trouble;

    /** What is done before the schema of a database that holds something is changed. */
    @FunctionalInterface
    public interface BeforeMigration {
        /** Nothing is done. */
        BeforeMigration NOTHING = (from, to) -> "";

        /**
         * Prepares for the change; an exception prevents it.
         *
         * @param from
         *            number of the schema that is there
         * @param to
         *            number of the schema that will be
         * @return what to tell if the change then fails: where a copy is
         */
        String prepare(int from, int to);
    }

    private Database(Path file, BeforeMigration before) {
        writerPool = pool("writer", 1, "PRAGMA query_only = OFF", writerSource(file));
        try {
            new Migration(file.toString(), writerPool).run(before);
            readerPool = pool("reader", READERS, "PRAGMA query_only = ON", readerSource(file));
        } catch (RuntimeException e) {
            writerPool.close();
            throw e;
        }
        writer = Jdbi.create(writerPool);
        reader = Jdbi.create(readerPool);
    }

    /**
     * Opens the file, creating it when it is absent, and brings its schema up to date.
     *
     * @throws DatabaseUnusable if its schema is newer than this program, or could not be changed
     * @throws RuntimeException if the file cannot be opened
     */
    public static Database open(Path file) {
        return open(file, BeforeMigration.NOTHING);
    }

    /** As {@link #open(Path)}; what is to be done before a change of the schema is done. */
    public static Database open(Path file, BeforeMigration before) {
        return new Database(file, before);
    }

    /**
     * Runs the callback in one write transaction; an exception rolls all of it back.
     *
     * @throws CannotStore
     *             if nothing can be written now, whatever it is
     */
    public <T> T write(Function<Handle, T> callback) {
        try {
            T result = writer.inTransaction(callback::apply);
            trouble = null;
            return result;
        } catch (RuntimeException e) {
            throw noted(e);
        }
    }

    /** As {@link #write}, for a callback without a result. */
    public void writing(Consumer<Handle> callback) {
        this.<Optional<Void>>write(h -> {
            callback.accept(h);
            return Optional.empty();
        });
    }

    private RuntimeException noted(RuntimeException failure) {
        Optional<CannotStore> cannot = CannotStore.behind(failure);
        cannot.ifPresent(c -> trouble = c);
        return cannot.<RuntimeException>map(c -> c).orElse(failure);
    }

    /** Why nothing can be stored; empty when it can. After a failure it is tried anew each time this is asked. */
    public Optional<CannotStore> trouble() {
        return trouble == null ? Optional.empty() : probe();
    }

    /**
     * As {@link #trouble}, but tried in any case: the last write may have been long ago, or smaller than the next. What is
     * written differs each time: SQLite writes no page whose content stays the same.
     */
    public Optional<CannotStore> probe() {
        try {
            writing(h -> h.createUpdate("""
                    INSERT INTO installation (name, value) VALUES ('probe', :value)
                    ON CONFLICT (name) DO UPDATE SET value = excluded.value""")
                    .bind("value", Long.toString(System.nanoTime()).repeat(PROBE)).execute());
            return Optional.empty();
        } catch (CannotStore e) {
            return Optional.of(e);
        }
    }

    /** Runs the callback on a reader, in one snapshot; writing through it fails. */
    public <T> T read(Function<Handle, T> callback) {
        return reader.inTransaction(callback::apply);
    }

    /** Answers whether a trivial query works; for health checks. */
    public boolean answers() {
        try {
            return read(h -> h.createQuery("SELECT 1").mapTo(Integer.class).one()) == 1;
        } catch (RuntimeException e) {
            return false;
        }
    }

    @Override
    public void close() {
        readerPool.close();
        writerPool.close();
    }

    /** Fails unless a guarded update changed exactly one row; for updates that nobody can have overtaken. */
    public static void expectOne(int rows, String what) {
        if (rows != 1) {
            throw new IllegalStateException(what + ": expected to change one row, changed " + rows);
        }
    }

    /** The number that SQLite gave to the row inserted last through this handle. */
    public static long lastId(Handle handle) {
        return handle.createQuery("SELECT last_insert_rowid()").mapTo(Long.class).one();
    }

    private static SQLiteDataSource writerSource(Path file) {
        SQLiteConfig config = common();
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        return source(file, config);
    }

    private static SQLiteDataSource readerSource(Path file) {
        SQLiteConfig config = common();
        config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
        return source(file, config);
    }

    /** A connection of its own to a file, for reading; the caller closes it. */
    static Connection reading(Path file) throws SQLException {
        return readerSource(file).getConnection();
    }

    private static SQLiteConfig common() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setBusyTimeout(5000);
        config.enforceForeignKeys(true);
        return config;
    }

    private static SQLiteDataSource source(Path file, SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    private static HikariDataSource pool(String name, int size, String initially, SQLiteDataSource source) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source);
        config.setConnectionInitSql(initially);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(size);
        config.setConnectionTimeout(30_000);
        return new HikariDataSource(config);
    }
}
