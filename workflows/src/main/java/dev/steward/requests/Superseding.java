package dev.steward.requests;

import dev.steward.catalog.Person;
import dev.steward.database.Json;
import dev.steward.ledger.Actor;
import dev.steward.terraform.Run;
import dev.steward.terraform.RunState;
import dev.steward.terraform.StackId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * Ends changes whose place something else of their stack takes: those that failed, since nobody puts them right any more, and
 * one that waits, where an incident needs to have it as before.
 */
final class Superseding {
    private final RequestParts parts;
    private final RequestStore requests;
    private final Endings endings;
    private final Notices notices;

    Superseding(RequestParts parts, RequestStore requests, Endings endings, Notices notices) {
        this.parts = parts;
        this.requests = requests;
        this.endings = endings;
        this.notices = notices;
    }

    /** In the transaction that asks for the other; each says what takes its place. */
    void failed(Handle handle, StackId stack, RequestId by, Actor actor) {
        for (Request request : History.failed(handle, stack)) {
            Run run = parts.store().runs().runs().byId(handle, request.run());
            note(handle, request, by);
            endings.close(handle, request, RequestState.CANCELLED, actor);
            endings.tell(handle, requests.byId(handle, request.id()), run);
        }
    }

    private void note(Handle handle, Request request, RequestId by) {
        parts.store().runs().runs().annotate(handle, request.run(), "notes",
                Json.toTree(List.of(by.text() + " replaces it.")));
    }

    /**
     * Whether the request that is open gives way to a revert for that incident: a change that waits for people, of what an
     * open SEV-1 or SEV-2 is on. What goes back itself, or is at work, does not.
     */
    boolean givesWay(Handle handle, Request open, Optional<Long> incident) {
        Set<Long> entities = Set.copyOf(parts.store().stacks().entities(handle, open.stack()));
        return open.changes() && open.back().isEmpty()
                && waits(parts.store().runs().runs().byId(handle, open.run()).state())
                && incident.filter(row -> parts.emergencies().urgent(handle, entities, row)).isPresent();
    }

    private static boolean waits(RunState state) {
        return switch (state) {
            case RunState.Requested _ -> true;
            case RunState.AwaitingApproval _ -> true;
            case RunState.Approved _ -> true;
            case RunState.PlanFailed _ -> true;
            case RunState.ApplyFailed _ -> true;
            case RunState.NoChanges _ -> true;
            case RunState.Cancelled _ -> true;
            case RunState.Expired _ -> true;
            case RunState.Stale _ -> true;
            case RunState.Planning _ -> false;
            case RunState.ApplyClaimed _ -> false;
            case RunState.Applying _ -> false;
            case RunState.Applied _ -> false;
            case RunState.Partial _ -> false;
            case RunState.Indeterminate _ -> false;
        };
    }

    /** Withdraws what gives way, so that something else can be asked; its people hear of it by {@link #withdrawn}. */
    void withdraw(Handle handle, Request open, Actor actor) {
        Run run = parts.store().runs().runs().byId(handle, open.run());
        if (run.state().ended()) {
            endings.close(handle, open, RequestState.CANCELLED, actor);
            endings.tell(handle, requests.byId(handle, open.id()), run);
            return;
        }
        parts.approvals().latest(handle, Effect.KIND, run.id().text())
                .ifPresent(proposal -> parts.approvals().supersede(handle, proposal.id()));
        if (endings.end(handle, run, new RunState.Cancelled(actor), RequestState.CANCELLED, actor, Map.of())
                .isEmpty()) {
            throw new IllegalStateException(open.id().text() + " changed in the transaction that withdraws it");
        }
    }

    /** Tells whoever asked for it and whoever was asked to decide what takes its place, but not those who know. */
    void withdrawn(Handle handle, Request withdrawn, RequestId by, Person actor) {
        note(handle, withdrawn, by);
        Set<Long> people = new TreeSet<>(notices.asked(handle, withdrawn));
        people.add(withdrawn.requester());
        people.remove(actor.id());
        notices.superseded(handle, withdrawn, by, people);
    }
}
