package dev.steward.terraform;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A plan or an apply: a Terraform that runs in a session of its own and outlives the Steward that started it.
 *
 * <p>
 * All that is known of it is in its {@link RunFolder}, so the Steward that started it and one that was restarted meanwhile
 * see the same. Interrupting a thread that waits here does nothing to Terraform. Linux only.
 */
final class TerraformProcess {
    /** Names the run folder in the environment of Terraform and all that it starts, so that they can be found. */
    static final String MARK = "STEWARD_RUN";

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration ROUND = Duration.ofMillis(20);
    private static final int ROUNDS = 50;

    private final RunFolder folder;

    private TerraformProcess(RunFolder folder) {
        this.folder = folder;
    }

    /** What a request to cancel has done. */
    enum Cancellation {
        /** The one signal has been sent now. */
        SIGNALLED,
        /** It had been sent before, perhaps by an earlier Steward. A second would make Terraform drop its work. */
        ALREADY_SIGNALLED,
        /** There was nothing to signal. */
        NOT_RUNNING
    }

    /** The process of a folder, whoever started it. */
    static TerraformProcess attach(RunFolder folder) {
        return new TerraformProcess(folder);
    }

    /**
     * Starts a command in the folder's working copy and returns once its identity is on disk.
     *
     * @param environment
     *            the whole environment; {@value #MARK} is added
     * @throws IllegalStateException
     *             if something was started in this folder before: a folder serves one command once
     * @throws TerraformUnusable
     *             if the launcher cannot run
     */
    static TerraformProcess start(RunFolder folder, List<String> argv, Map<String, String> environment) {
        if (Files.exists(folder.process())) {
            throw new IllegalStateException("a process was started before in " + folder.path());
        }
        try {
            writeLauncher(folder);
            var command = new ArrayList<>(
                    List.of("setsid", "sh", folder.launcher().toString(), folder.path().toString()));
            command.addAll(argv);
            var builder = new ProcessBuilder(command).directory(folder.module().toFile())
                    .redirectInput(new File("/dev/null")).redirectErrorStream(true)
                    .redirectOutput(PrivateFiles.emptyFile(folder.launcherOutput()).toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            builder.environment().put(MARK, folder.path().toString());
            awaitIdentity(folder, launch(builder));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start Terraform in " + folder.path(), e);
        }
        return new TerraformProcess(folder);
    }

    private static Process launch(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            if (builder.directory().isDirectory()) {
                throw new TerraformUnusable("setsid was not found: install util-linux, which Terraform is started with",
                        e);
            }
            throw e;
        }
    }

    private static void writeLauncher(RunFolder folder) throws IOException {
        try (InputStream script = TerraformProcess.class.getResourceAsStream("launch.sh")) {
            if (script == null) {
                throw new IllegalStateException("launch.sh is missing from the class path");
            }
            PrivateFiles.write(folder.launcher(), script.readAllBytes());
        }
    }

    private static void awaitIdentity(RunFolder folder, Process launcher) throws IOException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        boolean interrupted = false;
        try {
            while (!Files.exists(folder.process()) && System.nanoTime() < deadline) {
                try {
                    if (launcher.waitFor(2, TimeUnit.MILLISECONDS)) {
                        break;
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (folder.forbid() instanceof Liveness.NeverStarted) {
            throw new TerraformUnusable("Terraform could not be launched in " + folder.path() + ": "
                    + Files.readString(folder.launcherOutput()).strip());
        }
    }

    /** What has become of it. */
    Liveness liveness() {
        return folder.liveness();
    }

    /**
     * Waits for the end.
     *
     * @param limit
     *            how long to wait at most; then the answer is {@link Liveness.Running}, and Terraform still runs
     * @param poll
     *            how often to look for output
     * @param onOutput
     *            called when there is more output, and once after the end
     * @throws InterruptedException
     *             if this thread was interrupted; Terraform runs on
     */
    Liveness awaitEnd(Duration limit, Duration poll, Runnable onOutput) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        CompletableFuture<?> end = folder.started().map(RunFolder.Started::wrapper)
                .filter(ProcessIdentity::alive).flatMap(wrapper -> ProcessHandle.of(wrapper.pid()))
                .<CompletableFuture<?>>map(ProcessHandle::onExit).orElseGet(CompletableFuture::new);
        long seen = 0;
        Liveness liveness = liveness();
        while (liveness instanceof Liveness.Running && System.nanoTime() < deadline) {
            pause(end, Math.min(poll.toNanos(), deadline - System.nanoTime()));
            long size = size(folder.output());
            if (size != seen) {
                seen = size;
                onOutput.run();
            }
            liveness = liveness();
        }
        if (!(liveness instanceof Liveness.Running)) {
            onOutput.run();
        }
        return liveness;
    }

    private static void pause(CompletableFuture<?> end, long nanos) throws InterruptedException {
        if (end.isDone()) {
            TimeUnit.NANOSECONDS.sleep(Math.min(nanos, ROUND.toNanos()));
            return;
        }
        try {
            end.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return;
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + file, e);
        }
    }

    /**
     * Asks Terraform to stop: SIGTERM, once, to Terraform's own process alone (a wrapper that forwards signals would
     * double one sent to the group). Terraform then ends its current operation and saves its state, which takes as long
     * as it takes.
     */
    Cancellation cancel() {
        if (!(liveness() instanceof Liveness.Running)) {
            return Cancellation.NOT_RUNNING;
        }
        try {
            Files.createFile(folder.cancelled());
        } catch (FileAlreadyExistsException e) {
            return Cancellation.ALREADY_SIGNALLED;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot note the cancellation in " + folder.path(), e);
        }
        boolean signalled = folder.started().map(RunFolder.Started::terraform).filter(ProcessIdentity::alive)
                .flatMap(t -> ProcessHandle.of(t.pid())).map(ProcessHandle::destroy).orElse(false);
        return signalled ? Cancellation.SIGNALLED : Cancellation.NOT_RUNNING;
    }

    /**
     * Kills Terraform and everything that it has started (SIGKILL). The last resort: state may be lost and the lock is
     * left. After an end it sweeps away descendants that stayed behind, and does nothing when there are none. The
     * wrapper is spared, so that it can write exit code 137.
     */
    void kill() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            List<Long> left = members();
            if (left.isEmpty()) {
                return;
            }
            left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            Thread.sleep(ROUND);
        }
        throw new IllegalStateException("processes of " + folder.path() + " cannot be killed: " + members());
    }

    private List<Long> members() {
        var started = folder.started();
        if (started.isEmpty() || !started.get().wrapper().boot().equals(ProcessIdentity.currentBoot())) {
            return List.of();
        }
        long wrapper = started.get().wrapper().pid();
        long since = started.get().wrapper().start();
        boolean ourSession = started.get().wrapper().alive();
        String mark = folder.path().toString();
        return ProcessIdentity.everything().stream()
                .filter(s -> !(ourSession && s.pid() == wrapper))
                .filter(s -> (ourSession && s.session() == wrapper)
                        || (s.start() >= since && ProcessIdentity.hasVariable(s.pid(), MARK, mark)))
                .map(ProcessIdentity.Stat::pid).toList();
    }
}
