package dev.steward.playground.limits;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real, small file system that can be filled to its last byte. It is mounted where it is wanted; where mounting is not
 * allowed, it is a folder on {@code /dev/shm}, which containers keep small.
 */
final class SmallDisk implements AutoCloseable {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final long LARGEST = 1L << 30;

    private final Path folder;
    private final Path filler;
    private final boolean mounted;

    /** A disk of that many megabytes, seen at the path. */
    SmallDisk(Path at, int megabytes) {
        try {
            Files.createDirectories(at.getParent());
            mounted = mount(at, megabytes);
            folder = mounted ? at : Files.createTempDirectory(SHARED_MEMORY, "steward-");
            if (!mounted) {
                requireSmall();
                Files.deleteIfExists(at);
                Files.createSymbolicLink(at, folder);
            }
            filler = folder.resolve("filler");
        } catch (IOException e) {
            throw new UncheckedIOException("no small disk at " + at, e);
        }
    }

    private static boolean mount(Path at, int megabytes) throws IOException {
        Files.createDirectories(at);
        return run("mount", "-t", "tmpfs", "-o", "mode=700,size=" + megabytes + "m", "steward-test", at.toString());
    }

    private static void requireSmall() throws IOException {
        if (Files.getFileStore(SHARED_MEMORY).getTotalSpace() > LARGEST) {
            throw new IllegalStateException("this test needs a small disk: run it where it may mount a tmpfs (as root),"
                    + " or where /dev/shm has at most 1 GB");
        }
    }

    /** Uses up every byte that is left. */
    void fill() {
        byte[] block = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            fillTheRest();
        }
    }

    private void fillTheRest() {
        try (OutputStream out = Files.newOutputStream(folder.resolve("filler-2"))) {
            while (true) {
                out.write(0);
            }
        } catch (IOException full) {
            return;
        }
    }

    /** Gives the room back. */
    void empty() {
        try {
            Files.deleteIfExists(filler);
            Files.deleteIfExists(folder.resolve("filler-2"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets nothing be written any more, or again. */
    void readOnly(boolean on) {
        if (!mounted || !run("mount", "-o", "remount," + (on ? "ro" : "rw"), folder.toString())) {
            throw new IllegalStateException("this test makes a disk read-only: run it where it may mount a tmpfs");
        }
    }

    @Override
    public void close() {
        empty();
        if (mounted) {
            run("umount", "-l", folder.toString());
        }
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
