package dev.steward.terraform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where and with what a short call runs.
 *
 * @param workingFolder
 *            the folder with the configuration
 * @param outputFolder
 *            receives {@code <subcommand>.out} and {@code .err}; made with mode 0700 when missing
 * @param dataFolder
 *            {@code TF_DATA_DIR}; absent: {@code .terraform} in the working folder
 * @param backend
 *            for calls that touch state
 * @param credentials
 *            environment variables that the module's profile names
 * @param limit
 *            wall clock
 */
public record Call(Path workingFolder, Path outputFolder, Optional<Path> dataFolder,
        Optional<BackendEnvironment> backend, Map<String, String> credentials, Duration limit) {
    /** Enough for any call that only looks at local files. */
    public static final Duration USUAL_LIMIT = Duration.ofMinutes(2);

    public Call {
        credentials = Map.copyOf(credentials);
    }

    /** A call without backend, credentials or data folder, of at most two minutes. */
    public static Call in(Path workingFolder, Path outputFolder) {
        return new Call(workingFolder, outputFolder, Optional.empty(), Optional.empty(), Map.of(), USUAL_LIMIT);
    }

    /** The same with a data folder. */
    public Call withDataFolder(Path folder) {
        return new Call(workingFolder, outputFolder, Optional.of(folder), backend, credentials, limit);
    }

    /** The same with a backend. */
    public Call withBackend(BackendEnvironment environment) {
        return new Call(workingFolder, outputFolder, dataFolder, Optional.of(environment), credentials, limit);
    }

    /** The same with another limit. */
    public Call withLimit(Duration wallClock) {
        return new Call(workingFolder, outputFolder, dataFolder, backend, credentials, wallClock);
    }

    /** Without credentials. */
    @Override
    public String toString() {
        return "Call[in " + workingFolder + ", output to " + outputFolder + "]";
    }
}
