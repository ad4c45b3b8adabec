package dev.steward.requests;

import dev.steward.approvals.ProposalState;
import dev.steward.ledger.Actor;
import dev.steward.stacks.Lease;
import dev.steward.stacks.LeaseState;
import dev.steward.terraform.Run;
import dev.steward.terraform.RunId;
import dev.steward.terraform.RunOperation;
import dev.steward.terraform.RunState;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Ends leases: by a request of its own, whose run destroys the stack by the same runner and under the same rules as any
 * other. One that failed is planned again; one that people refused is asked for anew.
 */
final class LeaseEndings {
    private final RequestParts parts;
    private final RequestStore requests;
    private final Outcomes outcomes;
    private final Endings endings;

    LeaseEndings(RequestParts parts, RequestStore requests, Outcomes outcomes, Endings endings) {
        this.parts = parts;
        this.requests = requests;
        this.outcomes = outcomes;
        this.endings = endings;
    }

    /** Does what can be done now to end it; nothing, while somebody or something is at it. */
    void proceed(Lease seen) {
        Run last = parts.store().database().read(h -> last(h, seen));
        String digest = parts.rules().moduleDigest(last.module(), last.moduleDigest());
        parts.store().database().writing(h -> parts.store().leases().of(h, seen.stack())
                .filter(lease -> lease.version() == seen.version()).ifPresent(lease -> proceed(h, lease, digest)));
    }

    private Run last(Handle handle, Lease lease) {
        long request = lease.state() instanceof LeaseState.Ending ending
                ? ending.request().orElse(lease.request())
                : lease.request();
        return run(handle, requests.byId(handle, new RequestId(request)));
    }

    private void proceed(Handle handle, Lease lease, String moduleDigest) {
        if (!(lease.state() instanceof LeaseState.Ending ending)) {
            return;
        }
        Request origin = requests.byId(handle, new RequestId(lease.request()));
        if (ending.request().isEmpty()) {
            if (free(handle, origin)) {
                begin(handle, lease, origin, moduleDigest);
            }
            return;
        }
        Request under = requests.byId(handle, new RequestId(ending.request().get()));
        Run run = run(handle, under);
        if (!run.state().ended()) {
            return;
        }
        if (under.state().ended()) {
            begin(handle, lease, origin, moduleDigest);
        } else {
            outcomes.another(handle, run, moduleDigest, Actor.STEWARD);
        }
    }

    /** What is still to be decided for the lease is not wanted any more; what Terraform is at is waited for. */
    private boolean free(Handle handle, Request origin) {
        Run run = run(handle, origin);
        return switch (run.state()) {
            case RunState.Requested _ -> withdrawn(handle, run);
            case RunState.AwaitingApproval _ -> withdrawn(handle, run);
            case RunState.Approved _ -> withdrawn(handle, run);
            case RunState.Planning _ -> false;
            case RunState.ApplyClaimed _ -> false;
            case RunState.Applying _ -> false;
            case RunState.PlanFailed _ -> true;
            case RunState.NoChanges _ -> true;
            case RunState.Applied _ -> true;
            case RunState.ApplyFailed _ -> true;
            case RunState.Partial _ -> true;
            case RunState.Indeterminate _ -> true;
            case RunState.Cancelled _ -> true;
            case RunState.Expired _ -> true;
            case RunState.Stale _ -> true;
        };
    }

    private boolean withdrawn(Handle handle, Run run) {
        parts.approvals().latest(handle, Effect.KIND, run.id().text())
                .filter(proposal -> proposal.state() instanceof ProposalState.Open).ifPresent(proposal -> parts
                        .approvals().cancel(handle, proposal.id(), Actor.STEWARD, "what it is for is being ended"));
        return endings.end(handle, run, new RunState.Cancelled(Actor.STEWARD), RequestState.CANCELLED, Actor.STEWARD,
                Map.of()).isPresent();
    }

    private void begin(Handle handle, Lease lease, Request origin, String moduleDigest) {
        LeaseState.Ending ending = (LeaseState.Ending) lease.state();
        RequestId id = requests.insertEnding(handle, origin,
                "lease:" + lease.stack().value() + ":end:" + ending.tries());
        Run before = run(handle, origin);
        Run run = parts.store().runs().runs().create(handle, Actor.STEWARD,
                new Run.Order(lease.stack(), id.value(), RunOperation.DESTROY, before.module(), moduleDigest,
                        parts.rules().terraformVersion(), parts.store().runs().runs().inputs(handle, before).toString(),
                        before.policyDigest()));
        requests.serve(handle, id, run.id(), origin.workflowDigest());
        parts.store().leases().endedBy(handle, lease, id.value());
        parts.store().ledger().append(handle, Actor.STEWARD, "request.end", id.text(), Map.of("origin",
                origin.id().text(), "stack", lease.stack().text(), "run", run.id().text()));
        parts.store().jobs().enqueue(handle, Submitting.planJob(run));
    }

    private Run run(Handle handle, Request request) {
        RunId id = request.run();
        return parts.store().runs().runs().byId(handle, id);
    }
}
