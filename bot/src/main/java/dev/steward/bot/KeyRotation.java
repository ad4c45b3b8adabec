package dev.steward.bot;

import dev.steward.database.Database;
import dev.steward.database.DatabaseFile;
import dev.steward.database.SealedColumn;
import dev.steward.database.Sealer;
import dev.steward.ledger.Actor;
import dev.steward.requests.Requests;
import dev.steward.terraform.RunTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Exchanges the key of a home that nobody serves from, and seals everything anew.
 *
 * <p>
 * It may be killed at any point: both keys are on the disk (or with whoever gave them) until everything is sealed with
 * the new one, the database says which two they are, and nobody serves until a second run has finished what the first
 * began.
 */
public final class KeyRotation {
    private static final String NEXT_ID = "key.next.id";

    private final Home home;
    private final InstantSource clock;
    private final Actor actor;
    private final Runnable progress;

    /**
     * An exchange on behalf of the actor.
     *
     * @param progress
     *            called after each step
     */
    public KeyRotation(Home home, InstantSource clock, Actor actor, Runnable progress) {
        this.home = home;
        this.clock = clock;
        this.actor = actor;
        this.progress = progress;
    }

    /** What came of it. */
    public sealed interface Outcome {
        /**
         * Everything is sealed with the new key.
         *
         * @param values
         *            how many were sealed anew by this run
         * @param old
         *            where the old key lies, when it was in a file
         */
        record Rotated(String from, String to, long values, Optional<Path> old) implements Outcome {}

        /**
         * Nothing was changed.
         *
         * @param why
         *            what is wrong and what to do
         */
        record Refused(String why) implements Outcome {}
    }

    /**
     * Exchanges the key, or finishes an exchange that was interrupted.
     *
     * @param current
     *            the key of the environment, when it is not in the home's file
     * @param next
     *            the new key, when it does not come to be in the home's file
     */
    public Outcome rotate(Optional<Secret> current, Optional<Secret> next) {
        if (current.isPresent() && next.isEmpty()) {
            return new Outcome.Refused("The key comes from STEWARD_KEY. Put a new one (openssl rand -base64 32) into"
                    + " another variable and name that: steward key rotate --new-key-env NAME. Afterwards it takes the"
                    + " place of STEWARD_KEY.");
        }
        return switch (HomeLock.take(home, clock)) {
            case HomeLock.Outcome.Held held -> new Outcome.Refused("A Steward works in " + home.folder() + ": "
                    + held.holder() + ". Stop it first: nobody may seal with the old key meanwhile.");
            case HomeLock.Outcome.Taken taken -> {
                try (HomeLock _ = taken.lock(); Stores stores = Stores.open(home, clock)) {
                    yield rotate(stores, current, next);
                }
            }
        };
    }

    private Outcome rotate(Stores stores, Optional<Secret> current, Optional<Secret> next) {
        HomeKey.Bound bound = stores.database().read(HomeKey.Bound::read);
        HomeKey.Outcome fresh = next.map(key -> HomeKey.read(key, "the variable of --new-key-env"))
                .orElseGet(() -> Files.exists(home.nextKey()) ? HomeKey.readFile(home.nextKey()) : none());
        if (fresh instanceof HomeKey.Outcome.Ready ready && bound.id().equals(Optional.of(ready.sealer().keyId()))) {
            return put(ready.sealer(), bound, next.isPresent());
        }
        HomeKey.Outcome old = current.map(key -> HomeKey.read(key, "STEWARD_KEY"))
                .orElseGet(() -> HomeKey.readFile(home.key()));
        HomeKey.Outcome fits = old instanceof HomeKey.Outcome.Ready ready
                ? HomeKey.fits(ready.sealer(), bound, home.database().toString(), HomeKey.source(home, current))
                : old;
        return switch (fits) {
            case HomeKey.Outcome.Refused refused -> new Outcome.Refused(refused.why());
            case HomeKey.Outcome.Ready from -> rotate(stores, from.sealer(), bound, next, fresh);
        };
    }

    private static HomeKey.Outcome none() {
        return new HomeKey.Outcome.Refused("There is no new key.");
    }

    private Outcome rotate(Stores stores, Sealer from, HomeKey.Bound bound, Optional<Secret> next,
            HomeKey.Outcome found) {
        if (found instanceof HomeKey.Outcome.Refused refused && (next.isPresent() || Files.exists(home.nextKey()))) {
            return new Outcome.Refused(refused.why());
        }
        if (found instanceof HomeKey.Outcome.Refused && bound.rotating()) {
            return new Outcome.Refused(
                    "An exchange of the key was interrupted, and its new key is not here: neither in "
                            + home.nextKey()
                            + " nor named by --new-key-env. Give that key; part of what is sealed needs it.");
        }
        if (found instanceof HomeKey.Outcome.Refused) {
            HomeKey.make(home.nextKey());
            progress.run();
        }
        HomeKey.Outcome fresh = found instanceof HomeKey.Outcome.Ready ? found : HomeKey.readFile(home.nextKey());
        Sealer to = ((HomeKey.Outcome.Ready) fresh).sealer();
        Optional<String> wanted = stores.database().read(h -> Installation.stored(h, NEXT_ID));
        if (wanted.isPresent() && !wanted.get().equals(to.keyId())) {
            return new Outcome.Refused("An exchange of the key was interrupted that was to end with key " + wanted.get()
                    + ", and this new key is " + to.keyId() + ". Give the one that it was begun with.");
        }
        return reseal(stores, from, to, next.isPresent());
    }

    private Outcome reseal(Stores stores, Sealer from, Sealer to, boolean given) {
        Database database = stores.database();
        Map<String, String> facts = Map.of("from", from.keyId(), "to", to.keyId());
        database.writing(h -> {
            if (Installation.stored(h, NEXT_ID).isEmpty()) {
                Installation.store(h, NEXT_ID, to.keyId());
                stores.ledger().append(h, actor, "key.rotate_begin", "steward", facts);
            }
        });
        progress.run();
        long values = 0;
        for (SealedColumn column : columns()) {
            values += column.reseal(database, from, to, progress);
        }
        values += resealKept(from, to);
        long all = values;
        database.writing(h -> end(h, stores, to, Map.of("from", from.keyId(), "to", to.keyId(), "values", all)));
        progress.run();
        Optional<Path> old = exchangeFiles(to, given);
        return new Outcome.Rotated(from.keyId(), to.keyId(), values, old);
    }

    /** Every column that holds something sealed. */
    static List<SealedColumn> columns() {
        return Stream.concat(RunTables.SEALED.stream(), Requests.SEALED.stream()).toList();
    }

    private void end(Handle handle, Stores stores, Sealer to, Map<String, ?> facts) {
        HomeKey.bind(handle, to);
        Installation.forget(handle, NEXT_ID);
        stores.ledger().append(handle, actor, "key.rotate", "steward", facts);
    }

    /** Only the files are left to be put in their places. */
    private Outcome put(Sealer to, HomeKey.Bound bound, boolean given) {
        Optional<Path> old = exchangeFiles(to, given);
        return new Outcome.Rotated(old.map(p -> p.getFileName().toString()).orElse("the old key"),
                bound.id().orElseThrow(), 0, old);
    }

    /** The old key goes aside, the new one into its place; each by one rename. */
    private Optional<Path> exchangeFiles(Sealer to, boolean given) {
        try {
            Optional<Path> old = Optional.empty();
            if (Files.exists(home.key())
                    && HomeKey.readFile(home.key()) instanceof HomeKey.Outcome.Ready(Sealer there)
                    && !there.keyId().equals(to.keyId())) {
                old = Optional.of(home.oldKey(there.keyId()));
                Files.move(home.key(), old.get(), StandardCopyOption.ATOMIC_MOVE);
                progress.run();
            }
            if (!given && Files.exists(home.nextKey())) {
                Files.move(home.nextKey(), home.key(), StandardCopyOption.ATOMIC_MOVE);
            }
            DatabaseFile.sync(home.folder());
            return old;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot put the key files of " + home.folder() + " in their places", e);
        }
    }

    private long resealKept(Sealer from, Sealer to) {
        if (!Files.isDirectory(home.kept())) {
            return 0;
        }
        try (Stream<Path> all = Files.list(home.kept())) {
            long values = 0;
            for (Path file : all.filter(f -> f.toString().endsWith(".sealed")).toList()) {
                values += resealKept(file, from, to) ? 1 : 0;
                progress.run();
            }
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot seal the kept states anew", e);
        }
    }

    private static boolean resealKept(Path file, Sealer from, Sealer to) throws IOException {
        String context = RunTables.keptContext(file.getFileName().toString());
        byte[] sealed = Files.readAllBytes(file);
        if (to.opens(sealed, context)) {
            return false;
        }
        Path part = file.resolveSibling(file.getFileName() + Backup.UNFINISHED);
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(part, to.seal(from.open(sealed, context), context), StandardOpenOption.WRITE);
        DatabaseFile.sync(part);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }
}
