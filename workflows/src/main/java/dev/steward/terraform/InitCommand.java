package dev.steward.terraform;

import java.util.ArrayList;
import java.util.List;

/**
 * Prepares a folder's data directory without ever changing its lock file: exit code 0 or 1.
 *
 * <p>
 * With a backend, Terraform reads the state once (GET, no lock), so the address must answer; what it writes to the data
 * directory holds no address and no credentials.
 *
 * @param backend
 *            whether the backend is prepared too; without, for {@code validate} and {@code test}
 */
public record InitCommand(boolean backend) implements Command {
    @Override
    public String name() {
        return "init";
    }

    @Override
    public List<String> arguments() {
        var arguments = new ArrayList<>(List.of("init", "-input=false", "-no-color", "-json", "-lockfile=readonly"));
        if (!backend) {
            arguments.add("-backend=false");
        }
        return List.copyOf(arguments);
    }
}
