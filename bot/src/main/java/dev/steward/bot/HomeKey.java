package dev.steward.bot;

import dev.steward.database.Database;
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
        Outcome found = find(home, fromEnvironment);
        return found instanceof Outcome.Ready ready ? fits(ready.sealer(), home, database) : found;
    }

    /**
     * Takes the key of the environment or of the key file, or else makes a new one in the key file. For {@code init} of
     * a home whose database holds nothing sealed.
     */
    static Outcome findOrMake(Home home, Optional<Secret> fromEnvironment) {
        if (fromEnvironment.isEmpty() && !Files.exists(home.key())) {
            make(home.key());
        }
        return find(home, fromEnvironment);
    }

    /** Notes in the database which key is its. */
    static void bind(Handle handle, Sealer sealer) {
        Installation.store(handle, "key.id", sealer.keyId());
        Installation.store(handle, "key.check",
                Base64.getEncoder().encodeToString(sealer.sealText(CHECK, CHECK_CONTEXT)));
    }

    private static Outcome find(Home home, Optional<Secret> fromEnvironment) {
        if (fromEnvironment.isPresent()) {
            return read(fromEnvironment.get(), "STEWARD_KEY");
        }
        Path file = home.key();
        try {
            if (!Files.exists(file)) {
                return new Outcome.Refused("The encryption key is missing: there is no " + file + " and STEWARD_KEY is"
                        + " not set. Put the key back from your backup; without it, plans and state cannot be read.");
            }
            var open = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            open.removeAll(EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
            if (!open.isEmpty()) {
                return new Outcome.Refused("Others may read the encryption key " + file + ". Close it with: chmod 600 "
                        + file);
            }
            return read(new Secret(Files.readString(file).strip()), file.toString());
        } catch (IOException e) {
            return new Outcome.Refused("The encryption key " + file
                    + " cannot be read. Check that the file belongs to the user that runs Steward.");
        }
    }

    private static Outcome read(Secret base64, String where) {
        try {
            return new Outcome.Ready(new Sealer(Base64.getDecoder().decode(base64.reveal())));
        } catch (IllegalArgumentException e) {
            return new Outcome.Refused("The encryption key in " + where
                    + " is not 32 bytes as base64. Put the key back from your backup; to make one for a new home: openssl"
                    + " rand -base64 32");
        }
    }

    private static Outcome fits(Sealer sealer, Home home, Database database) {
        Optional<String> id = database.read(h -> Installation.stored(h, "key.id"));
        Optional<String> check = database.read(h -> Installation.stored(h, "key.check"));
        if (id.isEmpty() || check.isEmpty()) {
            return new Outcome.Refused(
                    home.database() + " was never bound to a key. Run: steward init --admin <your Slack"
                            + " user id>");
        }
        if (!id.get().equals(sealer.keyId()) || !opens(sealer, check.get())) {
            return new Outcome.Refused("The encryption key is another one: " + home.database() + " was sealed with key "
                    + id.get() + ", and this is key " + sealer.keyId()
                    + ". Put the right key into " + home.key() + " or STEWARD_KEY.");
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

    /** The file appears whole, by a hard link: half a key, left by a crash, would be refused for ever. */
    private static void make(Path file) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        try {
            Path made = Files.createTempFile(file.toAbsolutePath().getParent(), "key-", ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.write(made, (Base64.getEncoder().encodeToString(key) + "\n").getBytes(StandardCharsets.US_ASCII),
                        StandardOpenOption.WRITE, StandardOpenOption.SYNC);
                Files.createLink(file, made);
            } finally {
                Files.delete(made);
            }
        } catch (FileAlreadyExistsException e) {
            return; // another init was first: its key is taken
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the key file " + file, e);
        }
    }
}
