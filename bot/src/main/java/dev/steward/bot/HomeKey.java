package dev.steward.bot;

import dev.steward.database.Database;
import dev.steward.database.DatabaseFile;
import dev.steward.database.Sealer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The key that a home's secrets are sealed with: 32 bytes, as base64 in {@code STEWARD_KEY} or in the home's
 * {@code key} file.
 *
 * <p>
 * The database holds the key's id and a value sealed with it. A key that is missing or another refuses: it is made by
 * {@code init} and at no other time, since a new one would make everything sealed so far unreadable.
 */
public final class HomeKey {
    private static final String CHECK = "steward";
    private static final String CHECK_CONTEXT = "installation:key";

    private HomeKey() {}

    /** What looking for the key came to. */
    public sealed interface Outcome {
        /** The key fits the database. */
        record Ready(Sealer sealer) implements Outcome {}

        /**
         * There is no key, or it does not fit.
         *
         * @param why
         *            what is wrong and what to do
         */
        record Refused(String why) implements Outcome {}
    }

    /** Finds the key and proves that it fits the database. */
    public static Outcome open(Home home, Optional<Secret> fromEnvironment, Database database) {
        Bound bound = database.read(Bound::read);
        Outcome found = find(home, fromEnvironment, bound);
        Outcome outcome = found instanceof Outcome.Ready ready
                ? fits(ready.sealer(), bound, home.database().toString(), source(home, fromEnvironment))
                : found;
        boolean almostExchanged = outcome instanceof Outcome.Refused && Files.exists(home.nextKey());
        if (bound.rotating() || almostExchanged) {
            return new Outcome.Refused("The key of " + home.folder() + " is being exchanged, and that was interrupted:"
                    + " what is sealed may need the old key or the new one. Finish it with: steward key rotate");
        }
        return outcome;
    }

    /**
     * What a database says of the key that it is sealed with.
     *
     * @param id
     *            names the key
     * @param check
     *            a value sealed with it
     * @param rotating
     *            whether another key is about to take its place
     */
    record Bound(Optional<String> id, Optional<String> check, boolean rotating) {
        static Bound read(Handle handle) {
            return new Bound(Installation.stored(handle, "key.id"), Installation.stored(handle, "key.check"),
                    Installation.stored(handle, "key.next.id").isPresent());
        }
    }

    /**
     * Takes the key of the environment or of the key file, or else makes a new one in the key file. For {@code init} of
     * a home whose database holds nothing sealed.
     */
    static Outcome findOrMake(Home home, Optional<Secret> fromEnvironment) {
        if (fromEnvironment.isEmpty() && !Files.exists(home.key())) {
            make(home.key());
        }
        return find(home, fromEnvironment, new Bound(Optional.empty(), Optional.empty(), false));
    }

    /** Notes in the database which key is its. */
    static void bind(Handle handle, Sealer sealer) {
        Installation.store(handle, "key.id", sealer.keyId());
        Installation.store(handle, "key.check", check(sealer));
    }

    /** The value by which the key is known again. */
    static String check(Sealer sealer) {
        return Base64.getEncoder().encodeToString(sealer.sealText(CHECK, CHECK_CONTEXT));
    }

    /** Where the key is looked for, in words. */
    static String source(Home home, Optional<Secret> fromEnvironment) {
        return fromEnvironment.isPresent() ? "STEWARD_KEY" : home.key().toString();
    }

    private static Outcome find(Home home, Optional<Secret> fromEnvironment, Bound bound) {
        if (fromEnvironment.isPresent()) {
            return read(fromEnvironment.get(), "STEWARD_KEY");
        }
        if (!Files.exists(home.key())) {
            return new Outcome.Refused("The encryption key is missing: there is no " + home.key() + " and STEWARD_KEY"
                    + " is not set. " + bound.id().map(id -> "It is the key with the id " + id + ". ").orElse("")
                    + "Put the key back from where you keep it, with mode 0600; without it, plans, states and secret"
                    + " inputs cannot be read by anybody. It is in no backup of the database.");
        }
        return readFile(home.key());
    }

    /** The key in a file that its owner alone may read. */
    static Outcome readFile(Path file) {
        try {
            var open = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            open.removeAll(EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
            if (!open.isEmpty()) {
                return new Outcome.Refused("Others may read the encryption key " + file + ". Close it with: chmod 600 "
                        + file);
            }
            return read(new Secret(Files.readString(file).strip()), file.toString());
        } catch (IOException e) {
            return new Outcome.Refused("The encryption key " + file + " cannot be read. Check that the file is there"
                    + " and belongs to the user that runs Steward.");
        }
    }

    /** The key that a text holds. */
    static Outcome read(Secret base64, String where) {
        try {
            return new Outcome.Ready(new Sealer(Base64.getDecoder().decode(base64.reveal())));
        } catch (IllegalArgumentException e) {
            return new Outcome.Refused("The encryption key in " + where
                    + " is not 32 bytes as base64. Put the key back from your backup; to make one for a new home: openssl"
                    + " rand -base64 32");
        }
    }

    /** Proves that the key is the one that a database was sealed with. */
    static Outcome fits(Sealer sealer, Bound bound, String database, String where) {
        if (bound.id().isEmpty() || bound.check().isEmpty()) {
            return new Outcome.Refused(
                    database + " was never bound to a key. Run: steward init --admin <your Slack user id>");
        }
        if (!bound.id().get().equals(sealer.keyId()) || !opens(sealer, bound.check().get())) {
            return new Outcome.Refused("The encryption key is another one: " + database + " was sealed with key "
                    + bound.id().get() + ", and this is key " + sealer.keyId() + ", from " + where
                    + ". Give the right key there. One that was exchanged lies beside the home's key as key."
                    + bound.id().get() + ".old, if it was not deleted since.");
        }
        return new Outcome.Ready(sealer);
    }

    private static boolean opens(Sealer sealer, String check) {
        try {
            return sealer.openText(Base64.getDecoder().decode(check), CHECK_CONTEXT).equals(CHECK);
        } catch (IllegalStateException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Writes a new key to a file; one that is there already stays. */
    static void make(Path file) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        write(file, new Secret(Base64.getEncoder().encodeToString(key)));
    }

    /**
     * Writes a key to a file, for its owner alone; one that is there already stays. The file appears whole, by a hard
     * link: half a key, left by a crash, would be refused for ever.
     */
    static void write(Path file, Secret base64) {
        try {
            Path made = Files.createTempFile(file.toAbsolutePath().getParent(), "key-", ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.write(made, (base64.reveal() + "\n").getBytes(StandardCharsets.US_ASCII),
                        StandardOpenOption.WRITE, StandardOpenOption.SYNC);
                Files.createLink(file, made);
            } finally {
                Files.delete(made);
            }
            DatabaseFile.sync(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        } catch (FileAlreadyExistsException e) {
            return; // another init was first: its key is taken
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the key file " + file, e);
        }
    }
}
