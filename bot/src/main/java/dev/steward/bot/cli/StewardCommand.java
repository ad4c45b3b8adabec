package dev.steward.bot.cli;

import dev.steward.bot.App;
import dev.steward.bot.Home;
import dev.steward.bot.Installation;
import dev.steward.bot.Logging;
import dev.steward.bot.Settings;
import dev.steward.bot.Stores;
import dev.steward.bot.Version;
import dev.steward.bot.rehearsal.Rehearsal;
import dev.steward.bot.slack.people.Workspace;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.catalog.Ownership;
import dev.steward.ledger.Actor;
import dev.steward.modules.Adoption;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code steward}, and those of its commands that stand for themselves. */
@Command(name = "steward", description = "A platform team's front desk in Slack.", synopsisSubcommandLabel = "COMMAND", footer = {
        "", "Exit codes: 0 done, 1 what was checked or asked for is wrong, 2 used wrongly, 3 Steward failed.",
        "Settings: steward.yaml (or the file in STEWARD_CONFIG) and the environment; see steward.example.yaml.",
        "To try it with no set-up, from a checkout: steward demo"})
final class StewardCommand {
    private static final Duration SLACKS_PATIENCE = Duration.ofSeconds(10);

    private final Operator operator;

    StewardCommand(Operator operator) {
        this.operator = operator;
    }

    @Command(description = "Serve Slack until told to stop.")
    int serve() throws InterruptedException {
        Settings settings = operator.settings(Settings.Purpose.SERVE);
        Logging.start(settings);
        // Told to stop while it begins, it stops once it has begun.
        var opened = new CompletableFuture<App>();
        StopSignals.call(() -> opened.join().close());
        return switch (App.open(settings, operator.clock())) {
            case App.Outcome.Refused refused -> throw Refused.usage(List.of(refused.why()));
            case App.Outcome.Serving serving -> {
                opened.complete(serving.app());
                Optional<String> failure = serving.app().await();
                if (failure.isPresent()) {
                    serving.app().close();
                    throw Refused.usage(List.of(failure.get()));
                }
                yield Exit.OK;
            }
        };
    }

    @Command(hidden = true, description = "Play a first request in a temporary home, with a Slack that is made up.")
    int rehearse() throws IOException, InterruptedException {
        try {
            new Rehearsal(operator.environment(), operator.workingFolder(), operator.clock()).play();
        } catch (IllegalStateException e) {
            throw Refused.wrong("The rehearsal broke off: " + e.getMessage());
        }
        operator.console().say("All went as it should: asked for, planned, decided on, applied.");
        return Exit.OK;
    }

    @Command(description = "Begin an installation: home, key, database, ledger, first admin, teams.")
    int init(
            @Option(names = "--admin", required = true, paramLabel = "SLACK_ID", description = "Slack user id of the first admin, U...") String admin,
            @Option(names = "--team", paramLabel = "TEAM_ID", description = "Slack's id of the workspace (T...), or of the enterprise (E...) that it is part of;"
                    + " Slack is asked when left out") Optional<String> team) {
        Settings settings = operator.settings(Settings.Purpose.OPERATE);
        Actor.SlackUser account = team.map(t -> SlackIds.account(t, admin))
                .orElseGet(() -> accountFromSlack(settings, admin));
        Home home = Home.create(settings.places().home());
        try (Stores stores = Stores.open(home, operator.clock())) {
            Installation.Outcome outcome = new Installation(stores).initialise(home, settings, operator.actor(),
                    account);
            return initialised(outcome, home, settings);
        }
    }

    private static Actor.SlackUser accountFromSlack(Settings settings, String user) {
        List<String> problems = SlackIds.userProblems(user);
        if (!problems.isEmpty()) {
            throw Refused.usage(problems);
        }
        Settings.SlackAccess slack = settings.slack().orElseThrow(() -> Refused.usage(
                List.of("Of which workspace? Set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET (or SLACK_APP_TOKEN), so that Slack can"
                        + " be asked, or say it with --team T...")));
        try (SlackApi api = new SlackApi(slack.apiUrl(), slack.botToken().reveal(), SLACKS_PATIENCE)) {
            return Workspace.of(api).account(user);
        } catch (IllegalStateException e) {
            throw Refused.wrong(e.getMessage() + ". Nothing was begun.");
        }
    }

    private int initialised(Installation.Outcome outcome, Home home, Settings settings) {
        return switch (outcome) {
            case Installation.Outcome.NoKey noKey -> throw Refused.usage(List.of(noKey.why()));
            case Installation.Outcome.AlreadyInitialised already -> throw Refused.wrong(
                    home.folder() + " was initialised on " + already.genesis().at() + " by " + already.genesis().actor()
                            + "; nothing was changed.",
                    "For another installation, name another home in STEWARD_HOME.");
            case Installation.Outcome.Initialised done -> {
                operator.console().say("Steward begins in " + home.folder() + ".");
                operator.console().say(settings.places().key().isPresent()
                        ? "Secrets are sealed with the key of STEWARD_KEY (id " + done.keyId() + ")."
                        : "Secrets are sealed with the key in " + home.key() + " (id " + done.keyId()
                                + "): back it up, apart from the database.");
                sayModules(done.modules(), settings);
                operator.console().say("Ledger: " + done.genesis().seq() + ":" + done.genesis().hash());
                operator.console().say("Next: steward check, then steward serve.");
                yield Exit.OK;
            }
        };
    }

    private void sayModules(Adoption modules, Settings settings) {
        if (!modules.adopted().isEmpty()) {
            operator.console()
                    .say("Accepted as " + settings.places().modules().resolve("modules.lock") + " names them: "
                            + String.join(", ", modules.adopted()) + ".");
        }
        if (!modules.findings().isEmpty()) {
            operator.console().complain(List.of("Not accepted:"));
            operator.console().complain(modules.findings().stream().map(f -> "  " + f.text()).toList());
        }
    }

    @Command(description = "Check settings, modules and workflow definitions, and report every problem at once.")
    int check(
            @Option(names = "--workflows", paramLabel = "DIR", description = "A folder of definitions; the settings' when left out") Optional<Path> workflows)
            throws IOException {
        Settings settings = switch (operator.reading(Settings.Purpose.OPERATE)) {
            case Settings.Reading.Good good -> good.settings();
            case Settings.Reading.Bad bad -> throw Refused.wrong(bad.problems().toArray(String[]::new));
        };
        Check check = new Check(operator, settings,
                workflows.map(operator.workingFolder()::resolve).orElse(settings.places().workflows()));
        List<String> problems = check.problems();
        if (!problems.isEmpty()) {
            operator.console().complain(problems);
            operator.console().complain(List.of(problems.size() == 1 ? "1 problem." : problems.size() + " problems."));
            return Exit.WRONG;
        }
        operator.console().say("All is in order: " + (check.found().isEmpty()
                ? "no workflows."
                : "workflows " + String.join(", ", check.found()) + "."));
        return Exit.OK;
    }

    @Command(description = "Say who owns something: a service, a resource, a system, a team, a resource id.")
    int owner(@Parameters(paramLabel = "NAME") String name) {
        try (Stores stores = operator.stores(operator.settings(Settings.Purpose.OPERATE))) {
            Ownership ownership = stores.database().read(h -> stores.owners().ownership(h, name));
            if (ownership instanceof Ownership.Unknown unknown) {
                throw Refused.wrong("Nothing in the catalog is called " + name + "." + (unknown.suggestions().isEmpty()
                        ? ""
                        : " Did you mean " + String.join(", ", unknown.suggestions()) + "?"));
            }
            OwnershipText.lines(ownership).forEach(operator.console()::say);
            return Exit.OK;
        }
    }

    @Command(description = "Say which version this is.")
    int version() {
        operator.console().say("steward " + Version.text() + ", Java " + Runtime.version().feature());
        return Exit.OK;
    }
}
