package dev.steward.bot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bot.BackupManifest;
import dev.steward.bot.Home;
import dev.steward.bot.HomeLock;
import dev.steward.database.DatabaseFile;
import dev.steward.database.FreshDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T10:00:00Z"));

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Home home;
    private Path file;

    @BeforeEach
    void begin() {
        home = Home.create(folder.resolve("home"));
        FreshDatabase.provide(home.database());
        file = folder.resolve("a.backup");
        environment.put("HOME", folder.toString());
        environment.put("STEWARD_HOME", home.folder().toString());
        assertThat(run("init", "--admin", "U0ADMIN", "--team", "T0ACME")).as(err.toString()).isZero();
    }

    @Test
    void writesOneVerifiedFileThatSaysWhatItIs() throws IOException {
        assertThat(run("backup", "--to", file.toString())).as(err.toString()).isZero();

        BackupManifest manifest = BackupManifest.read(file).orElseThrow();
        assertThat(out.toString()).contains("The backup is " + file, "was verified", "The key is NOT in it",
                "whose id is " + manifest.keyId(), "Ledger: " + manifest.head().seq() + ":" + manifest.head().hash());
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(manifest.takenAt()).isEqualTo(CLOCK.instant());
        assertThat(manifest.schema()).isGreaterThanOrEqualTo(6);
        assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                .as("the key is not in it").doesNotContain(Files.readString(home.key()).strip());
        assertThat(names(folder)).as("nothing unfinished is left").containsExactlyInAnyOrder("a.backup", "home");
        run("ledger", "show", "steward");
        assertThat(out.toString()).contains("steward.backup");
    }

    @Test
    void namesBackupsByTheirTimeInAFolderAndInTheHome() {
        assertThat(run("backup", "--to", folder.toString())).isZero();
        assertThat(folder.resolve("steward-2026-11-20T10-00-00Z.backup")).exists();
        assertThat(run("backup")).isZero();
        assertThat(home.backups().resolve("steward-2026-11-20T10-00-00Z.backup")).exists();
    }

    @Test
    void writesItWhileAStewardServes() throws IOException {
        try (HomeLock _ = ((HomeLock.Outcome.Taken) HomeLock.take(home, CLOCK)).lock()) {
            assertThat(run("backup", "--to", file.toString())).as(err.toString()).isZero();
        }
        assertThat(file).exists();
    }

    @Test
    void refusesATargetThatIsThereAndLeavesItAsItIs() throws IOException {
        Files.writeString(file, "mine");

        assertThat(run("backup", "--to", file.toString())).isEqualTo(1);

        assertThat(err.toString()).contains(file + " is there already and was left as it is");
        assertThat(file).hasContent("mine");
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        assertThat(run("backup", "--to", folder.resolve("no/such.backup").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("There is no folder " + folder.resolve("no"));
    }

    @Test
    void refusesWithoutAHome() {
        environment.put("STEWARD_HOME", folder.resolve("elsewhere").toString());
        assertThat(run("backup", "--to", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("There is no Steward in " + folder.resolve("elsewhere"));
    }

    @Test
    void restoresIntoANewHomeWithItsKeyAndItsLeftOverStates() throws IOException {
        Files.createDirectories(home.kept());
        Files.writeString(home.kept().resolve("RUN-1-apply-2.tfstate.sealed"), "sealed");
        assertThat(run("backup", "--to", file.toString())).isZero();
        assertThat(out.toString()).contains("Left-over states in it: 1.");
        Home restored = new Home(folder.resolve("new"));

        assertThat(restore(restored)).as(err.toString()).isZero();

        assertThat(out.toString()).contains("Restored into " + restored.folder(), "as of 2026-11-20T10:00:00Z",
                "Left-over states: 1", "STEWARD_HOME=" + restored.folder() + " steward serve");
        assertThat(restored.key()).hasSameTextualContentAs(home.key());
        assertThat(Files.getPosixFilePermissions(restored.key())).isEqualTo(
                PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(restored.database())).isEqualTo(
                PosixFilePermissions.fromString("rw-------"));
        assertThat(restored.kept().resolve("RUN-1-apply-2.tfstate.sealed")).hasContent("sealed");
        environment.put("STEWARD_HOME", restored.folder().toString());
        assertThat(run("ledger", "verify")).as(err.toString()).isZero();
        assertThat(run("backup", "--to", folder.resolve("b.backup").toString())).as(err.toString()).isZero();
        run("ledger", "show", "steward");
        assertThat(out.toString()).contains("steward.restore", "restore.settle");
    }

    @Test
    void restoresWithTheKeyOfTheEnvironmentAndWritesNoKeyFile() throws IOException {
        assertThat(run("backup", "--to", file.toString())).isZero();
        environment.put("STEWARD_KEY", Files.readString(home.key()).strip());
        Home restored = new Home(folder.resolve("new"));

        assertThat(run("restore", file.toString(), "--home", restored.folder().toString())).as(err.toString())
                .isZero();

        assertThat(restored.key()).doesNotExist();
    }

    @Test
    void refusesAnotherKeyAndNamesBothAndWritesNothing() throws IOException {
        assertThat(run("backup", "--to", file.toString())).isZero();
        Path other = Files.writeString(folder.resolve("other"), Base64.getEncoder().encodeToString(new byte[32]));
        Home restored = new Home(folder.resolve("new"));

        assertThat(run("restore", file.toString(), "--home", restored.folder().toString(), "--key-file",
                other.toString())).isEqualTo(1);

        assertThat(err.toString()).contains("was sealed with key " + BackupManifest.read(file).orElseThrow().keyId(),
                "this is key", "A backup holds no key");
        assertThat(restored.folder()).doesNotExist();
    }

    @Test
    void refusesToRestoreWithoutAKey() {
        assertThat(run("backup", "--to", file.toString())).isZero();
        assertThat(run("restore", file.toString(), "--home", folder.resolve("new").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("encryption key", "A backup holds no key");
    }

    @Test
    void refusesAHomeThatIsNotEmpty() throws IOException {
        assertThat(run("backup", "--to", file.toString())).isZero();
        assertThat(restore(home)).isEqualTo(1);
        assertThat(err.toString()).contains(home.folder() + " is the home of a Steward, and was left as it is");
        Home other = new Home(folder.resolve("other"));
        Files.createDirectories(other.folder());
        Files.writeString(other.folder().resolve("letter.txt"), "mine");
        assertThat(restore(other)).isEqualTo(1);
        assertThat(err.toString()).contains("letter.txt is in it");
        assertThat(other.database()).doesNotExist();
    }

    @Test
    void beginsAgainWhereARestorationWasInterrupted() throws IOException {
        assertThat(run("backup", "--to", file.toString())).isZero();
        Home restored = new Home(folder.resolve("new"));
        Files.createDirectories(restored.folder());
        Files.writeString(restored.folder().resolve("steward.db.restoring"), "half of it");
        Files.writeString(restored.folder().resolve("lock"), "");

        assertThat(restore(restored)).as(err.toString()).isZero();

        assertThat(names(restored.folder())).contains("steward.db").doesNotContain("steward.db.restoring");
    }

    @Test
    void refusesADamagedBackup() throws IOException {
        assertThat(run("backup", "--to", file.toString())).isZero();
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            for (long at = bytes.length() / 2; at < bytes.length(); at += 64) {
                bytes.seek(at);
                bytes.write(0xA5);
            }
        }
        assertThat(restore(new Home(folder.resolve("new")))).isEqualTo(1);
        assertThat(err.toString()).contains(file.toString(), "damaged");
        assertThat(folder.resolve("new/steward.db")).doesNotExist();
    }

    @Test
    void refusesABackupWhoseLedgerWasChanged() {
        assertThat(run("backup", "--to", file.toString())).isZero();
        DatabaseFile.change(file, h -> {
            h.execute("DROP TRIGGER ledger_refuses_update");
            h.execute("UPDATE ledger SET actor = 'somebody' WHERE seq = 2");
        });
        assertThat(restore(new Home(folder.resolve("new")))).isEqualTo(1);
        assertThat(err.toString()).contains("entry 2 was altered");
    }

    @Test
    void refusesWhatIsNoBackupAndSaysHowToUseABareCopy() {
        assertThat(run("restore", home.database().toString(), "--home", folder.resolve("new").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("is not a backup that Steward made", "steward backup");
        assertThat(run("restore", folder.resolve("none").toString(), "--home", folder.resolve("new").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("There is no " + folder.resolve("none"));
    }

    private int restore(Home to) {
        return run("restore", file.toString(), "--home", to.folder().toString(), "--key-file", home.key().toString());
    }

    private static java.util.List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(p -> p.getFileName().toString()).toList();
        }
    }

    private int run(String... arguments) {
        return new Cli(environment, folder, CLOCK, new Console(new PrintWriter(out), new PrintWriter(err)))
                .run(arguments);
    }
}
