package dev.steward.requests;

import dev.steward.database.Json;
import dev.steward.definitions.Workflow;
import dev.steward.ledger.Actor;
import dev.steward.outbox.Priority;
import dev.steward.stacks.Stack;
import dev.steward.terraform.ApplyResult;
import dev.steward.terraform.PlanView;
import dev.steward.terraform.Run;
import dev.steward.terraform.RunFailure;
import dev.steward.terraform.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What follows from how Terraform ended: the stack, its entities and their owner; or another plan; or a human. */
final class Outcomes {
    private final RequestParts parts;
    private final RequestStore requests;
    private final Recording recording;
    private final Endings endings;
    private final Notices notices;

    Outcomes(RequestParts parts, RequestStore requests, Recording recording, Endings endings, Notices notices) {
        this.parts = parts;
        this.requests = requests;
        this.recording = recording;
        this.endings = endings;
        this.notices = notices;
    }

    /**
     * Records the result of an apply.
     *
     * @param unverified
     *            why it cannot be said that nothing is left, for one that was to leave nothing
     * @return false when it has to be tried again later
     */
    boolean settle(Run run, ApplyResult result, Optional<RunFailure> unverified) {
        long plan = planOf(run.state());
        return switch (result) {
            case ApplyResult.Applied _ when unverified.isPresent() ->
                failed(run, new RunState.Partial(plan, unverified.get()));
            case ApplyResult.Applied applied -> applied(run, plan, applied);
            case ApplyResult.Failed failed -> failed(run, new RunState.ApplyFailed(plan, failed.failure()));
            case ApplyResult.Partial partial -> failed(run, new RunState.Partial(plan, partial.failure()));
            case ApplyResult.Indeterminate unknown ->
                failed(run, new RunState.Indeterminate(plan, unknown.failure()));
            case ApplyResult.Cancelled cancelled -> cancelled(run, cancelled.by());
            case ApplyResult.Stale stale -> planAgain(run, stale.why(), Actor.STEWARD);
            case ApplyResult.NotStarted _ -> false;
        };
    }

    boolean cancelled(Run run, Actor by) {
        parts.store().database().writing(h -> endings.end(h, run, new RunState.Cancelled(by), RequestState.CANCELLED,
                by, Map.of()));
        return true;
    }

    /** The plan no longer fits. The same request gets a new run: new plan, new approvals. */
    boolean planAgain(Run run, String why, Actor actor) {
        String moduleDigest = parts.rules().moduleDigest(run.module(), run.moduleDigest());
        parts.store().database().writing(h -> parts.store().runs().runs().move(h, run, new RunState.Stale(why), actor,
                Map.of()).ifPresent(stale -> another(h, stale, moduleDigest, actor)));
        return true;
    }

    /** A new run with the same inputs, under the module, Terraform and policy of today. */
    Run another(Handle handle, Run before, String moduleDigest, Actor actor) {
        parts.runner().conclude(handle, before);
        Request request = requests.byId(handle, new RequestId(before.request()));
        Request pending = endings.close(handle, request, RequestState.PENDING, actor);
        Workflow workflow = parts.rules().workflows().get(request.workflow());
        String policyDigest = workflow == null ? before.policyDigest() : workflow.digest();
        Run run = parts.store().runs().runs().create(handle, actor,
                new Run.Order(before.stack(), before.request(), before.operation(), before.module(), moduleDigest,
                        parts.rules().terraformVersion(),
                        parts.store().runs().runs().inputs(handle, before).toString(), policyDigest));
        requests.serve(handle, pending.id(), run.id(), policyDigest);
        parts.store().jobs().enqueue(handle, Submitting.planJob(run));
        endings.toldApprovers(handle, pending, before);
        notices.changed(handle, requests.byId(handle, pending.id()), Priority.DECISION);
        if (before.state() instanceof RunState.Stale) {
            notices.result(handle, pending, before.id());
        }
        return run;
    }

    private boolean applied(Run run, long plan, ApplyResult.Applied applied) {
        return switch (run.operation()) {
            case DESTROY -> destroyed(run, plan, applied);
            case CREATE, CHANGE, REFRESH -> created(run, plan, applied);
        };
    }

    /** Only what Terraform reported deleted, address by address, and what its state holds no more, is gone. */
    private boolean destroyed(Run run, long plan, ApplyResult.Applied applied) {
        parts.store().database().writing(h -> {
            List<String> left = new ArrayList<>(parts.store().runs().plans().byId(h, plan).view().changes().stream()
                    .map(PlanView.ResourceChange::address).filter(address -> !applied.gone().contains(address))
                    .toList());
            int held = parts.store().runs().resourceCount(h, run.stack());
            if (!left.isEmpty() || held > 0) {
                failed(h, run, new RunState.Partial(plan, new RunFailure(
                        "Terraform ended well, and yet not everything is known to be gone: "
                                + Math.max(held, left.size())
                                + " of it is left.",
                        left, List.of())));
                return;
            }
            Request request = requests.byId(h, new RequestId(run.request()));
            recording.gone(h, request, run);
            endings.over(h, request);
            endings.end(h, run, new RunState.Applied(plan), RequestState.DONE, Actor.STEWARD,
                    Map.of("plan", plan, "deleted", applied.deleted()));
            notices.homes(h, parts.catalog().teams().memberIds(h, parts.store().stacks().byId(h, run.stack()).owner()));
        });
        return true;
    }

    private boolean created(Run run, long plan, ApplyResult.Applied applied) {
        parts.store().database().writing(h -> {
            Request request = requests.byId(h, new RequestId(run.request()));
            if (request.changes()) {
                recording.changed(h, request, run);
            } else {
                recording.record(h, request, run);
            }
            parts.store().runs().runs().annotate(h, run.id(), "outputs", Json.toTree(applied.outputs()));
            Run annotated = parts.store().runs().runs().byId(h, run.id());
            endings.end(h, annotated, new RunState.Applied(plan), RequestState.DONE, Actor.STEWARD,
                    Map.of("plan", plan, "created", applied.created(), "updated", applied.updated(),
                            "deleted", applied.deleted()));
            notices.homes(h, parts.catalog().teams().memberIds(h, parts.store().stacks().byId(h, run.stack()).owner()));
        });
        return true;
    }

    private boolean failed(Run run, RunState to) {
        parts.store().database().writing(h -> failed(h, run, to));
        return true;
    }

    /** What is or may be there counts from now on as there: a lease of it has to end, whatever became of the rest. */
    private void failed(Handle handle, Run run, RunState to) {
        Stack stack = parts.store().stacks().byId(handle, run.stack());
        boolean some = parts.store().runs().resourceCount(handle, stack.id()) > 0;
        if (stack.status() == Stack.Status.PENDING && some) {
            parts.store().stacks().settle(handle, stack.id(), Stack.Status.ACTIVE, stack.owner());
        }
        if (some || to instanceof RunState.Indeterminate) {
            parts.store().leases().activate(handle, stack.id());
        }
        endings.end(handle, run, to, RequestState.FAILED, Actor.STEWARD, Map.of());
    }

    private static long planOf(RunState state) {
        return switch (state) {
            case RunState.ApplyClaimed(long plan, long attempt) -> plan;
            case RunState.Applying(long plan, long attempt) -> plan;
            case RunState.Approved(long plan) -> plan;
            case RunState.Requested _ -> notApplying(state);
            case RunState.Planning _ -> notApplying(state);
            case RunState.PlanFailed _ -> notApplying(state);
            case RunState.NoChanges _ -> notApplying(state);
            case RunState.AwaitingApproval _ -> notApplying(state);
            case RunState.Applied _ -> notApplying(state);
            case RunState.ApplyFailed _ -> notApplying(state);
            case RunState.Partial _ -> notApplying(state);
            case RunState.Indeterminate _ -> notApplying(state);
            case RunState.Cancelled _ -> notApplying(state);
            case RunState.Expired _ -> notApplying(state);
            case RunState.Stale _ -> notApplying(state);
        };
    }

    private static long notApplying(RunState state) {
        throw new IllegalStateException("a run that is " + state.column() + " has no apply to settle");
    }
}
