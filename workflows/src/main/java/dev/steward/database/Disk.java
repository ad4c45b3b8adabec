package dev.steward.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The space that is left where a folder is.
 *
 * @param folder
 *            there already
 */
public record Disk(Path folder) {
    /** Work that writes files does not begin with less than this, in bytes. */
    public static final long LEAST = 16L << 20;
    /** Somebody should make room, in bytes. */
    public static final long LOW = 512L << 20;

    /** How many bytes can be written; nothing when that cannot be told. */
    public OptionalLong free() {
        try {
            return OptionalLong.of(Files.getFileStore(folder).getUsableSpace());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** Why work that writes files there cannot begin, for people; empty when it can. */
    public Optional<String> noRoom() {
        OptionalLong free = free();
        return free.isPresent() && free.getAsLong() < LEAST
                ? Optional.of("The disk of Steward is full. It goes on by itself as soon as the platform team has made"
                        + " room.")
                : Optional.empty();
    }

    /** What to warn of, for operators; empty when there is room enough. */
    public Optional<String> low() {
        OptionalLong free = free();
        return free.isPresent() && free.getAsLong() < LOW
                ? Optional.of("only " + (free.getAsLong() >> 20) + " MB are left in " + folder + ": make room")
                : Optional.empty();
    }
}
