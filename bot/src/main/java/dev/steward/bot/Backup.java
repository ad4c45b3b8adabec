package dev.steward.bot;

import dev.steward.database.DatabaseFile;
import dev.steward.ledger.Entry;
import dev.steward.ledger.Ledger;
import dev.steward.ledger.Verification;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Makes backups of a home, also while another process serves from it.
 *
 * <p>
 * A backup is one file: a copy of the database as of one moment, with the kept left-over states and a
 * {@link BackupManifest} in tables of their own. It is written under a temporary name, verified, put on the disk and
 * renamed; whatever has a backup's name is whole. The key is not in it.
 */
public final class Backup {
    /** How the names of backups end. */
    static final String SUFFIX = ".backup";
    static final String UNFINISHED = ".partial";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Home home;
    private final InstantSource clock;

    /** Backups of the home given. */
    public Backup(Home home, InstantSource clock) {
        this.home = home;
        this.clock = clock;
    }

    /** What came of the wish for a backup. */
    public sealed interface Outcome {
        /**
         * It is written and verified.
         *
         * @param kept
         *            how many left-over states are in it
         */
        record Written(Path file, BackupManifest manifest, long bytes, int kept) implements Outcome {}

        /**
         * There is none, and nothing was left behind.
         *
         * @param why
         *            what is wrong and what to do
         */
        record Refused(String why) implements Outcome {}
    }

    /** Something that the person can put right keeps the backup from being made. */
    private static final class Obstacle extends Exception {
        private static final long serialVersionUID = 1L;

        Obstacle(String why) {
            super(why);
        }
    }

    /** Writes a backup to a file that is not there yet, or under a name of its own into a folder that is. */
    public Outcome write(Path target) {
        return Files.isDirectory(target) ? writeTo(target, "") : writeFile(target);
    }

    /** Writes a backup under a name of its own into the home's folder of backups. */
    public Outcome write() {
        return writeTo(home.backups(), "");
    }

    /** Writes a backup under a name of its own into the folder, which is made if it is missing. */
    Outcome writeTo(Path folder, String mark) {
        try {
            Files.createDirectories(folder,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            return new Outcome.Refused("The folder " + folder + " cannot be made: " + words(e) + ".");
        }
        return writeFile(folder.resolve("steward-" + TIME.format(clock.instant()) + mark + SUFFIX));
    }

    private Outcome writeFile(Path file) {
        Path part = file.resolveSibling(file.getFileName() + UNFINISHED);
        try {
            check(file);
            Files.deleteIfExists(part);
            return write(file, part);
        } catch (Obstacle e) {
            remove(part);
            return new Outcome.Refused(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            remove(part);
            return new Outcome.Refused("The backup cannot be written to " + file + ": " + words(e) + ".");
        } catch (SQLException | JdbiException e) {
            remove(part);
            return new Outcome.Refused("The backup cannot be written to " + file + ": " + words(e) + ".");
        }
    }

    private Outcome write(Path file, Path part) throws IOException, SQLException, Obstacle {
        Instant now = clock.instant();
        DatabaseFile.copy(home.database(), part);
        BackupManifest manifest = DatabaseFile.read(part, h -> describe(h, now));
        List<Path> kept = kept();
        DatabaseFile.change(part, h -> {
            manifest.store(h);
            KeptStates.store(h, kept);
        });
        verify(part, manifest);
        DatabaseFile.sync(part);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        DatabaseFile.sync(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        return new Outcome.Written(file, manifest, Files.size(file), kept.size());
    }

    private void check(Path file) throws Obstacle, IOException, SQLException {
        if (!home.isInitialised()) {
            throw new Obstacle("There is no Steward in " + home.folder() + ": name its home in STEWARD_HOME.");
        }
        if (DatabaseFile.read(home.database(), HomeKey.Bound::read).rotating()) {
            throw new Obstacle("The key of " + home.folder() + " is being exchanged, and a backup of that moment would"
                    + " need two keys. Finish it first with: steward key rotate");
        }
        if (Files.exists(file)) {
            throw new Obstacle(file + " is there already and was left as it is: name another file, or a folder.");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new Obstacle("There is no folder " + folder + ": make it, or name another.");
        }
        if (!Files.isWritable(folder)) {
            throw new Obstacle("This user may not write into " + folder + ": name another folder.");
        }
        Optional<String> tight = space(needed(), Files.getFileStore(folder).getUsableSpace());
        if (tight.isPresent()) {
            throw new Obstacle("There is no room for the backup in " + folder + ": " + tight.get());
        }
    }

    private long needed() throws IOException, SQLException {
        long kept = 0;
        for (Path each : kept()) {
            kept += Files.size(each);
        }
        return DatabaseFile.bytes(home.database()) + kept;
    }

    /** What is wrong with the room that there is; a tenth more than the least is asked for. */
    static Optional<String> space(long needed, long there) {
        long wanted = needed + needed / 10 + 1_000_000;
        return there >= wanted
                ? Optional.empty()
                : Optional.of("it needs %d MB, and %d MB are free. Make room, or name another place with --to."
                        .formatted(wanted / 1_000_000, there / 1_000_000));
    }

    private List<Path> kept() throws IOException {
        if (!Files.isDirectory(home.kept())) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(home.kept())) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private BackupManifest describe(Handle handle, Instant now) {
        int schema = handle.createQuery("SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history WHERE success")
                .mapTo(Integer.class).one();
        return new BackupManifest(Version.text(), schema, now, new Ledger(clock).head(handle),
                Installation.stored(handle, "key.id").orElse("none"));
    }

    /** A backup that cannot be trusted is worse than none: it is looked at as a restoration would. */
    private static void verify(Path part, BackupManifest manifest) throws Obstacle {
        List<String> problems = DatabaseFile.problems(part);
        if (!problems.isEmpty()) {
            throw new Obstacle("The copy is damaged, and was thrown away: " + problems.getFirst()
                    + ". If it happens again, the database itself is: stop Steward and restore the last good backup.");
        }
        Optional<String> broken = DatabaseFile.read(part, h -> broken(h, manifest.head()));
        if (broken.isPresent()) {
            throw new Obstacle("The copy's ledger does not hold: " + broken.get() + " Look at it with: steward ledger"
                    + " verify. No backup was kept.");
        }
    }

    /** What is wrong with the ledger, which must end where the manifest says. */
    static Optional<String> broken(Handle handle, Entry.Head head) {
        return switch (new Ledger(InstantSource.system()).verify(handle, Optional.of(head))) {
            case Verification.Intact intact when intact.head().equals(head) -> Optional.empty();
            case Verification.Intact intact ->
                Optional.of("it goes on to entry " + intact.head().seq() + " after its head.");
            case Verification.Broken wrong -> Optional.of("entry " + wrong.seq() + " " + wrong.why() + ".");
        };
    }

    private static void remove(Path part) {
        try {
            for (String more : List.of("", "-journal", "-wal", "-shm")) {
                Files.deleteIfExists(part.resolveSibling(part.getFileName() + more));
            }
        } catch (IOException e) {
            // It has an unfinished name, and the daily purge removes it.
        }
    }

    static String words(Exception failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "this user may not write there";
            case FileSystemException file when file.getReason() != null -> file.getReason();
            case SQLException sql when String.valueOf(sql.getMessage()).contains("SQLITE_FULL") ->
                "there is no room left on that disk";
            case JdbiException jdbi when jdbi.getCause() instanceof SQLException sql -> words(sql);
            default -> String.valueOf(failure.getMessage());
        };
    }
}
