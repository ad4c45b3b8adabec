package dev.steward.playground.emulator;

import dev.steward.playground.emulator.workspace.VirtualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * By how much the clock was turned, for the bot to read.
 *
 * @param file
 *            replaced whole at each change, so that nobody reads half of it
 */
record ClockFile(Path file, VirtualClock clock) {
    synchronized void write() {
        try {
            Path whole = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(whole, clock.advanced().toMillis() + "\n");
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the clock cannot be turned: " + file, e);
        }
    }
}
