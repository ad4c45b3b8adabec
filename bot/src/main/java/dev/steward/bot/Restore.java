package dev.steward.bot;

import dev.steward.approvals.Approvals;
import dev.steward.bot.slack.SlackAdapter;
import dev.steward.database.Database;
import dev.steward.database.DatabaseFile;
import dev.steward.database.Sealer;
import dev.steward.jobs.Jobs;
import dev.steward.ledger.Actor;
import dev.steward.oncall.OnCall;
import dev.steward.oncall.OnCallParts;
import dev.steward.outbox.Outbox;
import dev.steward.requests.RequestParts;
import dev.steward.requests.Restoration;
import dev.steward.stacks.Leases;
import dev.steward.stacks.Stacks;
import dev.steward.terraform.RunTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Makes a home out of a backup. The database gets its name only when everything is done: until then the folder holds no
 * Steward, and restoring can be begun again.
 */
public final class Restore {
    private static final String UNFINISHED = "steward.db.restoring";
    /** What may be in the folder: nothing of a Steward's, what an interrupted restoration left, the key. */
    private static final Set<String> HARMLESS = Set.of("lock", "key", "kept", "lost+found", UNFINISHED,
            UNFINISHED + "-journal", UNFINISHED + "-wal", UNFINISHED + "-shm");

    private final InstantSource clock;
    private final Actor actor;

    /** Restores on behalf of the actor. */
    public Restore(InstantSource clock, Actor actor) {
        this.clock = clock;
        this.actor = actor;
    }

    /** What came of restoring. */
    public sealed interface Outcome {
        /**
         * The home is there, and nobody serves from it yet.
         *
         * @param kept
         *            how many left-over states came with it
         */
        record Restored(BackupManifest manifest, Restoration.Settled settled, int kept) implements Outcome {}

        /**
         * Nothing was restored.
         *
         * @param why
         *            what is wrong and what to do
         */
        record Refused(String why) implements Outcome {}
    }

    /**
     * Restores the backup into a home that holds nothing yet.
     *
     * @param key
     *            the key as base64, when it is not in the home already
     * @param keep
     *            whether the key is to be written into the home
     */
    public Outcome restore(Path backup, Home home, Optional<Secret> key, boolean keep) {
        Optional<BackupManifest> manifest = BackupManifest.read(backup);
        Optional<String> obstacle = manifest.isEmpty() ? Optional.of(noBackup(backup)) : occupied(home);
        if (obstacle.isPresent()) {
            return new Outcome.Refused(obstacle.get());
        }
        HomeKey.Outcome found = key.map(k -> HomeKey.read(k, "--key-file or STEWARD_KEY"))
                .orElseGet(() -> HomeKey.readFile(home.key()));
        HomeKey.Outcome fits = found instanceof HomeKey.Outcome.Ready ready
                ? HomeKey.fits(ready.sealer(), DatabaseFile.read(backup, HomeKey.Bound::read), backup.toString(),
                        key.isPresent() ? "--key-file or STEWARD_KEY" : home.key().toString())
                : found;
        return switch (fits) {
            case HomeKey.Outcome.Refused refused -> new Outcome.Refused(refused.why()
                    + " A backup holds no key: give the one that was kept apart from it.");
            case HomeKey.Outcome.Ready ready -> locked(backup, home, new Found(manifest.get(), ready.sealer(),
                    key.filter(k -> keep && !Files.exists(home.key()))));
        };
    }

    /**
     * What was found out before anything is written.
     *
     * @param key
     *            to be written into the home
     */
    private record Found(BackupManifest manifest, Sealer sealer, Optional<Secret> key) {}

    private static String noBackup(Path file) {
        return !Files.isReadable(file)
                ? "There is no " + file + " that can be read."
                : file + " is not a backup that Steward made, or it is damaged. If it is a copy of a home's steward.db,"
                        + " put it alone into a folder under that name, and make a backup of it first:"
                        + " STEWARD_HOME=<that folder> steward backup";
    }

    /** Why the folder cannot become a home. */
    private static Optional<String> occupied(Home home) {
        if (!Files.exists(home.folder())) {
            return Optional.empty();
        }
        if (!Files.isDirectory(home.folder())) {
            return Optional.of(home.folder() + " is not a folder.");
        }
        try (Stream<Path> all = Files.list(home.folder())) {
            List<String> others = all.map(p -> p.getFileName().toString()).filter(name -> !HARMLESS.contains(name))
                    .sorted().toList();
            return others.isEmpty()
                    ? Optional.empty()
                    : Optional.of(home.folder()
                            + (home.isInitialised()
                                    ? " is the home of a Steward"
                                    : " is not empty ("
                                            + others.getFirst() + " is in it)")
                            + ", and was left as it is: restore into a new, empty folder.");
        } catch (IOException e) {
            return Optional.of(home.folder() + " cannot be read: " + Backup.words(e) + ".");
        }
    }

    private Outcome locked(Path backup, Home home, Found found) {
        try {
            Files.createDirectories(home.folder(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            return new Outcome.Refused("The home " + home.folder() + " cannot be made: " + Backup.words(e) + ".");
        }
        return switch (HomeLock.take(home, clock)) {
            case HomeLock.Outcome.Held held ->
                new Outcome.Refused("A Steward works in " + home.folder() + ": " + held.holder() + ".");
            case HomeLock.Outcome.Taken taken -> {
                try (HomeLock _ = taken.lock()) {
                    yield copied(backup, home, found);
                } catch (IOException e) {
                    yield new Outcome.Refused(
                            "The backup cannot be restored into " + home.folder() + ": " + Backup.words(e) + ".");
                }
            }
        };
    }

    private Outcome copied(Path backup, Home home, Found found) throws IOException {
        Path file = home.folder().resolve(UNFINISHED);
        for (String more : List.of("", "-journal", "-wal", "-shm")) {
            Files.deleteIfExists(home.folder().resolve(UNFINISHED + more));
        }
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.copy(backup, file, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        List<String> problems = DatabaseFile.problems(file);
        Optional<String> broken = problems.isEmpty()
                ? DatabaseFile.read(file, h -> Backup.broken(h, found.manifest().head()))
                : Optional.of(problems.getFirst() + ".");
        if (broken.isPresent()) {
            Files.delete(file);
            return new Outcome.Refused(backup + " is damaged, and nothing was restored from it: " + broken.get()
                    + " Take an earlier backup.");
        }
        return settled(file, home, found);
    }

    private Outcome settled(Path file, Home home, Found found) throws IOException {
        int kept = DatabaseFile.read(file, h -> KeptStates.writeOut(h, home.kept()));
        DatabaseFile.change(file, h -> {
            h.execute("DROP TABLE backup_manifest");
            h.execute("DROP TABLE backup_kept");
        });
        Restoration.Settled settled;
        try (Database database = Database.open(file)) {
            settled = database.write(h -> settle(h, Stores.over(database, clock), found));
        }
        found.key().ifPresent(key -> HomeKey.write(home.key(), key));
        DatabaseFile.sync(file);
        Files.move(file, home.database(), StandardCopyOption.ATOMIC_MOVE);
        DatabaseFile.sync(home.folder());
        Home.create(home.folder());
        return new Outcome.Restored(found.manifest(), settled, kept);
    }

    private Restoration.Settled settle(Handle handle, Stores stores, Found found) {
        BackupManifest manifest = found.manifest();
        stores.ledger().append(handle, actor, "steward.restore", "steward",
                Map.of("taken_at", manifest.takenAt().toEpochMilli(), "ledger_seq", manifest.head().seq(),
                        "ledger_hash", manifest.head().hash(), "key", manifest.keyId(), "schema", manifest.schema()));
        RunTables runs = new RunTables(stores.ledger(), found.sealer(), clock, hostName());
        var store = new RequestParts.Store(stores.database(), found.sealer(), stores.ledger(), new Jobs(clock),
                new Outbox(clock), runs, new Stacks(clock), new Leases(stores.ledger(), clock), clock);
        new OnCall(new OnCallParts(
                new OnCallParts.Store(stores.database(), stores.ledger(), store.jobs(), store.outbox(), clock),
                new OnCallParts.Catalog(stores.people(), stores.teams()),
                new OnCallParts.Rules(Map.of(), "", false))).settle(handle);
        return new Restoration(store,
                new RequestParts.Catalog(stores.people(), stores.teams(), stores.entities()),
                new Approvals(stores.people(), stores.teams(), stores.ledger(), clock))
                .settle(handle, actor, manifest.takenAt(), SlackAdapter.CLICK_JOB);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            throw new UncheckedIOException("this machine's own name cannot be looked up", e);
        }
    }
}
