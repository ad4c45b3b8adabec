package dev.steward.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The Terraform binary, for calls of seconds: {@code version}, {@code init}, {@code validate}, {@code fmt},
 * {@code test}, {@code show}. Plans and applies outlive this process and go through {@link TerraformProcess}.
 *
 * <p>
 * Output goes to files, never to a pipe: a pipe that closes kills Terraform. Thread-safe.
 */
public final class TerraformCli {
    private static final int VERSION_BYTES = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Path binary;
    private final Path cliConfig;
    private final EnvironmentPolicy policy;

    /**
     * A command line over the binary given; nothing runs yet.
     *
     * @param cliConfig
     *            Terraform's own settings file; written with Steward's defaults when it is not there
     */
    public TerraformCli(Path binary, Path cliConfig, EnvironmentPolicy policy) {
        this.binary = binary;
        this.cliConfig = cliConfig.toAbsolutePath();
        this.policy = policy;
        writeConfig();
    }

    /** The binary. */
    public Path binary() {
        return binary;
    }

    /**
     * Asks the binary for its version.
     *
     * @param outputFolder
     *            for the output files, and the folder to run in
     * @throws TerraformUnusable
     *             if there is no binary, it cannot be executed, or it is too old
     */
    public TerraformVersion version(Path outputFolder) throws InterruptedException {
        Finished finished = run(new VersionCommand(), Call.in(outputFolder, outputFolder));
        TerraformVersion version = parseVersion(finished);
        if (version.compareTo(TerraformVersion.OLDEST) < 0) {
            throw new TerraformUnusable(
                    "Terraform at " + binary + " is " + version
                            + ": install Terraform >= 1.11 or set STEWARD_TERRAFORM");
        }
        return version;
    }

    private TerraformVersion parseVersion(Finished finished) {
        try {
            JsonNode answer = Json.tree(finished.outputText(VERSION_BYTES));
            return TerraformVersion.parse(answer.path("terraform_version").asText());
        } catch (IllegalArgumentException e) {
            throw new TerraformUnusable(
                    binary + " does not answer like Terraform: install Terraform >= 1.11 or set STEWARD_TERRAFORM", e);
        }
    }

    /**
     * Runs a command to its end.
     *
     * @throws TerraformUnusable
     *             if the binary is missing or cannot be executed
     * @throws TerraformTimedOut
     *             if the limit has passed; the process and its children are gone then
     * @throws InterruptedException
     *             if this thread was interrupted; the process and its children are gone then
     */
    public Finished run(Command command, Call call) throws InterruptedException {
        requireBinary();
        try {
            PrivateFiles.folder(call.outputFolder());
            Path output = PrivateFiles.emptyFile(call.outputFolder().resolve(command.name() + ".out"));
            Path errors = PrivateFiles.emptyFile(call.outputFolder().resolve(command.name() + ".err"));
            var builder = new ProcessBuilder(argv(command)).directory(call.workingFolder().toFile())
                    .redirectInput(new File("/dev/null")).redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment(call.dataFolder(), call.credentials(), call.backend()));
            return finish(command, call, start(builder), output, errors);
        } catch (IOException e) {
            throw new UncheckedIOException("terraform " + command.name() + " could not run", e);
        }
    }

    /** The whole command line. */
    List<String> argv(Command command) {
        var argv = new ArrayList<String>();
        argv.add(binary.toString());
        argv.addAll(command.arguments());
        return List.copyOf(argv);
    }

    /** The whole environment, by the policy. */
    Map<String, String> environment(Optional<Path> dataFolder, Map<String, String> credentials,
            Optional<BackendEnvironment> backend) {
        return policy.environment(cliConfig, dataFolder.map(Path::toAbsolutePath), credentials, backend);
    }

    void requireBinary() {
        if (!Files.isRegularFile(binary)) {
            throw new TerraformUnusable("Terraform was not found at " + binary
                    + ": install Terraform >= 1.11 or set STEWARD_TERRAFORM");
        }
        if (!Files.isExecutable(binary)) {
            throw new TerraformUnusable("Terraform at " + binary
                    + " cannot be executed: make it executable, or set STEWARD_TERRAFORM to one that is");
        }
    }

    private Process start(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            if (builder.directory().isDirectory()) {
                throw new TerraformUnusable("Terraform at " + binary
                        + " cannot be executed: install Terraform >= 1.11 or set STEWARD_TERRAFORM", e);
            }
            throw e;
        }
    }

    private static Finished finish(Command command, Call call, Process process, Path output, Path errors)
            throws InterruptedException {
        try {
            if (!process.waitFor(call.limit().toNanos(), TimeUnit.NANOSECONDS)) {
                stop(process);
                throw new TerraformTimedOut(command, call.limit());
            }
        } catch (InterruptedException e) {
            stop(process);
            throw e;
        }
        return new Finished(process.exitValue(), output, errors);
    }

    private static void stop(Process process) {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.toHandle().destroy();
        boolean interrupted = Thread.interrupted();
        try {
            if (!process.waitFor(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                process.toHandle().destroyForcibly();
            }
        } catch (InterruptedException e) {
            interrupted = true;
            process.toHandle().destroyForcibly();
        } finally {
            descendants.forEach(ProcessHandle::destroyForcibly);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void writeConfig() {
        if (Files.exists(cliConfig)) {
            return;
        }
        try {
            PrivateFiles.write(cliConfig, "disable_checkpoint = true\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write Terraform's settings to " + cliConfig, e);
        }
    }
}
