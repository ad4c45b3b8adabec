package dev.steward.bot.cli;

import dev.steward.bot.Backup;
import dev.steward.bot.Home;
import dev.steward.bot.Settings;
import dev.steward.bot.Stores;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code steward backup}: one file with everything but the key, made while Steward serves. */
@Command(name = "backup", description = "Write a backup, also while Steward serves. The key is not in it.")
final class BackupCommand implements Callable<Integer> {
    private final Operator operator;

    @Option(names = "--to", paramLabel = "FILE|FOLDER", description = "A file that is not there yet, or a folder; the home's own folder of backups when left out")
    private Optional<Path> to = Optional.empty();

    BackupCommand(Operator operator) {
        this.operator = operator;
    }

    @Override
    public Integer call() {
        Settings settings = operator.settings(Settings.Purpose.OPERATE);
        Home home = operator.home(settings);
        Backup backup = new Backup(home, operator.clock());
        Backup.Outcome outcome = to.map(operator.workingFolder()::resolve).map(Path::toAbsolutePath)
                .map(backup::write).orElseGet(backup::write);
        return switch (outcome) {
            case Backup.Outcome.Refused refused -> throw Refused.wrong(refused.why());
            case Backup.Outcome.Written written -> written(home, settings, written);
        };
    }

    private int written(Home home, Settings settings, Backup.Outcome.Written written) {
        try (Stores stores = Stores.open(home, operator.clock())) {
            stores.database().writing(h -> stores.ledger().append(h, operator.actor(), "steward.backup", "steward",
                    written.manifest().facts()));
        }
        var manifest = written.manifest();
        operator.console().say("The backup is " + written.file() + " (" + (written.bytes() / 1_000_000) + " MB), as of "
                + manifest.takenAt() + ", and was verified.");
        operator.console().say("Ledger: " + manifest.head().seq() + ":" + manifest.head().hash());
        if (written.kept() > 0) {
            operator.console().say("Left-over states in it: " + written.kept() + ".");
        }
        operator.console().say("The key is NOT in it. It was sealed with the key whose id is " + manifest.keyId() + ", "
                + (settings.places().key().isPresent() ? "the one in STEWARD_KEY" : "the one in " + home.key())
                + ": keep that elsewhere.");
        operator.console().say("To restore it: steward restore " + written.file().getFileName()
                + " --home <an empty folder> --key-file <the key>");
        return Exit.OK;
    }
}
