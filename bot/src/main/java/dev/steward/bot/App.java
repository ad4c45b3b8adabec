package dev.steward.bot;

import dev.steward.bot.http.Health;
import dev.steward.bot.http.Metrics;
import dev.steward.bot.http.PortTaken;
import dev.steward.bot.http.PublicServer;
import dev.steward.bot.http.StateServer;
import dev.steward.bot.slack.SlackEndpoint;
import dev.steward.bot.slack.people.Workspace;
import dev.steward.bot.slack.socket.Sockets;
import dev.steward.catalog.Team;
import dev.steward.database.CannotStore;
import dev.steward.database.DatabaseUnusable;
import dev.steward.database.Sealer;
import dev.steward.jobs.Job;
import dev.steward.jobs.JobRunner;
import dev.steward.jobs.Jobs;
import dev.steward.ledger.Actor;
import dev.steward.outbox.Outbox;
import dev.steward.terraform.RunTables;
import dev.steward.terraform.StateProtocol;
import dev.steward.terraform.TerraformUnusable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.generic.GenericType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A serving Steward: every part, opened in the order in which they need each other and closed in reverse.
 *
 * <p>
 * It is told to stop by {@link #close}: it takes no new work, says so at {@code /readyz}, waits for running applies as
 * long as the settings allow, and closes.
 */
public final class App implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(App.class);
    private static final int LONGEST_WAIT_SECONDS = 10;
    /** Longer than any call to Slack takes. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(15);

    private final Settings settings;
    private final InstantSource clock;
    private final Stores stores;
    private final Sealer sealer;
    private final Opened opened;
    private final Metrics metrics;
    private final Health health;
    private final Jobs jobs;
    private final Outbox outbox;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

    /** What opening came to. */
    public sealed interface Outcome {
        /** It serves, or will as soon as Slack can be reached; {@code /readyz} says which. */
        record Serving(App app) implements Outcome {}

        /**
         * It cannot serve, and nothing is left open.
         *
         * @param why
         *            what is wrong and what to do
         */
        record Refused(String why) implements Outcome {}
    }

    private App(Settings settings, InstantSource clock, Stores stores, Sealer sealer, Opened opened) {
        this.settings = settings;
        this.clock = clock;
        this.stores = stores;
        this.sealer = sealer;
        this.opened = opened;
        metrics = opened.add(new Metrics());
        health = new Health(stores.database()::answers);
        jobs = new Jobs(clock);
        outbox = new Outbox(clock);
    }

    /**
     * Opens the home and begins to serve.
     *
     * @param settings
     *            read for {@link Settings.Purpose#SERVE}
     * @throws RuntimeException
     *             if a part cannot be opened; nothing is left open then
     */
    public static Outcome open(Settings settings, InstantSource clock) {
        Home home = new Home(settings.places().home().toAbsolutePath().normalize());
        Optional<String> unwritable = home.unwritable();
        if (unwritable.isPresent()) {
            return new Outcome.Refused(unwritable.get());
        }
        Home.create(settings.places().home());
        if (!home.isInitialised()) {
            return new Outcome.Refused("There is no Steward in " + home.folder()
                    + " yet. Begin one with: steward init --admin <your Slack user id>, or name its home in"
                    + " STEWARD_HOME.");
        }
        Opened opened = new Opened();
        try {
            Outcome outcome = open(settings, home, clock, opened);
            if (outcome instanceof Outcome.Refused) {
                opened.close();
            }
            return outcome;
        } catch (Core.Unusable | TerraformUnusable | DatabaseUnusable e) {
            opened.close();
            return new Outcome.Refused(String.valueOf(e.getMessage()));
        } catch (PortTaken e) {
            opened.close();
            return new Outcome.Refused("Port " + e.port() + " is taken by another program. Stop that, or choose other"
                    + " ports in STEWARD_PORT (Slack) and STEWARD_STATE_PORT (Terraform).");
        } catch (RuntimeException e) {
            opened.close();
            return new Outcome.Refused(CannotStore.behind(e).map(why -> why.reason().words())
                    .map(words -> home.database()
                            + " cannot be opened: " + words + ". Mend that, and start Steward again.")
                    .orElseThrow(() -> e));
        }
    }

    private static Outcome open(Settings settings, Home home, InstantSource clock, Opened opened) {
        switch (HomeLock.take(home, clock)) {
            case HomeLock.Outcome.Taken taken -> opened.add(taken.lock());
            case HomeLock.Outcome.Held held -> {
                return new Outcome.Refused("Another Steward serves from " + home.folder() + ": " + held.holder()
                        + ". Stop it first, or give this one a home of its own in STEWARD_HOME.");
            }
        }
        Stores stores = opened.add(Stores.open(home, clock));
        return switch (HomeKey.open(home, settings.places().key(), stores.database())) {
            case HomeKey.Outcome.Refused refused -> new Outcome.Refused(refused.why());
            case HomeKey.Outcome.Ready ready -> {
                App app = new App(settings, clock, stores, ready.sealer(), opened);
                app.start(home);
                yield new Outcome.Serving(app);
            }
        };
    }

    private void start(Home home) {
        if (clock instanceof TurnedClock turned) {
            LOG.warn("the clock is turned by {} ({}): good for a playground, never for the real thing", turned.file(),
                    TurnedClock.VARIABLE);
        }
        Disks disks = opened.add(new Disks(home, stores.database()));
        disks.measure(metrics);
        health.warnings(disks::warnings);
        stores.database().writing(h -> new Installation(stores).bindTeams(h, settings.organisation(), Actor.STEWARD));
        measure();
        RunTables runs = new RunTables(stores.ledger(), sealer, clock, hostName());
        StateProtocol states = new StateProtocol(stores.database(), runs);
        StateServer stateServer = opened.add(StateServer.start(settings.listening().statePort(),
                StateProtocol.MAX_STATE_BYTES, states::answer, metrics));
        Core.Prepared prepared = Core
                .prepare(new Core.Ground(settings, home, stores, sealer, clock, jobs, outbox, runs));
        Doorway door = new Doorway();
        PublicServer server = opened.add(PublicServer.start(settings.listening().port(), way(door),
                Optional.of(AlertDoor.open(settings.webhooks(), stores.database(), jobs, clock, opened, metrics)),
                health,
                metrics));
        LOG.info("listening on port {} with key {}", server.port(), sealer.keyId());
        try {
            serve(Core.open(prepared, stateServer.port()), door);
        } catch (Workspace.Unreachable e) {
            Thread trying = Thread.ofPlatform().name("slack-connect")
                    .start(() -> keepTrying(() -> serve(Core.open(prepared, stateServer.port()), door), e));
            opened.add(() -> {
                trying.interrupt();
                trying.join(LONGEST_CALL);
            });
        }
    }

    /**
     * Slack cannot be reached at the start: the process is alive and not ready, so that an apply which an earlier one
     * started keeps its state endpoint, and begins by itself as soon as Slack answers.
     */
    private void keepTrying(Runnable start, Workspace.Unreachable first) {
        String problem = String.valueOf(first.getMessage());
        try {
            for (int tries = 0;; tries++) {
                health.waiting(problem);
                LOG.warn("{}; it is tried again", problem);
                Thread.sleep(Duration.ofSeconds(Math.min(1L << Math.min(tries, 10), LONGEST_WAIT_SECONDS)));
                try {
                    start.run();
                    return;
                } catch (Workspace.Unreachable e) {
                    problem = String.valueOf(e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Opened.Closing e) {
            LOG.info("stopped before Slack could be reached");
        } catch (Core.Unusable e) {
            fail(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("Steward could not begin to serve", e);
            fail("Steward could not begin to serve; its log says more.");
        }
    }

    private void fail(String why) {
        failure.set(why);
        closed.countDown();
    }

    private void serve(Core core, Doorway door) {
        opened.add(core.connection());
        opened.add(core.slack());
        metrics.gauge("steward.slack.unreachable.seconds", "For how long Slack has not answered; 0 while it does",
                () -> core.slack().unreachableSince()
                        .map(since -> Duration.between(since, clock.instant()).toSeconds()).orElse(0L));
        JobRunner runner = opened.add(new JobRunner(stores.database(), jobs, clock, core.handlers(), widths()));
        begin(core, runner);
        core.slack().warmUp();
        opened.add(door::shut);
        core.slack().endpoint().ifPresent(door::open);
        core.slack().sockets().ifPresent(this::connect);
        opened.add(() -> drain(core, runner));
        health.ready();
        LOG.info("serving");
    }

    private void begin(Core core, JobRunner runner) {
        core.use().recover();
        runner.start();
        Set<String> unread = unreadTeams();
        if (!core.connection().refresh(unread)) {
            LOG.warn("not every team could be read from Slack; those have no members until they are");
        }
        core.use().onCall().recover();
        core.connection().schedule();
        stores.database().writing(h -> Upkeep.schedule(h, jobs, settings, clock));
        core.slack().start();
    }

    /** In Socket Mode there is no door to the outside. */
    private Optional<SlackEndpoint> way(Doorway door) {
        return settings.slack().filter(slack -> slack.wayIn() instanceof Settings.WayIn.Http).map(slack -> door);
    }

    private void connect(Sockets sockets) {
        opened.add(sockets);
        metrics.gauge("steward.slack.connections.open", "Connections to Slack that are open", sockets::open);
        metrics.gauge("steward.slack.connections.wanted", "Connections to Slack that are to be open",
                sockets::wanted);
        metrics.gauge("steward.slack.connections.ended", "Connections to Slack that have ended since the start",
                sockets::replaced);
        health.receivesOver(sockets::open, sockets.wanted());
        sockets.start();
    }

    /** Teams whose members count for nothing until they are read: nobody could be asked, no form could be prefilled. */
    private Set<String> unreadTeams() {
        return stores.database().read(h -> stores.teams().all(h).stream()
                .filter(team -> !stores.teams().current(team, clock.instant())).map(Team::name)
                .collect(Collectors.toSet()));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            LOG.warn("this machine's own name cannot be looked up; it is called localhost");
            return "localhost";
        }
    }

    /** Two cores sustain two plans at a time; more of them only wait for each other. */
    private static Map<Job.Lane, Integer> widths() {
        return Map.of(Job.Lane.TERRAFORM, Runtime.getRuntime().availableProcessors(), Job.Lane.GENERAL, 8);
    }

    private void measure() {
        metrics.gauge("steward.outbox.waiting", "Messages that wait to be sent",
                () -> stores.database().read(outbox::waiting));
        metrics.gauge("steward.outbox.undeliverable", "Messages that were given up",
                () -> stores.database().read(outbox::undeliverable));
        for (Job.Lane lane : Job.Lane.values()) {
            metrics.gauge("steward.jobs.pending." + lane.name().toLowerCase(Locale.ROOT),
                    "Jobs that are due or running", () -> stores.database().read(h -> jobs.pending(h, lane)));
        }
        metrics.gauges("steward.runs", "Terraform runs by state", "state",
                () -> stores.database().read(App::runsByState));
    }

    private static Map<String, Integer> runsByState(Handle handle) {
        return handle.createQuery("SELECT state, count(*) AS runs FROM run GROUP BY state").setMapKeyColumn("state")
                .setMapValueColumn("runs").collectInto(new GenericType<>() {
                });
    }

    private void drain(Core core, JobRunner runner) {
        health.draining();
        runner.claimNoMore();
        core.slack().draining();
        LOG.info("stopping: waiting up to {} s for what is running", settings.applying().drain().toSeconds());
        if (!runner.drain(settings.applying().drain())) {
            LOG.warn("some work is still running; it is found again at the next start");
        }
    }

    /**
     * Waits until it is closed, or cannot go on and is to be closed.
     *
     * @return why it cannot go on, if it cannot
     */
    public Optional<String> await() throws InterruptedException {
        closed.await();
        return Optional.ofNullable(failure.get());
    }

    @Override
    public void close() {
        opened.close();
        closed.countDown();
    }
}
