package dev.steward.bot;

import dev.steward.database.DatabaseFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The kept left-over states of a home, on their way through a backup. They stay sealed. */
final class KeptStates {
    private KeptStates() {}

    /** Puts the files into a table of the copy. */
    static void store(Handle handle, List<Path> files) {
        handle.execute("CREATE TABLE backup_kept (name TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT");
        for (Path file : files) {
            try {
                handle.execute("INSERT INTO backup_kept (name, body) VALUES (?, ?)", file.getFileName().toString(),
                        Files.readAllBytes(file));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the kept state " + file, e);
            }
        }
    }

    /** Writes them out into a folder again; answers how many they were. */
    static int writeOut(Handle handle, Path folder) {
        List<String> names = handle.createQuery("SELECT name FROM backup_kept ORDER BY name").mapTo(String.class)
                .list();
        names.forEach(name -> writeOut(folder, name, handle.createQuery("SELECT body FROM backup_kept WHERE name = :n")
                .bind("n", name).mapTo(byte[].class).one()));
        return names.size();
    }

    private static void writeOut(Path folder, String name, byte[] body) {
        try {
            Files.createDirectories(folder,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path file = folder.resolve(Path.of(name).getFileName());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, body, StandardOpenOption.WRITE);
            DatabaseFile.sync(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the kept state " + name, e);
        }
    }
}
