package dev.steward.terraform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans and saves the plan: exit code 0 without changes, 2 with changes, 1 on an error.
 *
 * @param varFile
 *            the inputs; its name must end with {@code .tfvars.json}, since any other is read as HCL
 * @param out
 *            where the plan is saved
 */
record PlanCommand(Mode mode, Path varFile, Path out) implements Command {
    PlanCommand {
        if (!varFile.toString().endsWith(".tfvars.json")) {
            throw new IllegalArgumentException("a var file's name ends with .tfvars.json: " + varFile);
        }
    }

    /** What kind of plan. */
    enum Mode {
        /** Creates, updates, deletes: whatever the configuration asks for. */
        NORMAL,
        /** Deletes everything in the state. */
        DESTROY,
        /** Only takes over into the state what differs in the world. */
        REFRESH_ONLY
    }

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public List<String> arguments() {
        var arguments = new ArrayList<>(List.of("plan", "-input=false", "-no-color", "-json", "-detailed-exitcode",
                "-lock-timeout=30s", "-var-file=" + varFile, "-out=" + out));
        switch (mode) {
            case NORMAL -> {
            }
            case DESTROY -> arguments.add("-destroy");
            case REFRESH_ONLY -> arguments.add("-refresh-only");
        }
        return List.copyOf(arguments);
    }
}
