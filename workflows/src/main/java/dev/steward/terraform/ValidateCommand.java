package dev.steward.terraform;

import java.util.List;

/** Checks a prepared folder without inputs and without state: exit code 0 or 1, one JSON object with the diagnostics. */
public record ValidateCommand() implements Command {
    @Override
    public String name() {
        return "validate";
    }

    @Override
    public List<String> arguments() {
        return List.of("validate", "-json", "-no-color");
    }
}
