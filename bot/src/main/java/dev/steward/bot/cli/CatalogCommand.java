package dev.steward.bot.cli;

import dev.steward.bot.Settings;
import dev.steward.bot.Stores;
import dev.steward.catalog.CatalogFiles;
import dev.steward.catalog.CatalogImport;
import dev.steward.catalog.ImportOutcome;
import dev.steward.catalog.ImportReport;
import dev.steward.catalog.TeamSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code steward catalog}: brings catalog files in. */
@Command(name = "catalog", description = "Bring catalog files in.", synopsisSubcommandLabel = "COMMAND")
final class CatalogCommand {
    private final Operator operator;

    CatalogCommand(Operator operator) {
        this.operator = operator;
    }

    @Command(name = "import", description = "Import Backstage catalog files. Without --yes it only says what would change.")
    int importFiles(@Parameters(paramLabel = "FILE-OR-FOLDER") Path fileOrFolder,
            @Option(names = "--yes", description = "Make the changes") boolean yes) {
        CatalogFiles files = read(operator.workingFolder().resolve(fileOrFolder));
        Settings settings = operator.settings(Settings.Purpose.OPERATE);
        try (Stores stores = operator.stores(settings)) {
            CatalogImport catalog = new CatalogImport(stores.people(), stores.teams(), stores.entities(),
                    stores.ledger(), sources(settings));
            ImportReport report = yes
                    ? apply(stores, catalog, files)
                    : stores.database().read(h -> catalog.preview(h, files));
            print(report, yes);
            return report.problems().isEmpty() ? Exit.OK : Exit.WRONG;
        }
    }

    private ImportReport apply(Stores stores, CatalogImport catalog, CatalogFiles files) {
        return switch (catalog.apply(stores.database(), operator.actor(), files)) {
            case ImportOutcome.Applied applied -> applied.report();
            case ImportOutcome.NotAllowed notAllowed -> throw Refused.wrong("Only an operator or an admin imports.");
        };
    }

    private static CatalogFiles read(Path path) {
        try {
            return CatalogFiles.read(path);
        } catch (IOException e) {
            throw Refused.usage(List.of(path + " cannot be read. Give a YAML file or a folder of them."));
        }
    }

    private static Map<String, TeamSource> sources(Settings settings) {
        return settings.organisation().teams().stream()
                .collect(Collectors.toMap(Settings.Team::name, team -> TeamSource.parse(team.source())));
    }

    private void print(ImportReport report, boolean made) {
        Console console = operator.console();
        report.changes().forEach(change -> console.say("%s %s%s".formatted(
                change.verb() == ImportReport.Verb.CREATE ? "+" : "~", change.what(),
                change.detail().isBlank() ? "" : ": " + change.detail())));
        report.notes().forEach(note -> console.say("  " + note));
        if (!report.problems().isEmpty()) {
            console.complain(List.of(made ? "Not imported:" : "Cannot be imported:"));
            console.complain(report.problems().stream().map(p -> "  " + p).toList());
        }
        console.say("%d new, %d changed, %d as they were, %d with a problem.".formatted(
                report.count(ImportReport.Verb.CREATE), report.count(ImportReport.Verb.CHANGE), report.left(),
                report.problems().size()));
        if (!made && !report.changes().isEmpty()) {
            console.say("Nothing was changed. To make these changes, say it again with --yes.");
        }
    }
}
