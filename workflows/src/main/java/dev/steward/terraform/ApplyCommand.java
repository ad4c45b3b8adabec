package dev.steward.terraform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Applies a saved plan: exit code 0 or 1, neither of which tells alone what happened (see {@code ApplyVerdict}).
 *
 * @param plan
 *            the saved plan
 * @param ephemeral
 *            a var file with the values of {@code ephemeral} variables, which a plan does not keep
 */
record ApplyCommand(Path plan, Optional<Path> ephemeral) implements Command {
    @Override
    public String name() {
        return "apply";
    }

    @Override
    public List<String> arguments() {
        var arguments = new ArrayList<>(List.of("apply", "-input=false", "-no-color", "-json", "-lock-timeout=30s"));
        ephemeral.ifPresent(file -> arguments.add("-var-file=" + file));
        arguments.add(plan.toString());
        return List.copyOf(arguments);
    }
}
