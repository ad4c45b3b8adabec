package dev.steward.terraform;

import java.nio.file.Path;
import java.util.List;

/**
 * Prints a saved plan as JSON, <b>secrets in clear</b>: the output file goes to a private folder and is deleted once it
 * is read.
 */
record ShowCommand(Path plan) implements Command {
    @Override
    public String name() {
        return "show";
    }

    @Override
    public List<String> arguments() {
        return List.of("show", "-json", plan.toString());
    }
}
