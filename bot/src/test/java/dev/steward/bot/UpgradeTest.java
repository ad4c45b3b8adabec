package dev.steward.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.database.DatabaseFile;
import dev.steward.database.DatabaseUnusable;
import dev.steward.database.OldSchema;
import dev.steward.ledger.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the schema of a home that an earlier or a later Steward left. */
class UpgradeTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T10:00:00Z"));

    @TempDir
    Path folder;
    private Home home;

    @BeforeEach
    void begin() {
        home = Home.create(folder.resolve("home"));
    }

    private void upToDate() {
        try (Stores stores = Stores.open(home, CLOCK)) {
            stores.database().writing(h -> stores.ledger().append(h, new Actor.Operator("ops"), "steward.init",
                    "steward", Map.of()));
        }
    }

    @Test
    void makesNoBackupOfANewHomeNorOfOneThatIsUpToDate() {
        upToDate();
        Stores.open(home, CLOCK).close();
        assertThat(home.backups()).doesNotExist();
    }

    @Test
    void makesABackupBeforeItChangesTheSchema() throws IOException {
        OldSchema.create(home.database(), 5);

        Stores.open(home, CLOCK).close();

        Path backup = onlyBackup();
        assertThat(backup.getFileName())
                .hasToString("steward-2026-11-20T10-00-00Z-before-schema-" + newest() + ".backup");
        assertThat(BackupManifest.read(backup).orElseThrow().schema()).isEqualTo(5);
        assertThat(columns(backup)).isZero();
        assertThat(columns(home.database())).isEqualTo(1);
    }

    @Test
    void leavesTheDatabaseAsItWasWhenTheChangeFailsAndSaysWhereTheBackupIs() throws IOException {
        OldSchema.create(home.database(), 5);
        DatabaseFile.change(home.database(), h -> h.execute("ALTER TABLE stack ADD COLUMN look_since INTEGER"));

        assertThatThrownBy(() -> Stores.open(home, CLOCK)).isInstanceOf(DatabaseUnusable.class)
                .hasMessageContaining("could not be brought from schema 5 to " + newest() + ", and was left as it was")
                .hasMessageContaining("The backup from before is " + home.backups());

        assertThat(schema()).isEqualTo(5);
        assertThat(DatabaseFile.problems(home.database())).isEmpty();
        assertThat(onlyBackup()).exists();
    }

    @Test
    void changesNothingWhenNoBackupCanBeMade() throws IOException {
        OldSchema.create(home.database(), 5);
        Files.writeString(home.backups(), "a file where the folder should be");

        assertThatThrownBy(() -> Stores.open(home, CLOCK)).isInstanceOf(DatabaseUnusable.class)
                .hasMessageContaining("could not be").hasMessageContaining("Nothing was changed");

        assertThat(schema()).isEqualTo(5);
    }

    @Test
    void refusesASchemaThatANewerStewardMade() {
        upToDate();
        DatabaseFile.change(home.database(), h -> h.execute("""
                INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by,
                    execution_time, success) VALUES (999, '999', 'later', 'SQL', 'V999__later.sql', '', 0, 1)"""));

        assertThatThrownBy(() -> Stores.open(home, CLOCK)).isInstanceOf(DatabaseUnusable.class)
                .hasMessageContaining("has schema 999, which a newer Steward made; this one knows up to")
                .hasMessageContaining("steward restore");
    }

    private int newest() {
        Home fresh = Home.create(folder.resolve("fresh"));
        Stores.open(fresh, CLOCK).close();
        return schema(fresh);
    }

    private int schema() {
        return schema(home);
    }

    private static int schema(Home home) {
        return DatabaseFile.read(home.database(),
                h -> h.createQuery("SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history")
                        .mapTo(Integer.class).one());
    }

    private static int columns(Path file) {
        return DatabaseFile.read(file,
                h -> h.createQuery("SELECT count(*) FROM pragma_table_info('stack') WHERE name = 'look_since'")
                        .mapTo(Integer.class).one());
    }

    private Path onlyBackup() throws IOException {
        try (Stream<Path> all = Files.list(home.backups())) {
            return all.toList().getFirst();
        }
    }
}
