package dev.steward.requests;

import dev.steward.approvals.Proposal;
import dev.steward.catalog.EntityId;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.database.Json;
import dev.steward.definitions.Facts;
import dev.steward.definitions.Workflow;
import dev.steward.jobs.Job;
import dev.steward.ledger.Actor;
import dev.steward.modules.ModuleCheck;
import dev.steward.outbox.Priority;
import dev.steward.stacks.Lease;
import dev.steward.terraform.ApplyResult;
import dev.steward.terraform.Claim;
import dev.steward.terraform.ModuleNotPrepared;
import dev.steward.terraform.PlanResult;
import dev.steward.terraform.PlanView;
import dev.steward.terraform.Plans;
import dev.steward.terraform.PreparedModule;
import dev.steward.terraform.Progress;
import dev.steward.terraform.Run;
import dev.steward.terraform.RunFailure;
import dev.steward.terraform.RunId;
import dev.steward.terraform.RunOperation;
import dev.steward.terraform.RunState;
import dev.steward.terraform.TerraformUnusable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The job that applies an approved plan, once. The same code handles a run that is due and one that a crash interrupted:
 * what is left to do follows from the run's state alone.
 */
final class Applying implements Job.Handler {
    static final String JOB = "run.apply";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final RequestParts parts;
    private final RequestStore requests;
    private final Policy policy;
    private final Outcomes outcomes;
    private final Notices notices;
    private final BreakGlass breakGlass;
    private final GivingBack givingBack;
    private final Concerned concerned;
    private final Grounds grounds;

    Applying(RequestParts parts, RequestStore requests, Recording recording, Policy policy, Outcomes outcomes,
            Notices notices, GivingBack givingBack) {
        this.parts = parts;
        this.requests = requests;
        this.policy = policy;
        this.outcomes = outcomes;
        this.notices = notices;
        breakGlass = new BreakGlass(parts);
        this.givingBack = givingBack;
        concerned = new Concerned(parts, requests, recording, policy);
        grounds = new Grounds(parts, requests, recording, policy);
    }

    static Job.Order job(Run run) {
        return new Job.Order(JOB + ":" + run.id().value(), JOB, Map.of("run", run.id().value()), Job.Lane.TERRAFORM,
                10, Instant.EPOCH);
    }

    @Override
    public Job.Outcome run(Job job) throws InterruptedException {
        return proceed(read(new RunId(job.args().path("run").asLong())));
    }

    private Job.Outcome proceed(Run run) throws InterruptedException {
        return switch (run.state()) {
            case RunState.Approved(long plan) -> begin(run, plan);
            case RunState.ApplyClaimed _ -> again(run);
            case RunState.Applying _ -> watch(run);
            case RunState.Requested _ -> Job.Outcome.DONE;
            case RunState.Planning _ -> Job.Outcome.DONE;
            case RunState.PlanFailed _ -> Job.Outcome.DONE;
            case RunState.NoChanges _ -> Job.Outcome.DONE;
            case RunState.AwaitingApproval _ -> Job.Outcome.DONE;
            case RunState.Applied _ -> Job.Outcome.DONE;
            case RunState.ApplyFailed _ -> Job.Outcome.DONE;
            case RunState.Partial _ -> Job.Outcome.DONE;
            case RunState.Indeterminate _ -> Job.Outcome.DONE;
            case RunState.Cancelled _ -> Job.Outcome.DONE;
            case RunState.Expired _ -> Job.Outcome.DONE;
            case RunState.Stale _ -> Job.Outcome.DONE;
        };
    }

    /** Claimed before a crash and never locked: nothing can have happened, so the claim is given back and made anew. */
    private Job.Outcome again(Run claimed) throws InterruptedException {
        Optional<Run> released = parts.runner().release(claimed);
        return proceed(released.orElseGet(() -> read(claimed.id())));
    }

    private Job.Outcome begin(Run run, long planId) throws InterruptedException {
        if (run.cancelRequested().isPresent()) {
            outcomes.cancelled(run, run.cancelRequested().get());
            return Job.Outcome.DONE;
        }
        Optional<String> moot = run.operation() == RunOperation.CREATE
                ? parts.store().database().read(h -> moot(h, run))
                : Optional.empty();
        if (moot.isPresent()) {
            parts.store().database().writing(h -> parts.store().runs().runs().annotate(h, run.id(), "notes",
                    Json.toTree(List.of("Cancelled: " + moot.get() + "."))));
            outcomes.cancelled(read(run.id()), Actor.STEWARD);
            return Job.Outcome.DONE;
        }
        Optional<String> waits = trouble(run);
        notices.told(parts, run, waits, requests);
        if (waits.isPresent()) {
            return new Job.Outcome.Again(PATIENCE);
        }
        Plans.Stored plan = parts.store().database().read(h -> parts.store().runs().plans().byId(h, planId));
        ModuleCheck module = parts.rules().module(run.module());
        Optional<String> obstacle = obstacle(run, plan, module);
        if (obstacle.isPresent()) {
            outcomes.planAgain(run, obstacle.get(), Actor.STEWARD);
            return Job.Outcome.DONE;
        }
        PreparedModule prepared = parts.rules().prepared((ModuleCheck.Usable) module);
        return aged(plan) ? planAgain(run, plan, prepared) : claim(run, plan, prepared);
    }

    /** Why nobody is given what was decided on: they could not use it any more, or what it is for is over or gone. */
    private Optional<String> moot(Handle handle, Run run) {
        Optional<Lease> lease = parts.store().leases().of(handle, run.stack());
        Optional<Person> gone = lease.flatMap(one -> parts.catalog().people().byId(handle, one.holder()))
                .filter(holder -> !holder.mayAct());
        if (gone.isPresent()) {
            return gone.map(holder -> "the person who asked " + holder.standing().departure());
        }
        if (lease.flatMap(Lease::grant)
                .flatMap(grant -> parts.catalog().entities().byId(handle, new EntityId(grant.entity())))
                .filter(entity -> !entity.live()).isPresent()) {
            return Optional.of("what it is access to is gone");
        }
        return requests.byId(handle, new RequestId(run.request())).incident()
                .filter(incident -> parts.emergencies().over(handle, incident))
                .map(incident -> "INC-" + incident + ", for which it was asked, is over");
    }

    /** What stands in the way for the moment, and will pass or be mended. */
    private Optional<String> trouble(Run run) {
        return parts.runner().unusable().or(parts.runner()::noRoom)
                .or(() -> parts.rules().groups().refresh(teams(proposal(run)))
                        ? Optional.empty()
                        : Optional.of(
                                "Slack does not say who is still in the teams that approved. It is asked again every "
                                        + PATIENCE.toSeconds() + " seconds."))
                .or(() -> parts.store().database().read(h -> standing(h, run)));
    }

    /** An incident, or something that has come to depend on what is to go. */
    private Optional<String> standing(Handle handle, Run run) {
        Request request = requests.byId(handle, new RequestId(run.request()));
        return concerned.frozen(handle, request).map(Emergencies.Frozen::why)
                .or(() -> Optional.of(request).filter(r -> r.ends() && !r.endsLease()).flatMap(
                        _ -> concerned.dependents(handle, parts.store().stacks().byId(handle, run.stack()))));
    }

    /** Everything that can have changed since people decided, apart from who may decide. */
    private Optional<String> obstacle(Run run, Plans.Stored plan, ModuleCheck module) {
        Request request = parts.store().database().read(h -> requests.byId(h, new RequestId(run.request())));
        Workflow workflow = parts.rules().workflows().get(request.workflow());
        if (module instanceof ModuleCheck.Unusable unusable) {
            return Optional.of(unusable.reason());
        }
        if (!((ModuleCheck.Usable) module).digest().equals(run.moduleDigest())) {
            return Optional.of("Module `" + run.module() + "` has another accepted version now.");
        }
        if (!run.terraformVersion().equals(parts.rules().terraformVersion())) {
            return Optional.of("Terraform is " + parts.rules().terraformVersion() + " now; the plan was made by "
                    + run.terraformVersion() + ".");
        }
        if (request.endsLease()) {
            return Optional.empty();
        }
        if (workflow == null || !workflow.digest().equals(run.policyDigest())) {
            return Optional.of("The workflow `" + request.workflow() + "` was changed.");
        }
        List<Facts> facts = grounds.of(workflow, request, Planning.planFacts(plan.view()));
        return policy.judge(workflow, facts.getFirst()).denials().stream().findFirst()
                .map(denial -> "A guard rail refuses it now: " + denial).or(() -> lapsed(run, workflow, facts, plan))
                .or(() -> grounds.moved(workflow, request));
    }

    /** A rule that approved beforehand has to hold now, too. */
    private Optional<String> lapsed(Run run, Workflow workflow, List<Facts> facts, Plans.Stored plan) {
        return proposal(run).terms().rule().filter(rule -> !holds(rule, run, workflow, facts, plan))
                .map(rule -> "It was approved by the rule \"" + rule + "\", which does not hold any more.");
    }

    private boolean holds(String rule, Run run, Workflow workflow, List<Facts> facts, Plans.Stored plan) {
        if (GivingBack.is(rule)) {
            return parts.store().database().read(h -> givingBack.rule(h, workflow,
                    requests.byId(h, new RequestId(run.request())), plan.view())).equals(Optional.of(rule));
        }
        Optional<String> now = BreakGlass.is(rule)
                ? parts.store().database().read(
                        h -> breakGlass.rule(h, workflow, requests.byId(h, new RequestId(run.request()))))
                : policy.standing(workflow, facts);
        return now.equals(Optional.of(rule));
    }

    private boolean aged(Plans.Stored plan) {
        return plan.createdAt().plus(parts.rules().planMaxAge()).isBefore(parts.store().clock().instant());
    }

    /** The world may have drifted: an equal plan stands in for the one that was approved, any other is asked anew. */
    private Job.Outcome planAgain(Run run, Plans.Stored old, PreparedModule module) throws InterruptedException {
        switch (parts.runner().plan(run, module)) {
            case PlanResult.Planned planned when planned.plan().view().contentDigest().equals(old.contentDigest()) -> {
                long original = old.equalTo().orElse(old.id());
                Run refreshed = parts.store().database().write(h -> standIn(h, planned, original));
                long fresh = ((RunState.Approved) refreshed.state()).plan();
                return claim(refreshed,
                        parts.store().database().read(h -> parts.store().runs().plans().byId(h, fresh)), module);
            }
            case PlanResult.Planned _ -> outcomes.planAgain(run,
                    "The plan had grown old, and a new one came out different.", Actor.STEWARD);
            case PlanResult.NothingToDo _ -> outcomes.planAgain(run,
                    "The plan had grown old, and there seems to be nothing to do any more.", Actor.STEWARD);
            case PlanResult.Failed failed -> outcomes.planAgain(run,
                    "The plan had grown old, and making a new one failed: " + failed.failure().what(), Actor.STEWARD);
            case PlanResult.Cancelled cancelled -> outcomes.cancelled(read(run.id()), cancelled.by());
            case PlanResult.Overtaken _ -> {
                return proceed(read(run.id()));
            }
        }
        return Job.Outcome.DONE;
    }

    private Run standIn(Handle handle, PlanResult.Planned planned, long original) {
        Plans.Stored fresh = parts.store().runs().plans().insert(handle, planned.run().id(), planned.plan(),
                OptionalLong.of(original));
        return parts.store().runs().runs().move(handle, planned.run(), new RunState.Approved(fresh.id()),
                Actor.STEWARD, Map.of("plan", fresh.id(), "equal_to", original)).orElseThrow();
    }

    private Job.Outcome claim(Run run, Plans.Stored plan, PreparedModule module) throws InterruptedException {
        var claimed = parts.store().database().write(h -> {
            Optional<String> problem = problem(h, run, plan);
            return problem.isPresent()
                    ? new Claimed(Optional.empty(), problem)
                    : new Claimed(claimed(h, run, plan), problem);
        });
        if (claimed.problem().isPresent()) {
            outcomes.planAgain(run, claimed.problem().get(), Actor.STEWARD);
            return Job.Outcome.DONE;
        }
        if (claimed.claim().isEmpty()) {
            return proceed(read(run.id()));
        }
        try {
            parts.runner().launch(claimed.claim().get(), module);
        } catch (ModuleNotPrepared | TerraformUnusable e) {
            notices.told(parts, claimed.claim().get().run(), Optional.of(String.valueOf(e.getMessage())), requests);
            return new Job.Outcome.Again(PATIENCE);
        } catch (UncheckedIOException e) {
            String why = parts.runner().noRoom().orElseThrow(() -> e);
            notices.told(parts, claimed.claim().get().run(), Optional.of(why), requests);
            return new Job.Outcome.Again(PATIENCE);
        }
        return watch(claimed.claim().get().run());
    }

    private Optional<Claim> claimed(Handle handle, Run run, Plans.Stored plan) {
        Optional<Claim> claim = parts.runner().claim(handle, run, plan);
        claim.ifPresent(c -> {
            notices.changed(handle, requests.byId(handle, new RequestId(run.request())), Priority.PROGRESS);
            if (run.operation() == RunOperation.CREATE && parts.store().leases().of(handle, run.stack()).isPresent()) {
                parts.store().leases().mayDelete(handle, run.stack(), creates(plan.view()));
            }
        });
        return claim;
    }

    private static List<String> creates(PlanView view) {
        return view.changes().stream()
                .filter(c -> c.action() == PlanView.Action.CREATE || c.action() == PlanView.Action.REPLACE)
                .map(PlanView.ResourceChange::address).toList();
    }

    /** A claim, or why the approvals no longer hold, or neither when the run had moved on. */
    private record Claimed(Optional<Claim> claim, Optional<String> problem) {}

    private Optional<String> problem(Handle handle, Run run, Plans.Stored plan) {
        if (parts.store().stacks().mustLook(handle, run.stack()).isPresent()) {
            return Optional
                    .of("Steward was restored from a backup since this plan was made, so what is really there has"
                            + " to be looked at first.");
        }
        Plans.Stored decided = plan.equalTo().isPresent()
                ? parts.store().runs().plans().byId(handle, plan.equalTo().getAsLong())
                : plan;
        String inputs = parts.store().runs().runs().inputs(handle, run).toString();
        Proposal proposal = parts.approvals().latest(handle, Effect.KIND, run.id().text()).orElseThrow();
        return parts.approvals().recheck(handle, proposal.id(), Effect.digest(run, decided, inputs),
                parts.store().clock().instant());
    }

    private Job.Outcome watch(Run run) throws InterruptedException {
        ApplyResult result = parts.runner().watch(run, parts.rules().credentials().secrets(),
                progress -> progress(run, progress));
        Optional<RunFailure> left = result instanceof ApplyResult.Applied && run.operation() == RunOperation.DESTROY
                ? new Verifying(parts).left(run)
                : Optional.empty();
        return outcomes.settle(read(run.id()), result, left)
                ? Job.Outcome.DONE
                : new Job.Outcome.Again(Duration.ofSeconds(5));
    }

    private void progress(Run run, Progress progress) {
        parts.store().database().writing(h -> {
            parts.store().runs().runs().annotate(h, run.id(), "progress", Json.toTree(progress));
            notices.progress(h, requests.byId(h, new RequestId(run.request())));
        });
    }

    private Proposal proposal(Run run) {
        return parts.store().database().read(h -> parts.approvals().latest(h, Effect.KIND, run.id().text()))
                .orElseThrow(() -> new IllegalStateException(run.id().text() + " is approved without a proposal"));
    }

    private Set<String> teams(Proposal proposal) {
        return parts.store().database().read(h -> {
            Set<String> names = new LinkedHashSet<>();
            for (Proposal.SignedStage stage : proposal.stages()) {
                parts.catalog().teams().teamOf(h, stage.stage().by()).map(Team::name).ifPresent(names::add);
            }
            if (proposal.terms().rule().isPresent()) {
                parts.catalog().teams().teamsOf(h, proposal.requester()).stream().map(Team::name).forEach(names::add);
            }
            return names;
        });
    }

    private Run read(RunId id) {
        return parts.store().database().read(h -> parts.store().runs().runs().byId(h, id));
    }
}
