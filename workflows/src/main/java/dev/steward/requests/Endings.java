package dev.steward.requests;

import dev.steward.approvals.Approvals;
import dev.steward.approvals.Proposal;
import dev.steward.approvals.Signature;
import dev.steward.catalog.Teams;
import dev.steward.ledger.Actor;
import dev.steward.outbox.Priority;
import dev.steward.stacks.Stack;
import dev.steward.terraform.Run;
import dev.steward.terraform.RunState;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/** How runs and requests end, with all that has to be said and put away; always in the caller's transaction. */
final class Endings {
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
            tell(handle, now, ended);
        });
        return moved;
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
        if (run.state().ended() && !(run.state() instanceof RunState.Cancelled)) {
            notices.result(handle, request, run.id());
        }
    }

    /** Renews the messages and homes of all who sign or signed, so that none asks for what is decided. */
    void toldApprovers(Handle handle, Request request, Run run) {
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
        }
    }
}
