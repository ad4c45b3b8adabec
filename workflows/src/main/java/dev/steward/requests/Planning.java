package dev.steward.requests;

import dev.steward.approvals.NewProposal;
import dev.steward.approvals.ProposalId;
import dev.steward.approvals.Stage;
import dev.steward.catalog.Person;
import dev.steward.catalog.Principal;
import dev.steward.catalog.Team;
import dev.steward.database.CannotStore;
import dev.steward.database.Json;
import dev.steward.definitions.ExpressionFailure;
import dev.steward.definitions.Facts;
import dev.steward.definitions.Workflow;
import dev.steward.jobs.Job;
import dev.steward.ledger.Actor;
import dev.steward.modules.ModuleCheck;
import dev.steward.outbox.Priority;
import dev.steward.terraform.NoRoom;
import dev.steward.terraform.PlanResult;
import dev.steward.terraform.PlanView;
import dev.steward.terraform.Plans;
import dev.steward.terraform.Run;
import dev.steward.terraform.RunFailure;
import dev.steward.terraform.RunId;
import dev.steward.terraform.RunOperation;
import dev.steward.terraform.RunState;
import dev.steward.terraform.TerraformUnusable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job that plans a run and puts the plan before those who decide. Run again after a crash, it plans again: a plan
 * changes nothing.
 */
final class Planning implements Job.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(Planning.class);
    private static final int MOST_TRIES = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration ENDING_EXPIRES = Duration.ofDays(3);
    static final String EXPIRE_JOB = "proposal.expire";

    private final RequestParts parts;
    private final RequestStore requests;
    private final Policy policy;
    private final Notices notices;
    private final Endings endings;
    private final Recording recording;
    private final BreakGlass breakGlass;
    private final Grounds grounds;
    private final GivingBack givingBack;

    Planning(RequestParts parts, RequestStore requests, Policy policy, Notices notices, Endings endings,
            Recording recording, GivingBack givingBack) {
        this.parts = parts;
        this.requests = requests;
        this.policy = policy;
        this.notices = notices;
        this.endings = endings;
        this.recording = recording;
        this.breakGlass = new BreakGlass(parts);
        this.grounds = new Grounds(parts, requests, recording, policy);
        this.givingBack = givingBack;
    }

    @Override
    public Job.Outcome run(Job job) throws InterruptedException {
        Run run = parts.store().database()
                .read(h -> parts.store().runs().runs().byId(h, new RunId(job.args().path("run").asLong())));
        boolean toPlan = run.state() instanceof RunState.Requested || run.state() instanceof RunState.Planning;
        return toPlan ? plan(job, run) : Job.Outcome.DONE;
    }

    private Job.Outcome plan(Job job, Run run) throws InterruptedException {
        Optional<String> room = parts.runner().noRoom();
        if (room.isPresent()) {
            return waits(run, room.get());
        }
        try {
            notices.told(parts, run, Optional.empty(), requests);
            plan(run);
            return Job.Outcome.DONE;
        } catch (CannotStore e) {
            throw e;
        } catch (RuntimeException e) {
            Optional<String> full = e instanceof NoRoom
                    ? Optional.of(String.valueOf(e.getMessage()))
                    : parts.runner().noRoom();
            if (full.isPresent()) {
                LOG.warn("{} waits for room on the disk: {}", run.id().text(), e.toString());
                return waits(run, full.get());
            }
            giveUp(job, run, e);
            return Job.Outcome.DONE;
        }
    }

    /** What lacks room is not the requester's to mend: it waits, and the card says for what. */
    private Job.Outcome waits(Run run, String why) {
        notices.told(parts, run, Optional.of(why), requests);
        return new Job.Outcome.Again(PATIENCE);
    }

    /** What fails again and again is told to the requester instead of being tried for ever. */
    private void giveUp(Job job, Run run, RuntimeException failure) {
        if (job.attempts() + 1 < MOST_TRIES) {
            throw failure;
        }
        LOG.error("{} could not be planned after {} tries", run.id().text(), MOST_TRIES, failure);
        failed(run, RunFailure.of("Steward could not plan this, although it tried " + MOST_TRIES + " times. The "
                + "platform team finds out why in Steward's log, under " + run.id().text() + "."));
    }

    private void plan(Run run) throws InterruptedException {
        switch (parts.rules().module(run.module())) {
            case ModuleCheck.Unusable unusable -> failed(run, RunFailure.of(unusable.reason()));
            case ModuleCheck.Usable usable when !usable.digest().equals(run.moduleDigest()) ->
                failed(run, RunFailure.of("Module `" + run.module()
                        + "` was replaced by another accepted version since this was asked for: plan again to use it."));
            case ModuleCheck.Usable usable -> plan(run, usable);
        }
    }

    private void plan(Run run, ModuleCheck.Usable module) throws InterruptedException {
        PlanResult result;
        try {
            result = parts.runner().plan(run, parts.rules().prepared(module));
        } catch (TerraformUnusable e) {
            failed(run, RunFailure.of("Terraform could not be started: " + e.getMessage()
                    + ". The platform team has to mend this; then plan again."));
            return;
        }
        switch (result) {
            case PlanResult.Planned planned -> propose(planned.run(), planned.plan());
            case PlanResult.NothingToDo nothing -> nothingToDo(nothing.run());
            case PlanResult.Failed failed -> failed(failed.run(), failed.failure());
            case PlanResult.Cancelled cancelled -> cancelled(cancelled.run(), cancelled.by());
            case PlanResult.Overtaken _ -> {
            }
        }
    }

    private void propose(Run run, Plans.Made made) {
        Request request = parts.store().database().read(h -> requests.byId(h, new RequestId(run.request())));
        if (request.endsLease()) {
            parts.store().database().writing(h -> proposeEnding(h, run, made, request));
            return;
        }
        Workflow workflow = parts.rules().workflows().get(request.workflow());
        if (workflow == null) {
            failed(run, RunFailure.of("The workflow `" + request.workflow() + "` is gone: ask the platform team."));
            return;
        }
        try {
            Optional<String> moved = grounds.moved(workflow, request);
            if (moved.isPresent()) {
                failed(run, RunFailure.of(moved.get()));
                return;
            }
            List<Facts> facts = grounds.of(workflow, request, planFacts(made.view()));
            Policy.Judgement judgement = policy.judge(workflow, facts.getFirst());
            if (!judgement.denials().isEmpty()) {
                failed(run, refused(judgement.denials()));
                return;
            }
            Optional<String> rule = switch (request.operation()) {
                case CREATE -> policy.standing(workflow, facts).or(() -> parts.store().database()
                        .read(h -> breakGlass.rule(h, workflow, request)
                                .or(() -> givingBack.rule(h, workflow, request, made.view()))));
                case CHANGE -> policy.standing(workflow, facts);
                case DESTROY -> Optional.empty();
            };
            List<Stage> stages = rule.isPresent() ? List.of() : policy.stages(workflow, facts);
            Terms terms = new Terms(workflow.approval().expiresAfter(), stages, rule, judgement.warnings());
            parts.store().database().writing(h -> propose(h, run, made, terms));
        } catch (ExpressionFailure e) {
            failed(run, RunFailure.of("Steward cannot tell who has to approve this, so nobody may: " + e.getMessage()
                    + ". Tell the platform team."));
        }
    }

    /** What is told first is the first; the rest are details. */
    private static RunFailure refused(List<String> denials) {
        return new RunFailure("A guard rail refuses this plan: " + denials.getFirst(),
                denials.subList(1, denials.size()), List.of());
    }

    /**
     * Under which terms a plan is proposed.
     *
     * @param rule
     *            what approves it where nobody is asked
     */
    private record Terms(Duration expiresAfter, List<Stage> stages, Optional<String> rule, List<String> warnings) {}

    /**
     * The ending of a lease needs no other word than the one that approved it, as long as it removes what the approved
     * plan made and nothing else. Otherwise its owner is asked.
     */
    private void proposeEnding(Handle handle, Run run, Plans.Made made, Request request) {
        List<String> deleted = made.view().changes().stream().filter(c -> c.action() == PlanView.Action.DELETE)
                .map(PlanView.ResourceChange::address).toList();
        boolean pure = deleted.size() == made.view().changes().size();
        List<String> others = parts.store().leases().notOf(handle, run.stack(), deleted);
        String origin = request.origin().map(RequestId::text).orElseThrow();
        if (pure && others.isEmpty()) {
            propose(handle, run, made, new Terms(ENDING_EXPIRES, List.of(),
                    Optional.of("The ending of what " + origin + " was approved for"), List.of()));
            return;
        }
        Stage owner = new Stage("Owner", Principal.team(ownerOf(handle, run)), 1,
                "Ending it would do more than remove what was approved");
        propose(handle, run, made, new Terms(ENDING_EXPIRES, List.of(owner), Optional.empty(), others.stream()
                .map(address -> "`" + address + "` was not part of what " + origin + " was approved for.").toList()));
    }

    private String ownerOf(Handle handle, Run run) {
        long owner = parts.store().stacks().byId(handle, run.stack()).owner();
        return parts.catalog().teams().all(handle).stream().filter(team -> team.id() == owner).map(Team::name)
                .findFirst().orElseThrow();
    }

    /** Ends the run if somebody asked for that while it was being planned. */
    private boolean stopped(Handle handle, Run run) {
        Optional<Actor> by = parts.store().runs().runs().cancelRequested(handle, run.id());
        by.ifPresent(actor -> endings.end(handle, run, new RunState.Cancelled(actor), RequestState.CANCELLED, actor,
                Map.of()));
        return by.isPresent();
    }

    /** Plan, proposal, ledger, messages and the job that ends an undecided proposal: all in one transaction. */
    private void propose(Handle handle, Run run, Plans.Made made, Terms terms) {
        if (stopped(handle, run)) {
            return;
        }
        Plans.Stored plan = parts.store().runs().plans().insert(handle, run.id(), made, OptionalLong.empty());
        Optional<Run> moved = parts.store().runs().runs().move(handle, run, new RunState.AwaitingApproval(plan.id()),
                Actor.STEWARD, Map.of("plan", plan.id(), "plan_sha256", plan.sha256(), "content",
                        plan.contentDigest(), "serial", made.serial()));
        if (moved.isEmpty()) {
            throw new IllegalStateException(run.id().text() + " was changed while its plan was stored");
        }
        List<String> warnings = new ArrayList<>(looked(handle, run, made.view().drift().size()));
        warnings.addAll(terms.warnings());
        parts.store().runs().runs().annotate(handle, run.id(), "warnings", Json.toTree(warnings));
        Request request = requests.byId(handle, new RequestId(run.request()));
        String inputs = parts.store().runs().runs().inputs(handle, run).toString();
        Instant expires = Instant.ofEpochMilli(parts.store().clock().millis()).plus(terms.expiresAfter());
        NewProposal proposal = new NewProposal(Effect.KIND, run.id().text(), Effect.digest(run, plan, inputs),
                request.requester(), terms.stages(), terms.rule(), expires);
        if (terms.rule().isPresent()) {
            parts.approvals().approveByRule(handle, proposal);
            Optional.ofNullable(parts.rules().workflows().get(request.workflow()))
                    .filter(_ -> terms.rule().filter(BreakGlass::is).isPresent())
                    .ifPresent(workflow -> breakGlass.broke(handle, workflow, request));
            notices.plan(handle, request, run.id());
            endings.approved(handle, request, moved.get(), Actor.STEWARD);
            return;
        }
        ProposalId id = parts.approvals().propose(handle, proposal);
        parts.store().jobs().enqueue(handle, Job.Order.at(expires, EXPIRE_JOB + ":" + id.value(), EXPIRE_JOB,
                Map.of("proposal", id.value(), "request", request.id().value()), Job.Lane.GENERAL));
        notices.asks(handle, request);
        notices.plan(handle, request, run.id());
        notices.approvers(handle, request,
                parts.approvals().waitingFor(handle, id).stream().map(Person::id).toList(), Priority.DECISION);
    }

    /** A plan looks at what is really there: that is what books that were restored are waiting for. */
    private List<String> looked(Handle handle, Run run, int drifted) {
        Optional<Instant> since = parts.store().stacks().mustLook(handle, run.stack());
        since.ifPresent(restored -> {
            parts.store().stacks().looked(handle, run.stack());
            parts.store().ledger().append(handle, Actor.STEWARD, "stack.looked", run.stack().text(),
                    Map.of("run", run.id().text(), "since", restored.toEpochMilli(), "drifted", drifted));
        });
        return since.map(restored -> "This is the first plan since Steward was restored from a backup. Something may"
                + " have been applied that its books do not know: look at what is really there before you approve.")
                .stream().toList();
    }

    /** After an apply whose end nobody saw, everything may be there: then it is recorded now. */
    private void nothingToDo(Run run) throws InterruptedException {
        Optional<RunFailure> left = run.operation() == RunOperation.DESTROY
                ? new Verifying(parts).left(run)
                : Optional.empty();
        if (left.isPresent()) {
            failed(run, left.get());
            return;
        }
        if (!idle(run)) {
            failed(run, RunFailure.of("Terraform has nothing to do for these answers, so there is no plan to decide on."
                    + " They would only change what the catalog says or who approves, and nobody's word would be asked."
                    + " The platform team can make them inputs of the module."));
            return;
        }
        parts.store().database().writing(h -> {
            looked(h, run, 0);
            Request request = requests.byId(h, new RequestId(run.request()));
            boolean there = parts.store().runs().resourceCount(h, run.stack()) > 0;
            switch (request.operation()) {
                case DESTROY -> {
                    recording.gone(h, request, run);
                    endings.over(h, request);
                }
                case CHANGE -> recording.changed(h, request, run);
                case CREATE -> {
                    if (there) {
                        recording.record(h, request, run);
                    }
                }
            }
            endings.end(h, parts.store().runs().runs().byId(h, run.id()), new RunState.NoChanges(), RequestState.DONE,
                    Actor.STEWARD, Map.of());
        });
    }

    /** What changes nothing needs nobody's word. */
    private boolean idle(Run run) {
        return parts.store().database().read(h -> {
            Request request = requests.byId(h, new RequestId(run.request()));
            Workflow workflow = parts.rules().workflows().get(request.workflow());
            return !request.changes() || (workflow != null && grounds.idle(h, workflow, request));
        });
    }

    private void cancelled(Run run, Actor by) {
        parts.store().database().writing(h -> endings.end(h, run, new RunState.Cancelled(by), RequestState.CANCELLED,
                by, Map.of()));
    }

    /** The request stays pending: its requester can mend it, or have it planned again. */
    private void failed(Run seen, RunFailure failure) {
        parts.store().database().writing(h -> {
            Run run = parts.store().runs().runs().byId(h, seen.id());
            if (!run.state().ended() && !stopped(h, run)) {
                endings.end(h, run, new RunState.PlanFailed(failure), RequestState.PENDING, Actor.STEWARD,
                        Map.of("fields", failure.fields().size()));
                if (!requests.byId(h, new RequestId(run.request())).endsLease()) {
                    expireLater(h, run);
                }
            }
        });
    }

    /** A request that nobody puts right must not keep its name for ever. */
    private void expireLater(Handle handle, Run run) {
        Request request = requests.byId(handle, new RequestId(run.request()));
        Workflow workflow = parts.rules().workflows().get(request.workflow());
        if (workflow != null) {
            Instant expires = parts.store().clock().instant().plus(workflow.approval().expiresAfter());
            parts.store().jobs().enqueue(handle, Job.Order.at(expires, EXPIRE_JOB + ":run:" + run.id().value(),
                    EXPIRE_JOB, Map.of("request", request.id().value(), "run", run.id().value(), "at",
                            expires.toEpochMilli()),
                    Job.Lane.GENERAL));
        }
    }

    static Facts.Plan planFacts(PlanView view) {
        return new Facts.Plan(view.counts().creates(), view.counts().updates(), view.counts().deletes(),
                view.changes().stream()
                        .map(c -> new Facts.Resource(c.address(), c.type(), actions(c.action()))).toList());
    }

    private static List<String> actions(PlanView.Action action) {
        return switch (action) {
            case DELETE -> List.of("delete");
            case REPLACE -> List.of("delete", "create");
            case FORGET -> List.of("forget");
            case UPDATE -> List.of("update");
            case CREATE -> List.of("create");
            case IMPORT, MOVE -> List.of("no-op");
        };
    }
}
