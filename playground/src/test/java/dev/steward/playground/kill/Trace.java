package dev.steward.playground.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What can be seen from outside once a step of a request was taken: a row, or a file. */
interface Trace {
    String REQUEST = "SELECT count(*) FROM request r JOIN run ON run.id = r.run WHERE r.subject = :name AND ";

    /** Whether the request of the service of that name has left it. */
    boolean left(Eye eye, String name, Path home);

    /** Rows of {@code request r} with its newest {@code run} for which this holds. */
    static Trace row(String condition) {
        return (eye, name, home) -> !eye.answer(REQUEST + "(" + condition + ")", name).equals("0");
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
        return (eye, name, home) -> {
            String prefix = eye.answer("SELECT 'RUN-' || run || '-apply-' FROM request WHERE subject = :name", name);
            return !prefix.isEmpty() && any(home.resolve("runs"), folder -> folder.getFileName().toString()
                    .startsWith(prefix) && Files.exists(folder.resolve(file)));
        };
    }

    /** A module's data directory that is begun and not yet marked as whole. */
    static Trace preparing() {
        return (eye, name, home) -> any(home.resolve("runs/prepared"),
                folder -> Files.isDirectory(folder) && !Files.exists(folder.resolve("prepared")));
    }

    /** Either of the two. */
    default Trace or(Trace other) {
        return (eye, name, home) -> left(eye, name, home) || other.left(eye, name, home);
    }

    private static boolean any(Path folder, Predicate<Path> wanted) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.anyMatch(wanted);
        } catch (IOException e) {
            return false; // not there yet, or removed at this moment
        }
    }
}
