package dev.steward.playground.emulator.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workspace in one JSON file: read once, and written a moment after each change and at the end, always whole. A file
 * that cannot be used is set aside, and the workspace begins anew.
 */
public final class WorkspaceFile implements AutoCloseable {
    private static final long VERSION = 2;
    private static final long PAUSE_MILLIS = 300;
    private static final Logger LOG = LoggerFactory.getLogger(WorkspaceFile.class);

    private final Workspace workspace;
    private final VirtualClock clock;
    private final Path file;
    private final AtomicBoolean due = new AtomicBoolean();
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("slack-workspace-file").unstarted(task));

    private volatile Future<?> next = CompletableFuture.completedFuture(null);

    private WorkspaceFile(Workspace workspace, VirtualClock clock, Path file) {
        this.workspace = workspace;
        this.clock = clock;
        this.file = file;
    }

    /**
     * What came of the file when it was opened.
     *
     * @param setAside why it could not be used, and where it is now
     */
    public record Opened(WorkspaceFile file, Optional<String> setAside) {}

    /** Puts into the workspace what the file has, and keeps it there from now on. */
    public static Opened open(Workspace workspace, VirtualClock clock, Path file) throws IOException {
        WorkspaceFile opened = new WorkspaceFile(workspace, clock, file);
        Optional<String> trouble = opened.load();
        workspace.watch(changes -> opened.changed());
        opened.changed();
        return new Opened(opened, trouble);
    }

    private Optional<String> load() throws IOException {
        if (!Files.exists(file)) {
            workspace.skipIds(clock.instant());
            return Optional.empty();
        }
        try {
            ObjectNode saved = Json.parseObject(Files.readString(file));
            long version = Saved.number(saved, "version");
            if (version != VERSION) {
                throw new IllegalArgumentException("it has version " + version + ", and this playground knows "
                        + VERSION);
            }
            Duration advanced = Duration.ofMillis(Saved.number(saved, "advanced_ms"));
            workspace.load(saved);
            clock.advance(advanced);
            return Optional.empty();
        } catch (IOException | RuntimeException unusable) {
            Path aside = aside();
            Files.move(file, aside);
            workspace.skipIds(clock.instant());
            return Optional.of(file + " cannot be used (" + brief(unusable) + "); it is now " + aside
                    + ", and the workspace begins anew.");
        }
    }

    private Path aside() {
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> file.resolveSibling(file.getFileName() + ".set-aside-" + number))
                .filter(Files::notExists).findFirst().orElseThrow();
    }

    private static String brief(Exception unusable) {
        String why = String.valueOf(unusable.getMessage()).lines().findFirst().orElse("");
        return why.length() > 120 ? why.substring(0, 120) + " ..." : why;
    }

    /** Inside the workspace's lock. */
    private void changed() {
        if (due.compareAndSet(false, true)) {
            try {
                next = writer.schedule(this::saveDue, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closed) {
                LOG.debug("a change after the end", closed);
            }
        }
    }

    private void saveDue() {
        due.set(false);
        try {
            save();
        } catch (IOException e) {
            LOG.error("{} cannot be written; the next change tries again", file, e);
        } catch (RuntimeException e) {
            LOG.error("the workspace cannot be saved", e);
        }
    }

    private void save() throws IOException {
        ObjectNode saved = workspace.atomically(() -> workspace.saved().put("version", VERSION)
                .put("advanced_ms", clock.advanced().toMillis()));
        Path written = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(saved.toString());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Saves what is not saved yet. */
    @Override
    public void close() {
        next.cancel(false);
        writer.shutdown();
        try {
            if (!writer.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("{} is still being written", file);
            }
            save();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }
}
