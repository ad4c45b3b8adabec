package dev.steward.bot.cli;

import dev.steward.bot.Settings;
import dev.steward.bot.Stores;
import dev.steward.modules.Acceptance;
import dev.steward.modules.ListedModule;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code steward modules}: which Terraform modules may be used, and the word of whoever accepts one. */
@Command(name = "modules", description = "See which Terraform modules may be used, and accept one.", synopsisSubcommandLabel = "COMMAND")
final class ModulesCommand {
    private final Operator operator;

    ModulesCommand(Operator operator) {
        this.operator = operator;
    }

    @Command(description = "Vet a module and accept it as it is now; requests use it from then on.")
    int accept(@Parameters(paramLabel = "NAME", description = "The name of its folder") String name)
            throws IOException, InterruptedException {
        Settings settings = operator.settings(Settings.Purpose.OPERATE);
        if (settings.places().terraform().isEmpty()) {
            throw Refused.usage(List.of("Vetting runs Terraform, and there is no terraform on the PATH:"
                    + " install it, or give its executable in STEWARD_TERRAFORM."));
        }
        try (Stores stores = operator.stores(settings)) {
            return switch (operator.modules(settings, stores).accept(name, operator.actor())) {
                case Acceptance.Accepted accepted -> {
                    operator.console().say("Module " + accepted.name() + " is accepted with digest "
                            + accepted.digest() + ".");
                    operator.console().say("Next: commit " + settings.places().modules().resolve("modules.lock")
                            + ".");
                    yield Exit.OK;
                }
                case Acceptance.Refused refused -> {
                    operator.console().complain(List.of("Module " + name + " is not accepted:"));
                    operator.console().complain(refused.findings().stream().map(f -> "  " + f.text()).toList());
                    yield Exit.WRONG;
                }
            };
        }
    }

    @Command(description = "List the modules: which may be used, and why the others may not.")
    int list() throws IOException {
        Settings settings = operator.settings(Settings.Purpose.OPERATE);
        try (Stores stores = operator.stores(settings)) {
            List<ListedModule> modules = operator.modules(settings, stores).list();
            if (modules.isEmpty()) {
                operator.console().say("There are no modules in " + settings.places().modules() + ".");
            }
            modules.forEach(this::print);
            return Exit.OK;
        }
    }

    private void print(ListedModule module) {
        operator.console().say(module.name() + (module.title().equals(module.name()) ? "" : ": " + module.title()));
        module.accepted().ifPresent(accepted -> operator.console().say("  accepted by " + accepted.by() + " on "
                + accepted.at() + ", digest " + accepted.digest()));
        operator.console().say("  " + module.problem().map(p -> "cannot be used: " + p).orElse("may be used"));
    }
}
