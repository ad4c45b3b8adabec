package dev.steward.terraform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one attempt, where one long call runs once: working copy, inputs, plan, output, and the files by which a
 * later Steward finds the process again. Private (0700) and disposable once the attempt has been recorded.
 */
record RunFolder(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);
    private static final String FORBIDDEN = "forbidden";
    private static final String STOPPED = "stopped";

    RunFolder {
        path = path.toAbsolutePath();
    }

    /** Makes the folder. */
    static RunFolder create(Path path) {
        try {
            return new RunFolder(PrivateFiles.folder(path.toAbsolutePath()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the run folder " + path, e);
        }
    }

    /** The working copy of the module, Terraform's working folder. */
    Path module() {
        return path.resolve("module");
    }

    /** The inputs. */
    Path varFile() {
        return path.resolve("inputs.tfvars.json");
    }

    /** The saved plan. */
    Path plan() {
        return path.resolve("plan");
    }

    /** Terraform's standard output, one JSON object per line. */
    Path output() {
        return path.resolve("output.jsonl");
    }

    /** Terraform's standard error. */
    Path errors() {
        return path.resolve("errors.txt");
    }

    /** The state that Terraform could not send, if it left one. */
    Path erroredState() {
        return module().resolve("errored.tfstate");
    }

    Path process() {
        return path.resolve("process");
    }

    Path exit() {
        return path.resolve("exit");
    }

    Path cancelled() {
        return path.resolve("cancelled");
    }

    /** Why Steward stopped what ran here, for people; empty when it did not. */
    Optional<String> stopReason() {
        return read(path.resolve(STOPPED)).filter(text -> !text.isBlank());
    }

    /** Notes why what runs here is stopped, for whoever judges its end. */
    void stoppedFor(String reason) {
        try {
            Files.writeString(path.resolve(STOPPED), reason, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            LOG.warn("cannot note in {} why it was stopped: {}", path, e.toString());
        }
    }

    Path launcher() {
        return path.resolve("launch.sh");
    }

    Path launcherOutput() {
        return path.resolve("launch.txt");
    }

    /** Whether a cancellation was asked for in this folder. */
    boolean cancelRequested() {
        return Files.exists(cancelled());
    }

    /** What has become of the process. */
    Liveness liveness() {
        Optional<Started> started = started();
        if (started.isEmpty()) {
            return new Liveness.NeverStarted();
        }
        Optional<Integer> before = exitCode();
        if (before.isPresent()) {
            return new Liveness.Ended(before.get());
        }
        if (started.get().terraform.alive() || started.get().wrapper.alive()) {
            return new Liveness.Running(started.get().terraform.pid());
        }
        return exitCode().<Liveness>map(Liveness.Ended::new).orElseGet(Liveness.Vanished::new);
    }

    /**
     * Makes sure that nothing starts in this folder any more, not even a launcher that is on its way; answers what has
     * become of a process that was faster.
     */
    Liveness forbid() {
        try {
            Files.writeString(process(), FORBIDDEN, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            return liveness();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the run folder " + path, e);
        }
        return new Liveness.NeverStarted();
    }

    /** Who was started here, if anybody. */
    Optional<Started> started() {
        return read(process()).filter(text -> !text.equals(FORBIDDEN)).map(Started::parse);
    }

    private Optional<Integer> exitCode() {
        return read(exit()).map(String::strip).filter(text -> text.matches("\\d{1,3}")).map(Integer::parseInt);
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /**
     * The processes of a run.
     *
     * @param wrapper
     *            leads the session, waits, and writes the exit code
     */
    record Started(ProcessIdentity terraform, ProcessIdentity wrapper) {
        private static final ProcessIdentity NOBODY = new ProcessIdentity(-1, -1, "");

        /** A file that cannot be read (a crash of the machine tore it) names nobody. */
        static Started parse(String text) {
            Map<String, String> pairs = ProcessIdentity.pairs(text);
            try {
                String boot = pairs.getOrDefault("boot", "");
                return new Started(
                        new ProcessIdentity(number(pairs, "pid"), number(pairs, "start"), boot),
                        new ProcessIdentity(number(pairs, "wrapper"), number(pairs, "wrapperStart"), boot));
            } catch (NumberFormatException e) {
                return new Started(NOBODY, NOBODY);
            }
        }

        private static long number(Map<String, String> pairs, String name) {
            return Long.parseLong(pairs.getOrDefault(name, ""));
        }
    }
}
