package dev.steward.bot.cli;

import dev.steward.bot.Installation;
import dev.steward.bot.Settings;
import dev.steward.bot.Stores;
import dev.steward.catalog.LinkOutcome;
import dev.steward.ledger.Actor;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code steward people}: says which account in Slack somebody from a catalog file has. */
@Command(name = "people", description = "Join people of the catalog with their accounts in Slack.", synopsisSubcommandLabel = "COMMAND")
final class PeopleCommand {
    private final Operator operator;

    PeopleCommand(Operator operator) {
        this.operator = operator;
    }

    @Command(description = "Make a person of a catalog file and an account in Slack one; a link is made once.")
    int link(@Parameters(paramLabel = "NAME", description = "The person's name in the catalog") String name,
            @Parameters(paramLabel = "SLACK_ID", description = "Slack user id, U...") String user,
            @Option(names = "--team", paramLabel = "TEAM_ID", description = "Slack's id of the workspace; the installation's when left out") Optional<String> team) {
        try (Stores stores = operator.stores(operator.settings(Settings.Purpose.OPERATE))) {
            String workspace = team.or(new Installation(stores)::workspace).orElseThrow(() -> Refused.usage(
                    List.of("This installation knows no workspace yet: say which with --team T...")));
            Actor.SlackUser account = SlackIds.account(workspace, user);
            return linked(stores.database().write(
                    h -> stores.people().link(h, operator.actor(), name, account)), user);
        }
    }

    private int linked(LinkOutcome outcome, String user) {
        return switch (outcome) {
            case LinkOutcome.NotAllowed notAllowed -> throw Refused.wrong("Only an operator or an admin links people.");
            case LinkOutcome.NoSuchPerson nobody -> throw Refused.wrong("The catalog has nobody called "
                    + nobody.name() + ". Import a catalog file that names the person first: steward catalog import.");
            case LinkOutcome.AlreadyLinked other -> throw Refused.wrong("Nothing was changed: " + other.person().name()
                    + " is linked already" + other.person().slack().map(s -> " to " + s.user()).orElse("") + ".");
            case LinkOutcome.Linked done -> {
                operator.console().say(done.person().name() + " is " + user + ".");
                yield Exit.OK;
            }
        };
    }
}
