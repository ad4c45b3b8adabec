package dev.steward.requests;

import dev.steward.approvals.Approvals;
import dev.steward.approvals.Proposal;
import dev.steward.approvals.Signature;
import dev.steward.catalog.Teams;
import dev.steward.ledger.Actor;
import dev.steward.outbox.Priority;
import dev.steward.stacks.LeaseState;
import dev.steward.stacks.Stack;
import dev.steward.terraform.Run;
import dev.steward.terraform.RunFailure;
import dev.steward.terraform.RunState;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/** How runs and requests end, with all that has to be said and put away; always in the caller's transaction. */
final class Endings {
    /** How often a lease could not be ended before its channel is told. */
    private static final int PEOPLE_ARE_TOLD = 3;

    private final RequestParts.Store store;
    private final Approvals approvals;
    private final Teams teams;
    private final RequestStore requests;
    private final Notices notices;
    private final BiConsumer<Handle, Run> conclude;

    /**
     * @param conclude
     *            puts away what a run that has ended no longer needs
     */
    Endings(RequestParts.Store store, Approvals approvals, Teams teams, RequestStore requests, Notices notices,
            BiConsumer<Handle, Run> conclude) {
        this.store = store;
        this.approvals = approvals;
        this.teams = teams;
        this.requests = requests;
        this.notices = notices;
        this.conclude = conclude;
    }

    /**
     * Ends the run and moves its request.
     *
     * @return the run as it is now, or nothing when somebody was first
     */
    Optional<Run> end(Handle handle, Run run, RunState to, RequestState requestState, Actor actor,
            Map<String, ?> facts) {
        Optional<Run> moved = store.runs().runs().move(handle, run, to, actor, facts);
        moved.ifPresent(ended -> {
            conclude.accept(handle, ended);
            Request now = close(handle, requests.byId(handle, new RequestId(run.request())), requestState, actor);
            if (now.endsLease()) {
                unended(handle, now, ended.state());
            }
            tell(handle, now, ended);
        });
        return moved;
    }

    /** The last word was said: the plan may be applied. */
    void approved(Handle handle, Request request, Run run, Actor actor) {
        if (!(run.state() instanceof RunState.AwaitingApproval(long plan))) {
            throw new IllegalStateException(run.id().text() + " was approved while it is " + run.state().column());
        }
        Run moved = store.runs().runs().move(handle, run, new RunState.Approved(plan), actor, Map.of())
                .orElseThrow();
        Request now = requests.move(handle, request, RequestState.APPROVED).orElseThrow();
        store.ledger().append(handle, actor, "request.approved", now.id().text(),
                Map.of("run", run.id().text(), "policy", run.policyDigest()));
        store.jobs().enqueue(handle, Applying.job(moved));
        tell(handle, now, moved);
    }

    /** Moves the request, if it is not there already, and puts away what it no longer needs. */
    Request close(Handle handle, Request request, RequestState to, Actor actor) {
        if (request.state() == to) {
            return request;
        }
        Request now = requests.move(handle, request, to).orElseThrow();
        store.ledger().append(handle, actor, "request." + to.column(), now.id().text(),
                Map.of("run", now.run().text()));
        free(handle, now);
        return now;
    }

    /** Tells everybody who was concerned: the channel, the requester, those who were asked. */
    void tell(Handle handle, Request request, Run run) {
        notices.changed(handle, request, Priority.DECISION);
        toldApprovers(handle, request, run);
        boolean shown = !request.endsLease() || notices.hasCard(handle, request);
        if (shown && run.state().ended() && !(run.state() instanceof RunState.Cancelled)) {
            notices.result(handle, request, run.id());
        }
    }

    /** Renews the messages and homes of all who sign or signed, so that none asks for what is decided. */
    void toldApprovers(Handle handle, Request request, Run run) {
        notices.nudged(handle, request);
        approvals.latest(handle, Effect.KIND, run.id().text()).ifPresent(proposal -> {
            var people = new TreeSet<Long>();
            for (Proposal.SignedStage stage : proposal.stages()) {
                stage.signatures().stream().map(Signature::person).forEach(people::add);
                people.addAll(teams.eligible(handle, stage.stage().by(),
                        store.clock().instant()));
            }
            people.remove(request.requester());
            notices.homes(handle, people);
            people.removeIf(person -> !notices.wasAsked(handle, request, person));
            notices.approvers(handle, request, people, Priority.DECISION);
        });
    }

    /** A lease that came about in part and is over leaves nothing to be put right. */
    void over(Handle handle, Request ending) {
        ending.origin().map(id -> requests.byId(handle, id)).filter(origin -> !origin.state().ended())
                .ifPresent(origin -> close(handle, origin, RequestState.CANCELLED, Actor.STEWARD));
    }

    /** Whatever did not end a lease is tried again, and after some tries people are told. */
    private void unended(Handle handle, Request request, RunState state) {
        unended(state).ifPresent(why -> {
            LeaseState after = (request.state() == RequestState.REJECTED
                    ? store.leases().refused(handle, request.stack(), why, requests.refusals(handle, request.stack()))
                    : store.leases().failed(handle, request.stack(), why)).state();
            if (after instanceof LeaseState.Ending ending && ending.tries() >= PEOPLE_ARE_TOLD) {
                notices.trouble(handle, request);
            }
        });
    }

    private static Optional<String> unended(RunState state) {
        return switch (state) {
            case RunState.PlanFailed(RunFailure failure) -> Optional.of(failure.what());
            case RunState.ApplyFailed(long plan, RunFailure failure) -> Optional.of(failure.what());
            case RunState.Partial(long plan, RunFailure failure) -> Optional.of(failure.what());
            case RunState.Indeterminate(long plan, RunFailure failure) -> Optional.of(failure.what());
            case RunState.Cancelled _ -> Optional.of("Its ending was rejected.");
            case RunState.Expired(String why) ->
                Optional.of(why.isEmpty() ? "Nobody decided on its ending in time." : why);
            case RunState.Applied _ -> Optional.empty();
            case RunState.NoChanges _ -> Optional.empty();
            case RunState.Stale _ -> Optional.empty();
            case RunState.Requested _ -> Optional.empty();
            case RunState.Planning _ -> Optional.empty();
            case RunState.AwaitingApproval _ -> Optional.empty();
            case RunState.Approved _ -> Optional.empty();
            case RunState.ApplyClaimed _ -> Optional.empty();
            case RunState.Applying _ -> Optional.empty();
        };
    }

    /** A request that ended without anything applied leaves no stack, and its name is free again. */
    private void free(Handle handle, Request request) {
        boolean nothingCame = switch (request.state()) {
            case REJECTED, CANCELLED, EXPIRED -> true;
            case PENDING, APPROVED, DONE, FAILED -> false;
        };
        Stack stack = store.stacks().byId(handle, request.stack());
        if (nothingCame && stack.status() == Stack.Status.PENDING
                && store.runs().resourceCount(handle, stack.id()) == 0) {
            store.stacks().settle(handle, stack.id(), Stack.Status.ABANDONED, stack.owner());
            store.leases().never(handle, stack.id());
        }
    }
}
