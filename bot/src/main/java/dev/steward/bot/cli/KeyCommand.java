package dev.steward.bot.cli;

import dev.steward.bot.Home;
import dev.steward.bot.KeyRotation;
import dev.steward.bot.Secret;
import dev.steward.bot.Settings;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code steward key}: the key that everything secret is sealed with. */
@Command(name = "key", description = "Exchange the key that everything secret is sealed with.", synopsisSubcommandLabel = "COMMAND")
final class KeyCommand {
    private final Operator operator;

    KeyCommand(Operator operator) {
        this.operator = operator;
    }

    @Command(description = "Seal everything with a new key, or finish doing so. Steward must not serve meanwhile.")
    int rotate(
            @Option(names = "--new-key-env", paramLabel = "NAME", description = "The environment variable with the new key as base64; a new key file in the home when left out") Optional<String> variable) {
        Settings settings = operator.settings(Settings.Purpose.OPERATE);
        Home home = operator.home(settings);
        Optional<Secret> next = variable.map(this::read);
        KeyRotation rotation = new KeyRotation(home, operator.clock(), operator.actor(), () -> {});
        return switch (rotation.rotate(settings.places().key(), next)) {
            case KeyRotation.Outcome.Refused refused -> throw Refused.wrong(refused.why());
            case KeyRotation.Outcome.Rotated rotated -> rotated(home, rotated, variable);
        };
    }

    private Secret read(String variable) {
        String text = Optional.ofNullable(operator.environment().get(variable)).map(String::strip).orElse("");
        if (text.isEmpty()) {
            throw Refused.usage(List.of("The environment variable " + variable + " is not set. Put a new key into it: "
                    + variable + "=$(openssl rand -base64 32)"));
        }
        return new Secret(text);
    }

    private int rotated(Home home, KeyRotation.Outcome.Rotated rotated, Optional<String> variable) {
        operator.console().say("Everything is sealed with key " + rotated.to() + " now (" + rotated.values()
                + " values sealed anew by this run).");
        operator.console().say(variable.isPresent()
                ? "Before Steward is started: set STEWARD_KEY to what is in " + variable.get() + "."
                : "It is in " + home.key() + ": keep a copy of it elsewhere.");
        rotated.old().ifPresent(old -> operator.console().say("The old key is in " + old + "."));
        operator.console()
                .say("Backups from before need the old key: keep it with them, and destroy it with the last of"
                        + " them. Make a backup now.");
        return Exit.OK;
    }
}
