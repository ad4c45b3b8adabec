package dev.steward.database;

import java.nio.file.Path;
import org.flywaydb.core.Flyway;

/** Databases as an earlier Steward left them. */
public final class OldSchema {
    private OldSchema() {}

    /** Makes the file, with the schema of that number. */
    public static void create(Path file, int version) {
        Flyway.configure().dataSource("jdbc:sqlite:" + file.toAbsolutePath(), null, null)
                .locations("classpath:migrations").sqlMigrationPrefix("V").target(Integer.toString(version)).load()
                .migrate();
    }
}
