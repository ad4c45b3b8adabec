package dev.steward.playground.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What can be seen from outside once a step of a request was taken: a row, or a file. */
interface Trace {
    String REQUEST = "SELECT count(*) FROM request r JOIN run ON run.id = r.run WHERE r.subject = :name AND ";

    /** Whether the request of the service of that name has left it. */
    boolean left(Handle handle, String name, Path home);

    /** Rows of {@code request r} with its newest {@code run} for which this holds. */
    static Trace row(String condition) {
        return (handle, name, home) -> handle.createQuery(REQUEST + "(" + condition + ")").bind("name", name)
                .mapTo(Integer.class).one() > 0;
    }

    /** Some click that was stored and is not carried out yet. */
    static Trace click() {
        return row("EXISTS (SELECT 1 FROM job WHERE kind = 'slack.click')");
    }

    /** A message with a key like that, where {@code N} stands for the request. */
    static Trace message(String key) {
        return row("EXISTS (SELECT 1 FROM slack_message WHERE key LIKE replace('" + key + "', 'N', r.id))");
    }

    /** A file in the folder of one of the newest run's applies. */
    static Trace file(String file) {
        return (handle, name, home) -> {
            String prefix = handle.createQuery("SELECT 'RUN-' || run || '-apply-' FROM request WHERE subject = :name")
                    .bind("name", name).mapTo(String.class).findOne().orElse("none");
            return any(home.resolve("runs"), folder -> folder.getFileName().toString().startsWith(prefix)
                    && Files.exists(folder.resolve(file)));
        };
    }

    /** A module's data directory that is begun and not yet marked as whole. */
    static Trace preparing() {
        return (handle, name, home) -> any(home.resolve("runs/prepared"),
                folder -> Files.isDirectory(folder) && !Files.exists(folder.resolve("prepared")));
    }

    /** Either of the two. */
    default Trace or(Trace other) {
        return (handle, name, home) -> left(handle, name, home) || other.left(handle, name, home);
    }

    private static boolean any(Path folder, Predicate<Path> wanted) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.anyMatch(wanted);
        } catch (IOException e) {
            return false; // not there yet, or removed at this moment
        }
    }
}
