package dev.steward.terraform;

import java.util.List;

/**
 * Checks the formatting of a folder and those below it, changing nothing: exit code 0, 3 when files differ (each is
 * named on a line of the output), 2 when one cannot be read as HCL.
 */
public record FormatCommand() implements Command {
    @Override
    public String name() {
        return "fmt";
    }

    @Override
    public List<String> arguments() {
        return List.of("fmt", "-check", "-recursive");
    }
}
