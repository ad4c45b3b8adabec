package dev.steward.requests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.steward.access.BreakGlassReviews;
import dev.steward.access.Reviews;
import dev.steward.catalog.Entity;
import dev.steward.incidents.IncidentEmergencies;
import dev.steward.incidents.Incidents;
import dev.steward.incidents.Severity;
import dev.steward.approvals.Approvals;
import dev.steward.approvals.DecisionOutcome;
import dev.steward.approvals.Proposal;
import dev.steward.approvals.Verdict;
import dev.steward.catalog.Entities;
import dev.steward.catalog.Owners;
import dev.steward.catalog.People;
import dev.steward.catalog.Person;
import dev.steward.catalog.SlackProfile;
import dev.steward.catalog.Standing;
import dev.steward.catalog.TeamSource;
import dev.steward.catalog.Teams;
import dev.steward.database.Database;
import dev.steward.database.FreshDatabase;
import dev.steward.database.Sealer;
import dev.steward.definitions.Loaded;
import dev.steward.definitions.Workflow;
import dev.steward.definitions.WorkflowFolder;
import dev.steward.jobs.Job;
import dev.steward.jobs.JobRunner;
import dev.steward.jobs.Jobs;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Ledger;
import dev.steward.modules.ModuleCheck;
import dev.steward.modules.ModuleDescriptor;
import dev.steward.modules.ModuleRegistry;
import dev.steward.modules.Vetting;
import dev.steward.oncall.OnCall;
import dev.steward.oncall.OnCallParts;
import dev.steward.outbox.Outbox;
import dev.steward.stacks.Leases;
import dev.steward.stacks.Stacks;
import dev.steward.terraform.EnvironmentPolicy;
import dev.steward.terraform.RunState;
import dev.steward.terraform.RunTables;
import dev.steward.terraform.Runner;
import dev.steward.terraform.StateProtocol;
import dev.steward.terraform.TerraformCli;
import dev.steward.terraform.TerraformVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A whole Steward without Slack: real database, real Terraform, the shipped modules, a state endpoint over real HTTP.
 * Closing it stops everything as a crash would; a second one on the same home goes on.
 */
final class Workbench implements AutoCloseable {
    static final String TEAM = "T1";
    final Path home;
    final Database database;
    final Ledger ledger;
    final People people;
    final Teams teams;
    final Entities entities;
    final Owners owners;
    final Approvals approvals;
    final RunTables runs;
    final Stacks stacks;
    final ModuleRegistry modules;
    final Outbox outbox;
    final Requests requests;
    final Reviews reviews;
    final BreakGlassReviews breakGlass;
    final Incidents incidents;
    /** Who is on call, by the name of what for. */
    final Map<String, List<String>> onCall = new ConcurrentHashMap<>();
    final AtomicReference<Duration> skew = new AtomicReference<>(Duration.ZERO);
    final InstantSource clock = () -> Instant.now().plus(skew.get());
    boolean slackAnswers = true;
    private final HttpServer server;
    private final JobRunner jobs;

    /** How a bench differs from the usual one. */
    record Options(Path modules, @Nullable Path workflows, Path binary, Duration planMaxAge,
            CredentialProfiles credentials, EnvironmentPolicy environment, Reviews.Rhythm rhythm) {
        static Options usual(Path home) {
            return new Options(copy(root().resolve("terraform-modules"), home.resolve("source")), null,
                    Workbench.terraform(), Duration.ofHours(4), CredentialProfiles.NONE,
                    EnvironmentPolicy.ofThisProcess(), new Reviews.Rhythm(Optional.empty(), Duration.ofDays(14),
                            Duration.ofDays(14)));
        }

        Options withTerraform(Path other) {
            return new Options(modules, workflows, other, planMaxAge, credentials, environment, rhythm);
        }

        Options withWorkflows(Path folder) {
            return new Options(modules, folder, binary, planMaxAge, credentials, environment, rhythm);
        }

        Options withModules(Path folder) {
            return new Options(folder, workflows, binary, planMaxAge, credentials, environment, rhythm);
        }

        Options withPlanMaxAge(Duration age) {
            return new Options(modules, workflows, binary, age, credentials, environment, rhythm);
        }

        Options withCredentials(CredentialProfiles profiles) {
            return new Options(modules, workflows, binary, planMaxAge, profiles, environment, rhythm);
        }

        Options withEnvironment(EnvironmentPolicy policy) {
            return new Options(modules, workflows, binary, planMaxAge, credentials, policy, rhythm);
        }

        Options withReviews(Reviews.Rhythm reviews) {
            return new Options(modules, workflows, binary, planMaxAge, credentials, environment, reviews);
        }
    }

    Workbench(Path home, Options options) {
        try {
            this.home = home;
            database = FreshDatabase.open(home.resolve("steward.db"));
            Sealer sealer = new Sealer(new byte[32]);
            ledger = new Ledger(clock);
            people = new People(ledger, clock);
            teams = new Teams(people, ledger, clock);
            entities = new Entities(teams, ledger, clock);
            owners = new Owners(people, teams, entities, ledger);
            approvals = new Approvals(people, teams, ledger, clock);
            stacks = new Stacks(clock);
            runs = new RunTables(ledger, sealer, clock, "bench");
            StateProtocol protocol = new StateProtocol(database, runs);
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/state/", exchange -> answer(protocol, exchange));
            server.start();
            Files.writeString(home.resolve("port"), String.valueOf(server.getAddress().getPort()));
            TerraformCli cli = new TerraformCli(options.binary(), home.resolve("terraform.rc"),
                    options.environment());
            TerraformVersion version = Installed.VERSION;
            modules = new ModuleRegistry(database, ledger, new Vetting(cli, Set.of()), options.modules(),
                    home.resolve("modules"));
            if (database.read(ledger::head).seq() == 0) {
                begin();
            }
            outbox = new Outbox(clock);
            Jobs jobTable = new Jobs(clock);
            Runner runner = new Runner(database, runs, cli, version,
                    new Runner.Settings(home.resolve("runs"),
                            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/state/"),
                            Duration.ofMinutes(5), Duration.ofSeconds(20)));
            var store = new RequestParts.Store(database, sealer, ledger, jobTable, outbox, runs, stacks,
                    new Leases(ledger, clock), clock);
            var catalog = new RequestParts.Catalog(people, teams, entities);
            var rules = new Incidents.Rules(Optional.of("incidents"), Set.of(Severity.SEV1), "platform");
            breakGlass = new BreakGlassReviews(store, catalog, "platform", this::requests);
            var emergencies = new IncidentEmergencies(store, catalog, rules, this::onCall, breakGlass);
            var parts = new RequestParts(store, catalog,
                    new RequestParts.Rules(workflows(options), modules, options.credentials(), this::refresh,
                            "platform", version.text(),
                            options.planMaxAge()),
                    approvals, runner, emergencies);
            requests = new Requests(parts);
            reviews = new Reviews(parts.store(), parts.catalog(), requests, options.rhythm());
            incidents = new Incidents(store, catalog, requests, new OnCall(new OnCallParts(
                    new OnCallParts.Store(database, ledger, jobTable, outbox, clock),
                    new OnCallParts.Catalog(people, teams), new OnCallParts.Rules(Map.of(), "platform", false))),
                    rules);
            Map<String, Job.Handler> handlers = new HashMap<>(requests.handlers());
            handlers.putAll(breakGlass.handlers());
            handlers.putAll(incidents.handlers());
            handlers.put("oncall.page", job -> Job.Outcome.DONE);
            handlers.put(Incidents.CHANNEL_JOB, job -> Job.Outcome.DONE);
            handlers.putAll(reviews.handlers());
            jobs = new JobRunner(database, jobTable, clock, handlers,
                    Map.of(Job.Lane.TERRAFORM, 2, Job.Lane.GENERAL, 2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Terraform of this machine, asked for its version once. */
    private static final class Installed {
        static final TerraformVersion VERSION = ask();

        private static TerraformVersion ask() {
            try {
                Path folder = Files.createTempDirectory("version");
                return new TerraformCli(terraform(), folder.resolve("terraform.rc"), EnvironmentPolicy.ofThisProcess())
                        .version(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    static Workbench started(Path home) {
        return started(home, Options.usual(home));
    }

    static Workbench started(Path home, Options options) {
        Workbench bench = new Workbench(home, options);
        bench.start();
        return bench;
    }

    void start() {
        requests.recover();
        reviews.recover();
        breakGlass.recover();
        incidents.recover();
        jobs.start();
    }

    private void begin() {
        database.writing(h -> {
            Actor ops = new Actor.Operator("ops");
            if (!modules.adoptLocked(h, ops).findings().isEmpty()) {
                throw new IllegalStateException("the modules do not match their lock file");
            }
            for (String name : List.of("dana", "omar", "pia", "paul", "olga")) {
                people.meet(h, new SlackProfile(TEAM, "U" + name, name, name, Optional.empty(), Standing.MEMBER));
            }
            people.meet(h, new SlackProfile(TEAM, "Ugus", "gus", "gus", Optional.empty(), Standing.GUEST));
            for (String team : List.of("payments", "checkout", "platform")) {
                teams.bind(h, ops, team, team, TeamSource.slackGroup("S" + team), Optional.of(team));
            }
        });
        members("payments", "dana", "omar");
        members("checkout", "olga");
        members("platform", "pia", "paul");
    }

    /** Makes those people the members of the team, as Slack would say it. */
    void members(String team, String... names) {
        Set<Actor.SlackUser> accounts = Stream.of(names).map(n -> new Actor.SlackUser(TEAM, "U" + n))
                .collect(Collectors.toSet());
        database.writing(h -> teams.mirror(h, new TeamSource.SlackGroup("S" + team), accounts));
    }

    private Requests requests() {
        return requests;
    }

    private List<Person> onCall(org.jdbi.v3.core.Handle handle, Entity entity) {
        return onCall.getOrDefault(entity.name(), List.of()).stream()
                .map(name -> people.byName(handle, name).orElseThrow()).toList();
    }

    private boolean refresh(Set<String> names) {
        return slackAnswers;
    }

    Person person(String name) {
        return database.read(h -> people.byName(h, name)).orElseThrow();
    }

    static Map<String, Object> answers(String name) {
        Map<String, Object> answers = new HashMap<>(Map.of("service", name, "purpose", "Takes card payments for us",
                "owner", "payments", "audience", "internal", "data_class", "internal", "tier", "tier-3", "lifecycle",
                "application-bound", "operated_by", "payments"));
        return answers;
    }

    SubmitOutcome submit(String who, Map<String, Object> answers) {
        return requests
                .submit(new Requests.Submission("new-service", person(who), answers, "form-" + answers.hashCode()));
    }

    RequestId submitted(String who, Map<String, Object> answers) {
        SubmitOutcome outcome = submit(who, answers);
        if (outcome instanceof SubmitOutcome.Accepted accepted) {
            return accepted.id();
        }
        throw new AssertionError("not accepted: " + outcome);
    }

    RequestView view(RequestId id) {
        return database.read(h -> requests.view(h, id)).orElseThrow();
    }

    RunState state(RequestId id) {
        return view(id).run().state();
    }

    Proposal proposal(RequestId id) {
        return view(id).approval().orElseThrow().proposal();
    }

    DecisionOutcome approve(String who, RequestId id) {
        return decide(who, id, Verdict.APPROVE, proposal(id).digest(), Optional.empty());
    }

    DecisionOutcome decide(String who, RequestId id, Verdict verdict, String digest, Optional<String> reason) {
        return requests.decide(new Requests.Click(person(who), proposal(id).id(), verdict, digest, reason));
    }

    <T> T read(Function<org.jdbi.v3.core.Handle, T> query) {
        return database.read(query);
    }

    int count(String sql) {
        return database.read(h -> h.createQuery(sql).mapTo(Integer.class).one());
    }

    private Map<String, Workflow> workflows(Options options) {
        Path folder = options.workflows() == null ? root().resolve("workflows/definitions") : options.workflows();
        Loaded loaded = WorkflowFolder.read(folder, this::descriptor);
        if (!loaded.problems().isEmpty()) {
            throw new IllegalStateException("problems in the workflows: " + loaded.problems());
        }
        return loaded.workflows().stream().collect(Collectors.toMap(Workflow::name, w -> w));
    }

    private Optional<ModuleDescriptor> descriptor(String name) {
        try {
            return modules.check(name) instanceof ModuleCheck.Usable usable
                    ? Optional.of(usable.descriptor())
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int port() throws IOException {
        Path file = home.resolve("port");
        return Files.exists(file) ? Integer.parseInt(Files.readString(file)) : 0;
    }

    private static void answer(StateProtocol protocol, HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
            Optional<String> lockId = query.startsWith("ID=") ? Optional.of(query.substring(3)) : Optional.empty();
            var reply = protocol.answer(new StateProtocol.Call(exchange.getRequestMethod(),
                    path.substring(path.lastIndexOf('/') + 1), lockId,
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
                    exchange.getRequestBody()));
            exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
            exchange.getResponseBody().write(reply.body());
        }
    }

    static Path root() {
        return Path.of(System.getProperty("steward.root", ".."));
    }

    static Path terraform() {
        return Stream.of(System.getenv("PATH").split(":")).map(dir -> Path.of(dir, "terraform"))
                .filter(Files::isExecutable).findFirst()
                .orElseThrow(() -> new IllegalStateException("Terraform is not on the PATH"));
    }

    static Path copy(Path from, Path to) {
        if (Files.exists(to)) {
            return to;
        }
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        jobs.close();
        server.stop(0);
        database.close();
    }
}
