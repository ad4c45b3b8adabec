package dev.steward.playground.live;

import dev.steward.playground.stage.Folders;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder of one playground, held by one process at a time. A folder that is something else is never touched. */
final class Premises implements AutoCloseable {
    private static final String SIGN = "steward-playground";
    private static final String READY = "ready";
    private static final String WORKSPACE = "slack.json";
    private static final String CLOCK = "clock";

    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;

    private Premises(Path folder, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.channel = channel;
        this.lock = lock;
    }

    /** Takes the folder; throws {@link Refused} when it belongs to somebody else. */
    static Premises take(Path folder) throws IOException, Refused {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new Refused(folder + " is a file. Give a folder with --home.");
        }
        if (Files.isDirectory(folder) && !Files.exists(folder.resolve(SIGN)) && !empty(folder)) {
            throw new Refused(folder + " has something in it, and is no playground's home. "
                    + "Give an empty or a new folder with --home.");
        }
        Files.createDirectories(folder);
        FileChannel channel = FileChannel.open(folder.resolve(SIGN), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            throw new Refused("A playground runs in " + folder + " already. Open its page, stop it, or give another "
                    + "folder with --home and another port with --port.");
        }
        return new Premises(folder, channel, lock);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static boolean empty(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.findAny().isEmpty();
        }
    }

    /** Removes everything but the sign. */
    void clear() throws IOException {
        clear(one -> true);
    }

    /** Removes what belongs to the bot; the workspace, which is open, stays, and so does the clock, which never goes back. */
    void clearBot() throws IOException {
        clear(one -> !String.valueOf(one.getFileName()).startsWith(WORKSPACE) && !one.equals(clockFile()));
    }

    private void clear(Predicate<Path> which) throws IOException {
        List<Path> all;
        try (Stream<Path> inside = Files.list(folder)) {
            all = inside.filter(one -> !one.endsWith(SIGN)).filter(which).toList();
        }
        for (Path one : all) {
            Folders.delete(one);
        }
    }

    /** Whether an earlier process got as far as a bot that can be started. */
    boolean ready() {
        return Files.exists(folder.resolve(READY));
    }

    void nowReady() throws IOException {
        Files.writeString(folder.resolve(READY), "");
    }

    Path clockFile() {
        return folder.resolve(CLOCK);
    }

    Path workspaceFile() {
        return folder.resolve(WORKSPACE);
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
