package dev.steward.requests;

import dev.steward.catalog.Person;
import dev.steward.ledger.Actor;
import dev.steward.stacks.Stack;
import dev.steward.terraform.Run;
import dev.steward.terraform.RunOperation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Requests to take away what an earlier request made. Each is planned and decided on like the one that made it, by the
 * same people, and refused while something depends on what would go.
 */
final class Decommissioning {
    private final RequestParts parts;
    private final RequestStore requests;
    private final Superseding superseding;
    private final Concerned concerned;
    private final Notices notices;

    Decommissioning(RequestParts parts, RequestStore requests, Superseding superseding, Concerned concerned,
            Notices notices) {
        this.parts = parts;
        this.requests = requests;
        this.superseding = superseding;
        this.concerned = concerned;
        this.notices = notices;
    }

    /**
     * Asks for it.
     *
     * @param why
     *            what it is for, and what may be withdrawn for it
     */
    DecommissionOutcome ask(RequestId id, Person person, Undoing why) {
        Optional<Run> last = parts.store().database().read(h -> requests.find(h, id)
                .map(request -> parts.store().runs().runs().byId(h, current(h, request).run())));
        if (last.isEmpty()) {
            return new DecommissionOutcome.Refused("There is no " + id.text() + ".");
        }
        String digest = parts.rules().moduleDigest(last.get().module(), last.get().moduleDigest());
        return parts.store().database().write(h -> ask(h, made(h, requests.byId(h, id)), person, why, digest));
    }

    /** What a change made something else of was made by an earlier request. */
    private Request made(Handle handle, Request request) {
        return request.changes() ? requests.ofStack(handle, request.stack()).orElseThrow() : request;
    }

    /** The request whose answers hold now: by them it is decided who approves. */
    private static Request current(Handle handle, Request request) {
        return History.current(handle, request.stack()).orElse(request);
    }

    private DecommissionOutcome ask(Handle handle, Request origin, Person person, Undoing why, String moduleDigest) {
        Optional<Long> incident = why.incident();
        Optional<Request> open = History.open(handle, origin.stack());
        if (open.filter(Request::ends).isPresent()) {
            return new DecommissionOutcome.Already(open.get().id(), open.get().channel());
        }
        Optional<Request> waits = open.filter(change -> superseding.givesWay(handle, change, incident));
        Optional<String> obstacle = incident.flatMap(row -> parts.emergencies().unusable(handle, person, row))
                .or(() -> open.filter(_ -> waits.isEmpty())
                        .map(change -> change.id().text() + " asks for a change of `" + change.subject()
                                + "`. That has to end first: its card is in #" + change.channel() + "."))
                .or(() -> obstacle(handle, origin, person));
        if (obstacle.isPresent()) {
            return new DecommissionOutcome.Refused(obstacle.get());
        }
        if (waits.map(Request::id).filter(change -> !why.instead().equals(Optional.of(change))).isPresent()) {
            return new DecommissionOutcome.InTheWay(waits.get().id());
        }
        return asked(handle, origin, person, incident, moduleDigest, waits);
    }

    private DecommissionOutcome asked(Handle handle, Request origin, Person person, Optional<Long> incident,
            String moduleDigest, Optional<Request> waits) {
        Actor actor = Submitting.actor(person);
        waits.ifPresent(change -> superseding.withdraw(handle, change, actor));
        Request current = current(handle, origin);
        Run before = parts.store().runs().runs().byId(handle, current.run());
        RequestId id = requests.insertDecommission(handle, origin, current.id(), person.id(), incident,
                "stack:" + origin.stack().value() + ":decommission:" + History.asked(handle, origin.stack()));
        waits.ifPresent(change -> superseding.withdrawn(handle, change, id, person));
        superseding.failed(handle, origin.stack(), id, actor);
        Run run = parts.store().runs().runs().create(handle, actor,
                new Run.Order(origin.stack(), id.value(), RunOperation.DESTROY, before.module(), moduleDigest,
                        parts.rules().terraformVersion(), parts.store().runs().runs().inputs(handle, before).toString(),
                        policyDigest(origin, before)));
        requests.serve(handle, id, run.id(), policyDigest(origin, before));
        Map<String, Object> facts = new HashMap<>(
                Map.of("origin", origin.id().text(), "stack", origin.stack().text(), "run", run.id().text()));
        incident.ifPresent(row -> facts.put("incident", "INC-" + row));
        parts.store().ledger().append(handle, actor, "request.decommission", id.text(), facts);
        parts.store().jobs().enqueue(handle, Submitting.planJob(run));
        Request request = requests.byId(handle, id);
        notices.changed(handle, request, dev.steward.outbox.Priority.DECISION);
        concerned.proposed(handle, person, origin, id, incident);
        return new DecommissionOutcome.Asked(id, request.channel());
    }

    private String policyDigest(Request origin, Run before) {
        return Optional.ofNullable(parts.rules().workflows().get(origin.workflow()))
                .map(dev.steward.definitions.Workflow::digest).orElse(before.policyDigest());
    }

    private Optional<String> obstacle(Handle handle, Request origin, Person person) {
        Stack stack = parts.store().stacks().byId(handle, origin.stack());
        if (!person.mayAct()) {
            return Optional.of("Only members of this workspace can ask for that.");
        }
        if (origin.ends() || stack.status() != Stack.Status.ACTIVE) {
            return Optional.of("Nothing of " + origin.id().text() + " is left to remove.");
        }
        if (parts.store().leases().of(handle, stack.id()).isPresent()) {
            return Optional.of(origin.subject() + " ends by itself. To end it now, use End now on the card of "
                    + origin.id().text() + ".");
        }
        return concerned.dependents(handle, stack);
    }
}
