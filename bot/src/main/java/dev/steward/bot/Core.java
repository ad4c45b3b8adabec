package dev.steward.bot;

import dev.steward.bot.slack.SlackAdapter;
import dev.steward.bot.slack.SlackConnection;
import dev.steward.bot.slack.WayIn;
import dev.steward.bot.slack.people.Workspace;
import dev.steward.database.Sealer;
import dev.steward.definitions.Loaded;
import dev.steward.definitions.Problem;
import dev.steward.definitions.Workflow;
import dev.steward.definitions.WorkflowFolder;
import dev.steward.jobs.Job;
import dev.steward.jobs.Jobs;
import dev.steward.modules.ModuleCheck;
import dev.steward.modules.ModuleDescriptor;
import dev.steward.modules.ModuleRegistry;
import dev.steward.oncall.OnCall;
import dev.steward.outbox.Outbox;
import dev.steward.requests.CredentialProfiles;
import dev.steward.requests.RequestParts;
import dev.steward.terraform.RunTables;
import dev.steward.terraform.Runner;
import dev.steward.terraform.TerraformCli;
import dev.steward.terraform.TerraformVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The use cases and the Slack adapter over one home, wired.
 *
 * @param use
 *            the use cases
 * @param slack
 *            the way in from Slack, and the sender
 * @param handlers
 *            all background work, by kind of job
 */
record Core(UseCases use, SlackConnection connection, SlackAdapter slack,
        Map<String, Job.Handler> handlers) {

    /** What the core is built on. */
    record Ground(Settings settings, Home home, Stores stores, Sealer sealer, InstantSource clock, Jobs jobs,
            Outbox outbox, RunTables runs) {}

    /** Slack or the workflows cannot be used as they are. */
    static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    /** What is ready before Slack is asked: Terraform, the modules, the workflows. */
    record Prepared(Ground ground, TerraformCli cli, TerraformVersion version, ModuleRegistry modules,
            Map<String, Workflow> workflows) {}

    /**
     * Prepares what does not need Slack.
     *
     * @throws Unusable
     *             if Terraform or a workflow cannot be used; the message says what to do
     */
    static Prepared prepare(Ground ground) {
        Settings settings = ground.settings();
        TerraformCli cli = Modules.terraform(settings, ground.home());
        TerraformVersion version = version(ground, cli);
        ModuleRegistry modules = Modules.of(settings, ground.home(), ground.stores());
        return new Prepared(ground, cli, version, modules, workflows(settings, modules));
    }

    /**
     * Connects to Slack and wires everything.
     *
     * @param statePort
     *            where the state endpoint listens
     * @throws Workspace.Unreachable
     *             if Slack does not answer now
     * @throws Unusable
     *             if Slack does not accept the token; the message says what to do
     */
    static Core open(Prepared prepared, int statePort) {
        Ground ground = prepared.ground();
        Settings settings = ground.settings();
        SlackConnection connection = connect(ground);
        try {
            Runner runner = new Runner(ground.stores().database(), ground.runs(), prepared.cli(), prepared.version(),
                    new Runner.Settings(ground.home().runs(), URI.create("http://127.0.0.1:" + statePort + "/state/"),
                            settings.applying().limit(), settings.applying().grace()));
            return over(connection, ground, new RequestParts.Rules(prepared.workflows(), prepared.modules(),
                    profiles(settings), connection::refresh, settings.organisation().platformTeam(),
                    prepared.version().text(), settings.applying().planMaxAge()), runner);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static Core over(SlackConnection connection, Ground ground, RequestParts.Rules rules, Runner runner) {
        UseCases use = UseCases.over(ground, rules, runner);
        SlackAdapter slack = new SlackAdapter(connection, new SlackAdapter.Domain(ground.stores().database(),
                ground.outbox(), catalog(ground.stores()), use.inSlack(), rules.workflows()));
        Map<String, Job.Handler> handlers = new HashMap<>(use.handlers());
        handlers.putAll(connection.handlers());
        handlers.putAll(slack.handlers());
        handlers.putAll(new Upkeep(ground).handlers());
        return new Core(use, connection, slack, Map.copyOf(handlers));
    }

    private static CredentialProfiles profiles(Settings settings) {
        Map<String, Map<String, String>> profiles = new HashMap<>();
        settings.credentials().forEach((profile, variables) -> profiles.put(profile, variables.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, variable -> variable.getValue().reveal()))));
        return new CredentialProfiles(profiles);
    }

    private static SlackAdapter.Catalog catalog(Stores stores) {
        return new SlackAdapter.Catalog(stores.people(), stores.teams(), stores.entities(), stores.owners());
    }

    private static SlackConnection connect(Ground ground) {
        Settings.SlackAccess slack = ground.settings().slack()
                .orElseThrow(() -> new IllegalStateException("settings for serving name a Slack token"));
        var access = new SlackConnection.Access(slack.apiUrl(), slack.botToken().reveal(),
                wayIn(slack.wayIn()), slack.commandPrefix(),
                fallbackChannel(ground.settings().organisation()));
        var stores = new SlackConnection.Stores(ground.stores().database(), ground.jobs(), ground.stores().people(),
                ground.stores().teams(), ground.clock());
        try {
            return new SlackConnection(access, stores);
        } catch (Workspace.Unreachable e) {
            throw e;
        } catch (IllegalStateException e) {
            throw new Unusable(String.valueOf(e.getMessage()) + ".");
        }
    }

    private static WayIn wayIn(Settings.WayIn way) {
        return switch (way) {
            case Settings.WayIn.Http http -> new WayIn.Http(http.signingSecret().reveal());
            case Settings.WayIn.Socket socket -> new WayIn.Socket(socket.appToken().reveal(), socket.connections());
        };
    }

    /** Messages whose own channel is gone go to the platform team. */
    private static Optional<String> fallbackChannel(Settings.Organisation organisation) {
        return organisation.teams().stream().filter(team -> team.name().equals(organisation.platformTeam()))
                .findFirst().flatMap(Settings.Team::channel);
    }

    private static TerraformVersion version(Ground ground, TerraformCli cli) {
        try {
            return cli.version(ground.home().runs().resolve("version"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking Terraform for its version", e);
        }
    }

    private static Map<String, Workflow> workflows(Settings settings, ModuleRegistry modules) {
        Loaded loaded = WorkflowFolder.read(settings.places().workflows(), name -> descriptor(modules, name));
        if (!loaded.problems().isEmpty()) {
            throw new Unusable("The workflows cannot be used as they are:\n"
                    + loaded.problems().stream().map(Problem::text).collect(Collectors.joining("\n"))
                    + "\nMend them, and see with `steward check` whether anything is left.");
        }
        return loaded.workflows().stream().collect(Collectors.toMap(Workflow::name, Function.identity()));
    }

    private static Optional<ModuleDescriptor> descriptor(ModuleRegistry modules, String name) {
        try {
            return modules.check(name) instanceof ModuleCheck.Usable usable
                    ? Optional.of(usable.descriptor())
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read module " + name, e);
        }
    }
}
