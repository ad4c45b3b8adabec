package dev.steward.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A database as a file: copied while others write to it, and looked at for damage.
 *
 * <p>
 * The copy is made by {@code VACUUM INTO}, in one read transaction: writers in WAL mode do not wait for it. The online
 * backup API is not used: its steps begin anew with each commit of another connection, and never end under load.
 *
 * @see <a href="https://www.sqlite.org/lang_vacuum.html#vacuuminto">SQLite: VACUUM INTO</a>
 */
public final class DatabaseFile {
    private static final int MOST_PROBLEMS = 20;

    private DatabaseFile() {}

    /** How many bytes the database's pages take now, which is the most that a copy can take. */
    public static long bytes(Path file) throws SQLException {
        try (Connection connection = Database.reading(file)) {
            return number(connection, "PRAGMA page_count") * number(connection, "PRAGMA page_size");
        }
    }

    /**
     * Writes a copy of the database, as of one moment, into a new file that its owner alone can read. It is on the disk
     * when this returns; what was deleted in the original is not in it.
     *
     * @throws IOException
     *             if the file is there already, or cannot be written; what was begun is left for the caller to remove
     */
    public static void copy(Path file, Path target) throws IOException, SQLException {
        Files.createFile(target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (Connection connection = Database.reading(file);
                PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
            copy.setString(1, target.toAbsolutePath().toString());
            copy.execute();
        }
        sync(target);
    }

    /** Sees to it that a file or a folder is on the disk. */
    public static void sync(Path path) throws IOException {
        StandardOpenOption mode = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }

    /** What is wrong with the file by SQLite's own check of everything in it; empty when nothing is. */
    public static List<String> problems(Path file) {
        try {
            List<String> found = read(file, h -> h.createQuery("PRAGMA integrity_check(" + MOST_PROBLEMS + ")")
                    .mapTo(String.class).list());
            return found.equals(List.of("ok")) ? List.of() : found;
        } catch (JdbiException e) {
            return List.of(String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        }
    }

    /** Looks into a file that nobody writes to, without leaving a trace beside it. */
    public static <T> T read(Path file, Function<Handle, T> query) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return Jdbi.create(source(file, config)).withHandle(query::apply);
    }

    /** Changes a file that nobody else has open, in one transaction. */
    public static void change(Path file, Consumer<Handle> change) {
        SQLiteConfig config = new SQLiteConfig();
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        Jdbi.create(source(file, config)).useTransaction(change::accept);
    }

    private static SQLiteDataSource source(Path file, SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
