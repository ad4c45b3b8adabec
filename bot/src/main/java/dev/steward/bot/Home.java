package dev.steward.bot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * The folder in which one installation lives: its database, its key, its run folders. Only its owner may enter it.
 *
 * @param folder
 *            absolute
 */
public record Home(Path folder) {

    /** Creates what is missing of the home and closes it to everybody else; what is there stays. */
    public static Home create(Path folder) {
        Home home = new Home(folder.toAbsolutePath().normalize());
        try {
            Files.createDirectories(home.folder);
            Files.setPosixFilePermissions(home.folder, PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(home.runs());
            Files.createDirectories(home.modules());
            Files.createDirectories(home.logs());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the home folder " + home.folder, e);
        }
        return home;
    }

    /** Why nothing can be written to the folder, with what to do; empty when it can, or when there is no folder yet. */
    public Optional<String> unwritable() {
        for (Path place : List.of(folder, runs(), modules())) {
            if (Files.isDirectory(place)) {
                try {
                    Files.delete(Files.createTempFile(place, "write", ".try"));
                } catch (IOException | SecurityException e) {
                    return Optional
                            .of("Nothing can be written to " + place + " (" + reason(e) + "). Make it writable for"
                                    + " the account that Steward runs under, or name another home in STEWARD_HOME.");
                }
            }
        }
        return Optional.empty();
    }

    private static String reason(Exception failure) {
        if (failure instanceof FileSystemException known && known.getReason() != null) {
            return known.getReason();
        }
        return failure instanceof AccessDeniedException ? "not allowed" : failure.getClass().getSimpleName();
    }

    /** Whether {@code init} was here: without a database there is nothing to open. */
    public boolean isInitialised() {
        return Files.exists(database());
    }

    /** The SQLite file. */
    public Path database() {
        return folder.resolve("steward.db");
    }

    /** The file of the encryption key, as base64; absent when the key comes from the environment. */
    public Path key() {
        return folder.resolve("key");
    }

    /** The key that is about to take the place of the other one. */
    Path nextKey() {
        return folder.resolve("key.next");
    }

    /** A key that was exchanged; backups from before still need it. */
    Path oldKey(String id) {
        return folder.resolve("key." + id + ".old");
    }

    /** A folder for each attempt at a Terraform run. */
    public Path runs() {
        return folder.resolve("runs");
    }

    /** Copies of the accepted modules, by digest. */
    public Path modules() {
        return folder.resolve("modules");
    }

    /** What Terraform printed, kept after a run. */
    public Path logs() {
        return folder.resolve("logs");
    }

    /** Terraform's own settings file; the one of the user that runs Steward is not read. */
    public Path terraformSettings() {
        return folder.resolve("terraform.rc");
    }

    /** States that Terraform left behind and that fitted nowhere, sealed: each may be the only record of what was made. */
    public Path kept() {
        return folder.resolve("kept");
    }

    /** Backups that Steward makes by itself. */
    public Path backups() {
        return folder.resolve("backups");
    }

    Path lock() {
        return folder.resolve("lock");
    }
}
