package dev.steward.bot.cli;

import dev.steward.database.DatabaseUnusable;
import dev.steward.terraform.TerraformUnusable;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** The command line as a whole: parses arguments, runs one command, turns its end into an exit code. */
final class Cli {
    private static final Logger LOG = LoggerFactory.getLogger(Cli.class);

    private final Operator operator;
    private final Console console;

    Cli(Map<String, String> environment, Path workingFolder, InstantSource clock, Console console) {
        this.console = console;
        operator = new Operator(environment, workingFolder, clock, console);
    }

    private CommandLine commands() {
        CommandLine commands = new CommandLine(new StewardCommand(operator))
                .addSubcommand(new LedgerCommand(operator)).addSubcommand(new CatalogCommand(operator))
                .addSubcommand(new PeopleCommand(operator)).addSubcommand(new ModulesCommand(operator))
                .addSubcommand(new AccessCommand(operator)).addSubcommand(new IncidentsCommand(operator))
                .addSubcommand(new BackupCommand(operator)).addSubcommand(new RestoreCommand(operator))
                .addSubcommand(new KeyCommand(operator))
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF)).setOut(console.out()).setErr(console.err())
                .setUsageHelpAutoWidth(true).setExecutionExceptionHandler(
                        (failure, command, parsed) -> failed(failure, command.getCommandName()));
        withHelp(commands);
        return commands;
    }

    private static void withHelp(CommandLine command) {
        command.getCommandSpec().addOption(CommandLine.Model.OptionSpec.builder("-h", "--help").usageHelp(true)
                .description("Show this help.").build());
        command.getSubcommands().values().forEach(Cli::withHelp);
    }

    int run(String... arguments) {
        try {
            return List.of(arguments).equals(List.of("serve")) ? serve() : commands().execute(arguments);
        } finally {
            console.flush();
        }
    }

    /** Without the parser of arguments, which has no part in Java's ahead-of-time cache and takes a tenth of a start. */
    private int serve() {
        try {
            return new StewardCommand(operator).serve();
        } catch (Exception e) {
            return failed(e, "serve");
        }
    }

    private int failed(Exception failure, String command) {
        if (failure instanceof Refused refused) {
            console.complain(refused.lines());
            return refused.exitCode();
        }
        if (failure instanceof TerraformUnusable || failure instanceof DatabaseUnusable) {
            console.err().println(failure.getMessage());
            return Exit.USAGE;
        }
        String id = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("error {} in steward {}", id, command, failure);
        console.err().println("Steward failed (error " + id + ", logged above): " + failure.getMessage());
        return Exit.BROKEN;
    }
}
