package dev.steward.playground.stage;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Puts temporary folders away, with the read-only copies of modules that a home holds. */
public final class Folders {
    private Folders() {}

    /**
     * Copies the folder with all below it, and with the permissions.
     *
     * @param to
     *            must not exist, or be an empty folder
     */
    public static void copy(Path from, Path to) throws IOException {
        List<Path> paths;
        try (Stream<Path> all = Files.walk(from)) {
            paths = all.sorted().toList();
        }
        for (Path path : paths) {
            Path target = to.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path)) {
                Files.createDirectories(target);
            } else {
                Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        for (Path path : paths.reversed()) {
            Files.setPosixFilePermissions(to.resolve(from.relativize(path).toString()),
                    Files.getPosixFilePermissions(path));
        }
    }

    /** Deletes the folder with all below it; if that does not work, says where it is. */
    public static void delete(Path folder, PrintStream out) {
        try {
            delete(folder);
        } catch (IOException e) {
            out.println("A temporary folder could not be removed: " + folder);
        }
    }

    /** Deletes the folder with all below it. */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> paths = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : paths.reversed()) {
                path.toFile().setWritable(true);
            }
            for (Path path : paths) {
                Files.deleteIfExists(path);
            }
        }
    }
}
