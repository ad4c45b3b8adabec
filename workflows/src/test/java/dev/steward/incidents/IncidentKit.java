package dev.steward.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.approvals.Approvals;
import dev.steward.catalog.CatalogKit;
import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.catalog.Standing;
import dev.steward.database.Database;
import dev.steward.database.Json;
import dev.steward.database.Sealer;
import dev.steward.jobs.Job;
import dev.steward.jobs.Jobs;
import dev.steward.ledger.Entry;
import dev.steward.modules.ModuleRegistry;
import dev.steward.modules.Vetting;
import dev.steward.outbox.Outbox;
import dev.steward.requests.ActOutcome;
import dev.steward.oncall.OnCall;
import dev.steward.oncall.OnCallParts;
import dev.steward.oncall.Rotation;
import dev.steward.requests.CredentialProfiles;
import dev.steward.requests.Emergencies;
import dev.steward.requests.RequestParts;
import dev.steward.requests.Requests;
import dev.steward.stacks.Leases;
import dev.steward.stacks.Stacks;
import dev.steward.terraform.EnvironmentPolicy;
import dev.steward.terraform.RunTables;
import dev.steward.terraform.Runner;
import dev.steward.terraform.TerraformCli;
import dev.steward.terraform.TerraformVersion;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** Incidents over a real database, with a clock that stands still until it is set. Nothing here starts Terraform. */
public final class IncidentKit implements AutoCloseable {
    static final Incidents.Rules RULES = new Incidents.Rules(Optional.of("incidents"), Set.of(Severity.SEV1),
            "platform");

    public final CatalogKit catalog;
    public final Outbox outbox;
    public final Person dana;
    public final Person omar;
    final Person pia;
    final Person gus;
    final Entity checkout;
    final Entity ledger;
    final Entity cart;
    private final Path folder;
    private final Jobs jobs;
    private final Incidents.Rules rules;
    private int declared;
    /** Nobody is on call, and nobody is paged, unless a test says so. */
    Map<String, Rotation> rotations = Map.of();
    OnCall onCall;
    Requests requests;
    public Incidents incidents;

    public IncidentKit(Path folder) {
        this(folder, RULES);
    }

    /** Dana and Omar own checkout, which depends on Pia's ledger; cart depends on checkout. */
    IncidentKit(Path folder, Incidents.Rules rules) {
        this.folder = folder;
        this.rules = rules;
        catalog = new CatalogKit(folder);
        outbox = new Outbox(catalog);
        jobs = new Jobs(catalog);
        dana = catalog.member("dana");
        omar = catalog.member("omar");
        pia = catalog.member("pia");
        gus = catalog.met("gus", Standing.GUEST);
        catalog.slackTeam("payments", dana, omar);
        catalog.slackTeam("platform", pia);
        checkout = catalog.service("checkout", "payments");
        ledger = catalog.service("ledger", "platform");
        cart = catalog.service("cart", "payments");
        depends(checkout, ledger);
        depends(cart, checkout);
        restart();
    }

    void depends(Entity entity, Entity on) {
        catalog.write(h -> catalog.entities().addDependency(h, CatalogKit.OPERATOR, entity.id(), on.id()));
    }

    /** New use cases over the same database, as after a restart. */
    void restart() {
        Sealer sealer = new Sealer(new byte[32]);
        Stacks stacks = new Stacks(catalog);
        RunTables runs = new RunTables(catalog.ledger(), sealer, catalog, "kit");
        TerraformCli cli = new TerraformCli(Path.of("terraform"), folder.resolve("terraform.rc"),
                EnvironmentPolicy.ofThisProcess());
        var store = new RequestParts.Store(catalog.database(), sealer, catalog.ledger(), jobs, outbox, runs, stacks,
                new Leases(catalog.ledger(), catalog), catalog);
        var parts = new RequestParts.Catalog(catalog.people(), catalog.teams(), catalog.entities());
        var registry = new ModuleRegistry(catalog.database(), catalog.ledger(), new Vetting(cli, Set.of()),
                folder.resolve("source"), folder.resolve("modules"));
        Runner runner = new Runner(catalog.database(), runs, cli, TerraformVersion.OLDEST, new Runner.Settings(
                folder.resolve("runs"), URI.create("http://127.0.0.1:1/"), Duration.ofMinutes(5),
                Duration.ofSeconds(5)));
        requests = new Requests(new RequestParts(store, parts,
                new RequestParts.Rules(Map.of(), registry, CredentialProfiles.NONE, teams -> true, "platform", "1.11.0",
                        Duration.ofHours(4)),
                new Approvals(catalog.people(), catalog.teams(), catalog.ledger(), catalog), runner,
                Emergencies.NONE));
        onCall = new OnCall(new OnCallParts(
                new OnCallParts.Store(catalog.database(), catalog.ledger(), jobs, outbox, catalog),
                new OnCallParts.Catalog(catalog.people(), catalog.teams()),
                new OnCallParts.Rules(rotations, "platform", false)));
        incidents = new Incidents(store, parts, requests, onCall, rules);
        incidents.recover();
    }

    /** What somebody types first: a title, SEV-2, on checkout. */
    public Declaration said(String title) {
        return new Declaration(title, Severity.SEV2, new Declaration.Details(Optional.of(checkout.id()), "", false,
                Optional.empty(), false), dana, new Declaration.Origin.Command(), "key-" + ++declared);
    }

    static Declaration with(Declaration before, UnaryOperator<Declaration.Details> change) {
        return new Declaration(before.title(), before.severity(), change.apply(before.details()), before.by(),
                before.origin(), before.idempotencyKey());
    }

    public static Declaration confidential(Declaration before) {
        return with(before, d -> new Declaration.Details(d.entity(), d.summary(), true, d.lead(), d.triage()));
    }

    static Declaration led(Declaration before, Person lead) {
        return with(before, d -> new Declaration.Details(d.entity(), d.summary(), d.confidential(), Optional.of(lead),
                d.triage()));
    }

    static Declaration on(Declaration before, Optional<Entity> entity) {
        return with(before, d -> new Declaration.Details(entity.map(Entity::id), d.summary(), d.confidential(),
                d.lead(), d.triage()));
    }

    static Declaration by(Declaration before, Person person) {
        return new Declaration(before.title(), before.severity(), before.details(), person, before.origin(),
                before.idempotencyKey());
    }

    static Declaration of(Declaration before, Severity severity) {
        return new Declaration(before.title(), severity, before.details(), before.by(), before.origin(),
                before.idempotencyKey());
    }

    static Declaration from(Declaration before, Declaration.Origin origin) {
        return new Declaration(before.title(), before.severity(), before.details(), before.by(), origin,
                before.idempotencyKey());
    }

    public Incident declared(Declaration declaration) {
        DeclareOutcome outcome = incidents.declare(declaration);
        if (outcome instanceof DeclareOutcome.Declared one) {
            return one.incident();
        }
        throw new AssertionError(outcome);
    }

    Incident declared(String title) {
        return declared(said(title));
    }

    String refused(Declaration declaration) {
        DeclareOutcome outcome = incidents.declare(declaration);
        if (outcome instanceof DeclareOutcome.Refused(String field, String why)) {
            return field + ": " + why;
        }
        throw new AssertionError(outcome);
    }

    /** As it is now. */
    public Incident now(Incident incident) {
        return inside(incident).incident();
    }

    IncidentView inside(Incident incident) {
        return catalog.find(h -> incidents.inside(h, incident.id())).orElseThrow();
    }

    Optional<IncidentView> seen(Incident incident, Person viewer) {
        return catalog.find(h -> incidents.view(h, incident.id(), Optional.of(viewer)));
    }

    /** With its channel in Slack, made and everybody invited. */
    Incident withChannel(Incident incident) {
        writing(h -> {
            incidents.channelMade(h, incident.id(), "C" + incident.id().value(), incident.channel().name());
            incidents.setup(h, incident.id()).orElseThrow().invite()
                    .forEach(person -> incidents.joined(h, incident.id(), person.id(), Optional.empty()));
            incidents.channelReady(h, incident.id());
        });
        return now(incident);
    }

    public void writing(Consumer<Handle> work) {
        catalog.database().writing(work);
    }

    public <T> T read(Function<Handle, T> work) {
        return catalog.read(work);
    }

    public List<TimelineEntry> timeline(Incident incident) {
        return catalog.list(h -> incidents.timeline(h, incident.id(), true, 1000, 0));
    }

    public List<String> texts(Incident incident) {
        return timeline(incident).stream().map(TimelineEntry::text).toList();
    }

    /** What the ledger says of it. */
    List<String> story(Incident incident) {
        return catalog.list(h -> catalog.ledger().about(h, incident.id().text())).stream()
                .map(Entry::action).toList();
    }

    /** Keys of the messages that wait. */
    List<String> messages(Incident incident) {
        return catalog.list(h -> h.createQuery("SELECT key FROM outbox WHERE key LIKE :like ORDER BY id")
                .bind("like", "incident:" + incident.id().value() + ":%").mapTo(String.class).list());
    }

    /** Where the message of that key goes, with its view. */
    String message(String key) {
        return read(
                h -> h.createQuery("SELECT destination || ' ' || view FROM outbox WHERE key = :key").bind("key", key)
                        .mapTo(String.class).findOne().orElse("nothing"));
    }

    public int count(String sql) {
        return read(h -> h.createQuery(sql).mapTo(Integer.class).one());
    }

    /** As if everything had been sent. */
    void allSent() {
        writing(h -> {
            h.execute("INSERT OR IGNORE INTO slack_message (key, channel, ts, digest, posted_at)"
                    + " SELECT key, 'C', id, '', 0 FROM outbox");
            h.execute("DELETE FROM outbox");
        });
    }

    /** The background work is done once; answers after how long it wants to be done again. */
    Duration swept() {
        try {
            Job.Outcome outcome = Objects.requireNonNull(incidents.handlers().get(IncidentSweep.JOB))
                    .run(new Job(1, IncidentSweep.JOB, IncidentSweep.JOB, Json.tree("{}"), 1, 0));
            return ((Job.Outcome.Again) outcome).after();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static String done(ActOutcome outcome) {
        assertThat(outcome).isInstanceOf(ActOutcome.Done.class);
        return ((ActOutcome.Done) outcome).message();
    }

    static String refused(ActOutcome outcome) {
        assertThat(outcome).isInstanceOf(ActOutcome.Refused.class);
        return ((ActOutcome.Refused) outcome).why();
    }

    /** A stack that carries an entity, with the run of a request that made it, and who approved. */
    long applied(Entity entity, String subject, String state, Duration ago) {
        return catalog.write(h -> {
            long at = catalog.instant().minus(ago).toEpochMilli();
            h.execute("""
                    INSERT INTO stack (name, module, lineage, owner, status, created_at, updated_at)
                    SELECT ?, 'm', ?, id, 'active', 0, 0 FROM team WHERE name = ?""", subject, subject, entity.owner());
            long stack = Database.lastId(h);
            h.execute("INSERT INTO stack_entity (stack, entity) VALUES (?, ?)", stack, entity.id().value());
            h.execute("""
                    INSERT INTO request (workflow, workflow_digest, requester, channel, subject, state, stack,
                        idempotency_key, created_at, updated_at)
                    VALUES ('new-service', 'd', ?, 'c', ?, 'done', ?, ?, 0, 0)""", dana.id(), subject, stack, subject);
            long request = Database.lastId(h);
            h.execute("""
                    INSERT INTO run (stack, request, operation, state, module, module_digest, terraform_version, inputs,
                        policy_digest, host, created_at, updated_at, ended_at)
                    VALUES (?, ?, 'create', ?, 'm', 'd', '1', x'', 'd', 'h', ?, ?, ?)""", stack, request, state, at, at,
                    at);
            long run = Database.lastId(h);
            h.execute("UPDATE request SET run = ? WHERE id = ?", run, request);
            h.execute("""
                    INSERT INTO plan (run, bytes, sha256, lineage, serial, content_digest, view, creates, updates,
                        deletes, created_at) VALUES (?, x'', 's', 'l', 1, 'd', '{}', 3, 1, 0, 0)""", run);
            h.execute("""
                    INSERT INTO proposal (kind, subject, digest, requester, stages, state, expires_at, created_at)
                    VALUES ('plan', ?, 'd', ?, '[{}]', 'approved', 0, 0)""", "RUN-" + run, dana.id());
            h.execute("""
                    INSERT INTO decision (proposal, stage, person, verdict, digest, at)
                    VALUES (?, 0, ?, 'approve', 'd', 0)""", Database.lastId(h), omar.id());
            return run;
        });
    }

    @Override
    public void close() {
        assertThat(catalog.ledgerIntact()).isTrue();
        catalog.close();
    }
}
