package dev.steward.bot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to serve from a home, which one process has at a time.
 *
 * <p>
 * It is a lock of the operating system on the home's {@code lock} file, so that a killed process leaves none behind; the
 * file's text says who holds it. Commands of an operator do not take it: they write in transactions of their own.
 */
public final class HomeLock implements AutoCloseable {
    // POSIX drops a process's locks on a file when any channel of that process on it is closed: never open it twice.
    private static final Map<Path, String> HELD_HERE = new ConcurrentHashMap<>();

    private final Path file;
    private final FileChannel channel;

    private HomeLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** What became of the wish to serve. */
    public sealed interface Outcome {
        /** It is ours until it is closed. */
        record Taken(HomeLock lock) implements Outcome {}

        /**
         * Another process has it.
         *
         * @param holder
         *            which: process id, host and since when
         */
        record Held(String holder) implements Outcome {}
    }

    /** Takes the lock, or says who holds it. */
    public static Outcome take(Home home, InstantSource clock) {
        Path file = home.lock();
        String holder = "process " + ProcessHandle.current().pid() + " on " + host() + " since "
                + clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String here = HELD_HERE.putIfAbsent(file, holder);
        if (here != null) {
            return new Outcome.Held(here);
        }
        try {
            Outcome outcome = take(file, holder);
            if (outcome instanceof Outcome.Held) {
                HELD_HERE.remove(file);
            }
            return outcome;
        } catch (IOException e) {
            HELD_HERE.remove(file);
            throw new UncheckedIOException("cannot lock " + file, e);
        }
    }

    /** Whether this very process holds it. */
    static boolean heldHere(Home home) {
        return HELD_HERE.containsKey(home.lock());
    }

    private static Outcome take(Path file, String holder) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            String text = Files.readString(file).strip();
            return new Outcome.Held(text.isEmpty() ? "a process that is just starting" : text);
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((holder + "\n").getBytes(StandardCharsets.UTF_8)));
        channel.force(true);
        return new Outcome.Taken(new HomeLock(file, channel));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release " + file, e);
        } finally {
            HELD_HERE.remove(file);
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "this host";
        }
    }
}
