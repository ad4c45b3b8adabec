package dev.steward.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * New databases for tests. The migrations run once per process; each further file is a copy of what they made, which
 * production code then opens as it opens any database.
 */
public final class FreshDatabase {
    private FreshDatabase() {}

    /** Opens the file; where it is absent it is made first. */
    public static Database open(Path file) {
        provide(file);
        return Database.open(file);
    }

    /** Makes the file where it is absent, and leaves it closed. */
    public static void provide(Path file) {
        if (Files.notExists(file)) {
            try {
                Files.write(file, Template.BYTES);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A database as the migrations leave it. */
    private static final class Template {
        static final byte[] BYTES = make();

        private static byte[] make() {
            try {
                Path folder = Files.createTempDirectory("template");
                Path file = folder.resolve("steward.db");
                Database.open(file).close();
                byte[] bytes = Files.readAllBytes(file);
                Files.delete(file);
                Files.delete(folder);
                return bytes;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
