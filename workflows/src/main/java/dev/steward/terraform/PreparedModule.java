package dev.steward.terraform;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * A vetted module, ready to be run.
 *
 * @param digest
 *            of its content
 * @param source
 *            a read-only copy whose content has that digest
 * @param secretVariables
 *            names of the variables whose values are secrets
 * @param credentials
 *            environment variables of the account that it may use
 */
public record PreparedModule(String digest, Path source, Set<String> secretVariables,
        Map<String, String> credentials) {
    /** The folder in a module's with what looks whether something is still there. */
    public static final String PROBE = "probe";

    public PreparedModule {
        secretVariables = Set.copyOf(secretVariables);
        credentials = Map.copyOf(credentials);
    }

    /** Without the credentials. */
    @Override
    public String toString() {
        return "PreparedModule[" + digest + " in " + source + "]";
    }
}
