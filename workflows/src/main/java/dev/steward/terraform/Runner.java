package dev.steward.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Database;
import dev.steward.database.Disk;
import dev.steward.database.Sha256;
import dev.steward.ledger.Actor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives Terraform for runs: plans, applies a claimed plan, finds a process again after a restart, and says what became
 * of it. It changes a run's state only where the process itself makes that necessary; what follows is the caller's.
 *
 * <p>
 * Blocking; as many calls at once as the caller has threads. An interrupted thread leaves Terraform running.
 */
public final class Runner {
    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final int MOST_VAIN = 3;

    private final Database database;
    private final RunTables tables;
    private final TerraformCli cli;
    private final ModuleWorkspace workspaces;
    private final Settings settings;
    private final Reading reading;
    private final LeftOverState leftOvers;

    /**
     * A runner over the tables given.
     *
     * @param version
     *            of the binary behind the command line
     */
    public Runner(Database database, RunTables tables, TerraformCli cli, TerraformVersion version, Settings settings) {
        this.database = database;
        this.tables = tables;
        this.cli = cli;
        this.settings = settings;
        workspaces = new ModuleWorkspace(cli, version, settings.folder().resolve("prepared"));
        reading = new Reading(cli, tables.digestKey());
        leftOvers = new LeftOverState(tables, settings.folder().resolveSibling("kept"));
    }

    /**
     * How runs are run.
     *
     * @param folder
     *            below which each attempt has a folder of its own
     * @param stateEndpoint
     *            base of the state listener's addresses, ending with a slash
     * @param limit
     *            wall clock of one attempt; after it, Terraform is asked to stop
     * @param grace
     *            how long Terraform may take to stop before it is killed
     */
    public record Settings(Path folder, URI stateEndpoint, Duration limit, Duration grace) {}

    /** Why Terraform cannot be started, for people; empty when it can. */
    public Optional<String> unusable() {
        try {
            cli.requireBinary();
            return Optional.empty();
        } catch (TerraformUnusable e) {
            return Optional.of(e.getMessage() == null ? "Terraform cannot be started." : e.getMessage());
        }
    }

    /** Why nothing can be begun for want of space, for people; empty when there is room. */
    public Optional<String> noRoom() {
        return new Disk(settings.folder()).noRoom();
    }

    /** Plans the run. Nothing is stored but the attempt; the caller stores what comes of it. */
    public PlanResult plan(Run run, PreparedModule module) throws InterruptedException {
        Optional<Opened> opened = database.write(h -> openPlan(h, run));
        if (opened.isEmpty()) {
            return new PlanResult.Overtaken();
        }
        Opened open = opened.get();
        sweepBefore(open.attempt());
        RunFolder folder = folder(open.attempt());
        try {
            PlanResult result = plan(open, folder, module);
            putAway(open.attempt(), folder);
            return result;
        } catch (RuntimeException e) {
            putAway(open.attempt(), folder);
            throw e;
        }
    }

    /** An interrupted plan is left as it is: whoever plans the run again revokes its token first. */
    private PlanResult plan(Opened open, RunFolder folder, PreparedModule module) throws InterruptedException {
        try {
            ModuleWorkspace.checkOut(module.source(), folder.module());
            VarFile varFile = VarFile.write(folder.varFile(), inputs(open.run()));
            TerraformProcess process = start(open.attempt(), open.token(), module,
                    new PlanCommand(mode(open.run().operation()), folder.varFile(), folder.plan()));
            Liveness end = await(process, folder, open.run(), progress -> {});
            process.kill(); // what Terraform started and left behind
            return planned(open, module, varFile, end);
        } catch (ModuleNotPrepared e) {
            return new PlanResult.Failed(open.run(), RunFailure.of("Module `" + open.run().module()
                    + "` could not be prepared: " + e.getMessage() + "."));
        }
    }

    private static PlanCommand.Mode mode(RunOperation operation) {
        return switch (operation) {
            case CREATE, CHANGE -> PlanCommand.Mode.NORMAL;
            case DESTROY -> PlanCommand.Mode.DESTROY;
            case REFRESH -> PlanCommand.Mode.REFRESH_ONLY;
        };
    }

    private void putAway(Attempt attempt, RunFolder folder) {
        database.writing(h -> tables.attempts().ended(h, attempt, exitCode(folder.liveness())));
        wipe(folder);
    }

    /** An attempt that was opened, and the run as it is since. */
    private record Opened(Run run, Attempt attempt, String token) {}

    private Optional<Opened> openPlan(Handle handle, Run seen) {
        Attempt.Opened opened = tables.attempts().open(handle, seen, Attempt.Kind.PLAN);
        boolean refreshing = seen.state() instanceof RunState.Approved;
        Optional<Run> run = refreshing
                ? Optional.of(tables.runs().byId(handle, seen.id())).filter(now -> now.version() == seen.version())
                : tables.runs().move(handle, seen, new RunState.Planning(opened.attempt().id()), Actor.STEWARD,
                        Map.of("attempt", opened.attempt().id()));
        if (run.isEmpty()) {
            tables.attempts().revokeAll(handle, seen.id());
        }
        return run.map(r -> new Opened(r, opened.attempt(), opened.token()));
    }

    private PlanResult planned(Opened open, PreparedModule module, VarFile varFile, Liveness end)
            throws InterruptedException {
        Run run = open.run();
        Optional<Actor> cancelled = database.read(h -> tables.runs().cancelRequested(h, run.id()));
        if (cancelled.isPresent()) {
            return new PlanResult.Cancelled(run, cancelled.get());
        }
        RunFolder folder = folder(open.attempt());
        OutputEvents events = OutputEvents.read(folder.output());
        Redactor.Builder secrets = Reading.known(module, open.token(), inputs(run));
        Optional<String> failure = replaced(run, events).or(() -> planFailure(open.attempt(), folder, end));
        if (failure.isPresent()) {
            return new PlanResult.Failed(run, Reading.failure(failure.get(), events, varFile, secrets.build()));
        }
        Reading.Read read = reading.plan(folder, secrets);
        boolean trusted = events.summary().map(read.view()::agreesWith).orElse(!read.view().applyable());
        if (read.view().errored() || !trusted) {
            String what = trusted ? "Terraform could not plan this." : "The plan could not be read for certain.";
            return new PlanResult.Failed(run, Reading.failure(what, events, varFile, secrets.build()));
        }
        if (!read.view().applyable()) {
            return new PlanResult.NothingToDo(run);
        }
        StateVersions.Version state = database.read(h -> tables.states().latest(h, run.stack()));
        return new PlanResult.Planned(run, new Plans.Made(read.bytes(), Sha256.of(read.bytes()), state.lineage(),
                state.serial(), read.view()));
    }

    /** Plans and states are bound to the version that Steward began with. */
    private static Optional<String> replaced(Run run, OutputEvents events) {
        return events.version().filter(now -> !now.equals(run.terraformVersion()))
                .map(now -> "Terraform was replaced by version " + now + " while Steward serves with "
                        + run.terraformVersion()
                        + ": the platform team has to start Steward again. Nothing was changed.");
    }

    private Optional<String> planFailure(Attempt attempt, RunFolder folder, Liveness end) {
        boolean ended = end instanceof Liveness.Ended(int code) && (code == 0 || code == 2);
        if (!ended || !Files.exists(folder.plan())) {
            noRoom().ifPresent(why -> {
                throw new NoRoom(why);
            });
            return Optional.of(folder.stopReason().map(why -> why + " Nothing was changed.")
                    .orElse("Terraform could not plan this."));
        }
        boolean locked = database.read(h -> tables.attempts().byId(h, attempt.id())).lockId().isPresent();
        return locked
                ? Optional.empty()
                : Optional.of("Terraform planned without asking for the state's lock, so the plan is not trusted.");
    }

    /** Looks whether what the run's module made is still there, by its inputs; nothing is stored or changed. */
    public ProbeResult probe(Run run, PreparedModule module) throws InterruptedException {
        return new Probe(cli, settings.folder().resolve("probe-" + run.id().text() + "-" + UUID.randomUUID()))
                .look(module, inputs(run));
    }

    /**
     * Claims an approved run in the caller's transaction, before any process is started.
     *
     * @return nothing when the run has moved on
     */
    public Optional<Claim> claim(Handle handle, Run approved, Plans.Stored plan) {
        Attempt.Opened opened = tables.attempts().open(handle, approved, Attempt.Kind.APPLY);
        Optional<Run> run = tables.runs().move(handle, approved,
                new RunState.ApplyClaimed(plan.id(), opened.attempt().id()), Actor.STEWARD,
                Map.of("attempt", opened.attempt().id(), "plan", plan.id(), "plan_sha256", plan.sha256()));
        if (run.isEmpty()) {
            tables.attempts().revokeAll(handle, approved.id());
        }
        return run.map(r -> new Claim(r, plan, opened.token()));
    }

    /** Starts Terraform on the claimed plan; returns as soon as it runs. */
    public void launch(Claim claim, PreparedModule module) throws InterruptedException {
        Attempt attempt = attempt(claim.run());
        sweepBefore(attempt);
        RunFolder folder = folder(attempt);
        byte[] plan = database.read(h -> tables.plans().bytes(h, claim.plan()));
        if (!Sha256.of(plan).equals(claim.plan().sha256())) {
            throw new IllegalStateException("the stored plan of " + claim.run().id().text() + " was altered");
        }
        try {
            ModuleWorkspace.checkOut(module.source(), folder.module());
            PrivateFiles.write(folder.plan(), plan);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + claim.run().id().text(), e);
        }
        start(attempt, claim.token(), module, new ApplyCommand(folder.plan(), Optional.empty()));
    }

    /**
     * Waits for the end of a claimed or applying run, whoever started it, and judges it.
     *
     * @param credentials
     *            what is masked in the result besides the secrets of the plan; an earlier Steward may have started the
     *            run, so this is every value that it can have used
     */
    public ApplyResult watch(Run run, Collection<String> credentials, Consumer<Progress> onProgress)
            throws InterruptedException {
        Attempt attempt = attempt(run);
        RunFolder folder = folder(attempt);
        TerraformProcess process = TerraformProcess.attach(folder);
        ShownAddresses addresses = shown(run);
        Liveness end = await(process, folder, run, progress -> onProgress.accept(addresses.masked(progress)));
        if (!(end instanceof Liveness.Ended)) {
            process.kill(); // after an orderly end, whatever Terraform left behind goes with its folder
        }
        boolean taken = leftOvers.take(database, attempt, folder);
        OutputEvents events = OutputEvents.read(folder.output());
        Reading.Remains remains = new Reading.Remains(folder, events, inputs(run), credentials);
        if (!taken) {
            return new ApplyResult.Indeterminate(reading.failure(
                    "Terraform could not store its state, and what it left "
                            + "behind does not fit. It is kept, sealed, as " + leftOvers.keep(attempt, folder) + ".",
                    remains));
        }
        ApplyVerdict verdict = database.read(h -> {
            boolean granted = tables.attempts().byId(h, attempt.id()).lockId().isPresent();
            boolean cancelled = tables.runs().cancelRequested(h, run.id()).isPresent();
            return ApplyVerdict.classify(exitCode(end), events, tables.states().advancedBy(h, attempt), granted,
                    cancelled);
        });
        LOG.info("{} ended: {}", run.id().text(), verdict.getClass().getSimpleName());
        if (verdict instanceof ApplyVerdict.LockRefused) {
            Optional<String> hopeless = folder.stopReason().or(() -> replaced(run, events));
            if (hopeless.isPresent()) {
                return new ApplyResult.Failed(reading.failure(hopeless.get(), remains));
            }
        }
        if (verdict instanceof ApplyVerdict.LockRefused && vain(run) >= MOST_VAIN) {
            return new ApplyResult.Failed(reading.failure(
                    "Terraform ended " + MOST_VAIN + " times before it asked for the state's lock.", remains));
        }
        return result(run, remains, verdict);
    }

    /** How many applies of the run ended without ever having had the lock. */
    private long vain(Run run) {
        return database.read(h -> tables.attempts().ofRun(h, run.id())).stream()
                .filter(a -> a.kind() == Attempt.Kind.APPLY && a.lockId().isEmpty()).count();
    }

    private ApplyResult result(Run run, Reading.Remains remains, ApplyVerdict verdict)
            throws InterruptedException {
        return switch (verdict) {
            case ApplyVerdict.Applied(ChangeSummary s) ->
                new ApplyResult.Applied(s.add(), s.change(), s.remove(), outputs(run, remains), deleted(run, remains));
            case ApplyVerdict.NothingChanged n ->
                new ApplyResult.Applied(0, 0, 0, reading.outputs(remains), deleted(run, remains));
            case ApplyVerdict.Failed f -> new ApplyResult.Failed(
                    reading.failure(because(remains, "Terraform failed before it changed anything."), remains));
            case ApplyVerdict.Partial p -> new ApplyResult.Partial(reading.failure(
                    because(remains, "Terraform failed half-way: ") + count(p.finished()) + " done, "
                            + count(p.failed()) + " failed.",
                    remains));
            case ApplyVerdict.Cancelled(var finished, boolean changed) -> changed
                    ? new ApplyResult.Partial(reading.failure(
                            "It was stopped half-way: " + count(finished) + " done.", remains))
                    : new ApplyResult.Cancelled(by(run));
            case ApplyVerdict.Stale s -> new ApplyResult.Stale("The state has changed since the plan was made.");
            case ApplyVerdict.LockRefused l -> new ApplyResult.NotStarted();
            case ApplyVerdict.Indeterminate unknown -> new ApplyResult.Indeterminate(
                    reading.unknown(masked(unknown, shown(run), because(remains, unknown.why())), remains));
        };
    }

    /** What Terraform reported deleted, as the plan shows its address. */
    private Set<String> deleted(Run run, Reading.Remains remains) {
        ShownAddresses addresses = shown(run);
        return remains.events().finished().stream().filter(operation -> operation.action().equals("delete"))
                .map(operation -> addresses.masked(operation).address()).collect(Collectors.toSet());
    }

    /** Terraform tells them where nothing at all went wrong; otherwise the state that arrived late has them. */
    private Map<String, String> outputs(Run run, Reading.Remains remains) throws InterruptedException {
        return reading.outputs(remains.events().summary().isPresent()
                ? remains
                : remains.withOutputs(database.read(h -> tables.outputs(h, run.stack()))));
    }

    /** What the run's plan shows of addresses. */
    private ShownAddresses shown(Run run) {
        return database.read(h -> tables.plans().latestOf(h, run.id())).map(plan -> ShownAddresses.of(plan.view()))
                .orElse(ShownAddresses.of(List.of()));
    }

    private static ApplyVerdict.Indeterminate masked(ApplyVerdict.Indeterminate unknown, ShownAddresses addresses,
            String why) {
        return new ApplyVerdict.Indeterminate(why, unknown.finished().stream().map(addresses::masked).toList(),
                unknown.unknown().stream().map(addresses::masked).toList());
    }

    private static String because(Reading.Remains remains, String what) {
        return remains.folder().stopReason().map(why -> why + " " + what).orElse(what);
    }

    private static String count(List<?> operations) {
        return operations.size() == 1 ? "1 resource" : operations.size() + " resources";
    }

    private Actor by(Run run) {
        return database.read(h -> tables.runs().cancelRequested(h, run.id())).orElse(Actor.STEWARD);
    }

    /**
     * Gives back a claim that a crash left, if Terraform never got its lock: the token is revoked in the same
     * transaction, so that a process that still hangs about gets nothing any more.
     *
     * @return nothing when the run has moved on, which means that Terraform did get its lock
     */
    public Optional<Run> release(Run claimed) throws InterruptedException {
        if (!(claimed.state() instanceof RunState.ApplyClaimed(long plan, long attemptId))) {
            throw new IllegalArgumentException(claimed.id().text() + " is not claimed");
        }
        Attempt attempt = attempt(claimed);
        Optional<Run> released = database.write(h -> {
            Optional<Run> moved = tables.runs().move(h, claimed, new RunState.Approved(plan), Actor.STEWARD,
                    Map.of("attempt", attemptId));
            moved.ifPresent(run -> tables.attempts().ended(h, attempt, Optional.empty()));
            return moved;
        });
        if (released.isPresent()) {
            RunFolder folder = folder(attempt);
            folder.forbid();
            TerraformProcess.attach(folder).kill();
            wipe(folder);
        }
        return released;
    }

    /** Puts away what a run that has ended no longer needs: tokens, locks, clear-text files. */
    public void conclude(Handle handle, Run ended) {
        List<Attempt> attempts = tables.attempts().ofRun(handle, ended.id());
        for (Attempt attempt : attempts) {
            RunFolder folder = folder(attempt);
            tables.attempts().ended(handle, attempt,
                    Files.exists(folder.path()) ? exitCode(folder.liveness()) : Optional.empty());
            handle.afterCommit(() -> sweep(folder));
        }
        if (ended.state() instanceof RunState.Indeterminate) {
            tables.outdatePlans(handle, ended.stack());
        }
    }

    private TerraformProcess start(Attempt attempt, String token, PreparedModule module, Command command)
            throws InterruptedException {
        cli.requireBinary();
        var backend = new BackendEnvironment(settings.stateEndpoint().resolve(attempt.stack().text()).toString(),
                "attempt-" + attempt.id(), token);
        Path data = workspaces.prepare(module.digest(), module.source(), backend);
        return TerraformProcess.start(folder(attempt), cli.argv(command), cli.environment(
                Optional.of(data), module.credentials(), Optional.of(backend)));
    }

    private Liveness await(TerraformProcess process, RunFolder folder, Run run, Consumer<Progress> onProgress)
            throws InterruptedException {
        return new Watch(process, folder, settings,
                () -> database.read(h -> tables.runs().cancelRequested(h, run.id())).isPresent())
                .untilEnd(POLL, onProgress);
    }

    private Map<String, JsonNode> inputs(Run run) {
        Map<String, JsonNode> inputs = new HashMap<>();
        database.read(h -> tables.runs().inputs(h, run)).properties()
                .forEach(e -> inputs.put(e.getKey(), e.getValue()));
        return inputs;
    }

    private Attempt attempt(Run run) {
        long id = switch (run.state()) {
            case RunState.ApplyClaimed(long plan, long attempt) -> attempt;
            case RunState.Applying(long plan, long attempt) -> attempt;
            case RunState.Planning(long attempt) -> attempt;
            default -> throw new IllegalArgumentException(run.id().text() + " has no attempt: " + run.state().column());
        };
        return database.read(h -> tables.attempts().byId(h, id));
    }

    private RunFolder folder(Attempt attempt) {
        return RunFolder.create(settings.folder().resolve(attempt.folder()));
    }

    private static Optional<Integer> exitCode(Liveness liveness) {
        return liveness instanceof Liveness.Ended(int code) ? Optional.of(code) : Optional.empty();
    }

    /**
     * Removes the folders of runs that have ended, with whatever still runs in them: a crash may have come between the
     * end of a run and the removal of its files, which are in clear.
     */
    public void sweepEnded() {
        List<RunFolder> left = database.read(h -> tables.attempts().ofEndedRuns(h)).stream()
                .map(a -> settings.folder().resolve(a.folder())).filter(Files::exists).map(RunFolder::new).toList();
        left.forEach(Runner::sweep);
    }

    /**
     * Removes what earlier attempts of the run left, all of which are revoked: a Steward that was killed left its
     * Terraform running, and inputs and plan in clear.
     */
    private void sweepBefore(Attempt attempt) {
        database.read(h -> tables.attempts().ofRun(h, attempt.run())).stream().filter(a -> a.id() < attempt.id())
                .map(a -> settings.folder().resolve(a.folder())).filter(Files::exists).map(RunFolder::new)
                .forEach(Runner::sweep);
    }

    private static void sweep(RunFolder folder) {
        try {
            folder.forbid();
            TerraformProcess.attach(folder).kill();
            wipe(folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("cannot sweep {}: {}", folder.path(), e.toString());
        }
    }

    private static void wipe(RunFolder folder) {
        try {
            PrivateFiles.deleteFolder(folder.path());
        } catch (IOException e) {
            LOG.warn("cannot remove {}: {}", folder.path(), e.toString());
        }
    }
}
