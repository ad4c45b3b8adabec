package dev.steward.terraform;

import java.nio.file.Path;
import java.util.List;

/**
 * Runs a module's own tests: exit code 0 when all pass, 1 otherwise.
 *
 * @param report
 *            where the JUnit XML report is written; its folder must exist
 */
public record TestCommand(Path report) implements Command {
    @Override
    public String name() {
        return "test";
    }

    @Override
    public List<String> arguments() {
        return List.of("test", "-json", "-no-color", "-junit-xml=" + report);
    }
}
