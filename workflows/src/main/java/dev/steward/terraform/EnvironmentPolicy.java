package dev.steward.terraform;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decides what Terraform sees of the environment: an allow-list. Of Steward's own environment only {@code PATH} and
 * {@code HOME} pass; an inherited {@code TF_CLI_ARGS_plan=-destroy} would turn a plan into a destroy, an inherited
 * {@code TF_LOG} would write secrets to a log.
 *
 * @param inherited
 *            Steward's own environment
 * @param memoryLimit
 *            Go's soft memory limit per process, for example {@code 512MiB}; it stands in for the garbage collection
 *            that is switched off, since a short process is faster without
 */
public record EnvironmentPolicy(Map<String, String> inherited, String memoryLimit) {
    private static final List<String> PASSING = List.of("PATH", "HOME");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern RESERVED = Pattern
            .compile("PATH|HOME|GOGC|GOMEMLIMIT|GODEBUG|CHECKPOINT_DISABLE|(TF|LD|DYLD|STEWARD)_.*");

    public EnvironmentPolicy {
        inherited = Map.copyOf(inherited);
    }

    /** The policy over this process's environment, with 512 MiB. */
    public static EnvironmentPolicy ofThisProcess() {
        return new EnvironmentPolicy(System.getenv(), "512MiB");
    }

    /**
     * The whole environment of one call.
     *
     * @param credentials
     *            what the module's profile names, nothing else
     * @throws IllegalArgumentException
     *             if a credential would set what is Steward's to set
     */
    Map<String, String> environment(Path cliConfig, Optional<Path> dataFolder, Map<String, String> credentials,
            Optional<BackendEnvironment> backend) {
        var environment = new HashMap<String, String>();
        for (String name : PASSING) {
            String value = inherited.get(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        credentials.forEach((name, value) -> {
            requireCredential(name);
            environment.put(name, value);
        });
        environment.put("TF_IN_AUTOMATION", "1");
        environment.put("TF_INPUT", "0");
        environment.put("CHECKPOINT_DISABLE", "1");
        environment.put("TF_CLI_CONFIG_FILE", cliConfig.toString());
        environment.put("GOGC", "off");
        environment.put("GOMEMLIMIT", memoryLimit);
        dataFolder.ifPresent(folder -> environment.put("TF_DATA_DIR", folder.toString()));
        backend.ifPresent(b -> environment.putAll(b.variables()));
        return Map.copyOf(environment);
    }

    private static void requireCredential(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of an environment variable: " + name);
        }
        if (RESERVED.matcher(name).matches()) {
            throw new IllegalArgumentException("a credentials profile may not set " + name
                    + ": it steers Terraform itself; name only what the provider reads");
        }
    }

    /** Without values. */
    @Override
    public String toString() {
        return "EnvironmentPolicy[" + PASSING + ", " + memoryLimit + "]";
    }
}
