package dev.steward.terraform;

import java.util.List;

/** Asks the binary for its version. */
record VersionCommand() implements Command {
    @Override
    public String name() {
        return "version";
    }

    @Override
    public List<String> arguments() {
        return List.of("version", "-json");
    }
}
