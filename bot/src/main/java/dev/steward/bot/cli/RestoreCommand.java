package dev.steward.bot.cli;

import dev.steward.bot.Home;
import dev.steward.bot.Restore;
import dev.steward.bot.Secret;
import dev.steward.bot.Settings;
import dev.steward.requests.Restoration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code steward restore}: a home out of a backup, settled so that nothing is done twice or blindly. */
@Command(name = "restore", description = "Make a home out of a backup: into a new, empty folder only.")
final class RestoreCommand implements Callable<Integer> {
    private final Operator operator;

    @Parameters(paramLabel = "FILE", description = "A backup that steward backup wrote")
    private Path file = Path.of("");

    @Option(names = "--home", required = true, paramLabel = "FOLDER", description = "The new home: empty, or not there yet")
    private Path folder = Path.of("");

    @Option(names = "--key-file", paramLabel = "FILE", description = "The key that the backup was sealed with; it is put into the new home. STEWARD_KEY when left out")
    private Optional<Path> keyFile = Optional.empty();

    RestoreCommand(Operator operator) {
        this.operator = operator;
    }

    @Override
    public Integer call() {
        Settings settings = operator.settings(Settings.Purpose.OPERATE);
        Home home = new Home(absolute(folder));
        Optional<Secret> key = keyFile.map(this::read).or(() -> settings.places().key());
        Restore.Outcome outcome = new Restore(operator.clock(), operator.actor()).restore(absolute(file), home, key,
                keyFile.isPresent());
        return switch (outcome) {
            case Restore.Outcome.Refused refused -> throw Refused.wrong(refused.why());
            case Restore.Outcome.Restored restored -> restored(home, restored);
        };
    }

    private Path absolute(Path path) {
        return operator.workingFolder().resolve(path).toAbsolutePath().normalize();
    }

    private Secret read(Path path) {
        try {
            return new Secret(Files.readString(absolute(path)).strip());
        } catch (IOException e) {
            throw Refused.usage(List.of("The key file " + absolute(path) + " cannot be read."));
        }
    }

    private int restored(Home home, Restore.Outcome.Restored restored) {
        var manifest = restored.manifest();
        Restoration.Settled settled = restored.settled();
        operator.console().say("Restored into " + home.folder() + ", as of " + manifest.takenAt() + " (ledger "
                + manifest.head().seq() + ":" + manifest.head().hash() + ").");
        operator.console().say("Plans that were open and have to be made again: " + settled.expired() + ".");
        operator.console().say("Applies that were under way, so that nobody can say how they ended: "
                + settled.indeterminate() + ".");
        operator.console().say("Tokens revoked: " + settled.tokens() + ". Locks freed: " + settled.locks()
                + ". Stored clicks dropped: " + settled.clicks() + ". Left-over states: " + restored.kept() + ".");
        operator.console().say("Stacks that are looked at by a plan before they are changed again: " + settled.stacks()
                + ". What was applied after " + manifest.takenAt() + " is not in these books.");
        operator.console().say("Next: see to it that the old Steward and its Terraform run no more, then: STEWARD_HOME="
                + home.folder() + " steward serve");
        return Exit.OK;
    }
}
