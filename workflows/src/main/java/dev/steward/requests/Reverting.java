package dev.steward.requests;

import dev.steward.catalog.Person;
import dev.steward.database.Json;
import dev.steward.definitions.Workflow;
import dev.steward.stacks.Stack;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Requests to have it as before. What a request made is taken away; what a request changed gets the answers and the
 * inputs that held before it, with all that changed since undone as well.
 */
final class Reverting {
    private final RequestParts parts;
    private final RequestStore requests;
    private final Checking checking;
    private final Keeping keeping;
    private final Changing changing;
    private final Decommissioning decommissioning;
    private final Superseding superseding;
    private final Concerned concerned;

    Reverting(RequestParts parts, RequestStore requests, Checking checking, Policy policy, Changing changing,
            Decommissioning decommissioning, Superseding superseding, Concerned concerned) {
        this.parts = parts;
        this.requests = requests;
        this.checking = checking;
        this.keeping = new Keeping(parts, policy);
        this.changing = changing;
        this.decommissioning = decommissioning;
        this.superseding = superseding;
        this.concerned = concerned;
    }

    /**
     * Proposes it.
     *
     * @param why
     *            what it is for, and what may be withdrawn for it
     */
    RevertOutcome propose(RequestId id, Person person, Undoing why) {
        Optional<Request> found = parts.store().database().read(h -> requests.find(h, id));
        if (found.isEmpty()) {
            return new RevertOutcome.Refused("There is no " + id.text() + ".");
        }
        return switch (found.get().operation()) {
            case CREATE -> removal(decommissioning.ask(id, person, why));
            case CHANGE -> back(found.get(), person, why);
            case DESTROY -> new RevertOutcome.Refused(
                    id.text() + " took something away. To have it back, ask for it again.");
        };
    }

    private static RevertOutcome removal(DecommissionOutcome outcome) {
        return switch (outcome) {
            case DecommissionOutcome.Asked(RequestId request, String channel) ->
                new RevertOutcome.Removal(request, channel);
            case DecommissionOutcome.Already(RequestId request, String channel) ->
                new RevertOutcome.Already(request, channel);
            case DecommissionOutcome.InTheWay(RequestId pending) -> new RevertOutcome.InTheWay(pending);
            case DecommissionOutcome.Refused(String why) -> new RevertOutcome.Refused(why);
        };
    }

    /** What it goes back to, read before anything is stored. */
    private record Earlier(Request request, Map<String, Object> answers, String inputs, boolean asItWas) {}

    private RevertOutcome back(Request change, Person person, Undoing why) {
        if (!person.mayAct()) {
            return new RevertOutcome.Refused("Only members of this workspace can ask for that.");
        }
        Workflow workflow = parts.rules().workflows().get(change.workflow());
        Optional<Earlier> earlier = workflow == null
                ? Optional.empty()
                : parts.store().database().read(h -> earlier(h, workflow, change));
        if (workflow == null || earlier.isEmpty()) {
            return new RevertOutcome.Refused(Changing.gone(change));
        }
        Checked.Check check = checking.again(workflow, person, earlier.get().answers());
        if (check.checked().isEmpty()) {
            return new RevertOutcome.Refused("It cannot be as " + earlier.get().request().id().text()
                    + " asked for any more: " + Changing.why(check.otherwise()));
        }
        String inputs = earlier.get().asItWas() && checking.fits(workflow, Json.map(earlier.get().inputs()))
                ? earlier.get().inputs()
                : check.checked().get().inputs();
        return parts.store().database().write(h -> back(h, requests.byId(h, change.id()), check.checked().get(),
                new Changing.Wish(Optional.of(new Request.Back(change.id(), earlier.get().request().id())),
                        why.incident(), inputs),
                why.instead()));
    }

    private Optional<Earlier> earlier(Handle handle, Workflow workflow, Request change) {
        return History.before(handle, change).map(before -> {
            Map<String, Object> then = requests.answers(handle, before.id());
            Map<String, Object> answers = keeping.current(handle, workflow, change.stack(), then);
            return new Earlier(before, answers, parts.store().runs().runs().inputs(handle,
                    parts.store().runs().runs().byId(handle, before.run())).toString(), answers.equals(then));
        });
    }

    private RevertOutcome back(Handle handle, Request change, Checked checked, Changing.Wish wish,
            Optional<RequestId> instead) {
        Person person = checked.requester();
        Stack stack = parts.store().stacks().byId(handle, change.stack());
        Request.Back back = wish.back().orElseThrow();
        Optional<Request> open = History.open(handle, stack.id());
        if (open.flatMap(Request::back).filter(back::equals).isPresent()) {
            return new RevertOutcome.Already(open.get().id(), open.get().channel());
        }
        Optional<Request> waits = open.filter(other -> superseding.givesWay(handle, other, wish.incident()));
        Optional<String> obstacle = wish.incident()
                .flatMap(row -> parts.emergencies().unusable(handle, person, row))
                .or(() -> changing.obstacle(handle, stack, waits.map(Request::id)))
                .or(() -> changing.stays(handle, stack, History.current(handle, stack.id()).orElseThrow(), checked));
        if (obstacle.isPresent()) {
            return new RevertOutcome.Refused(obstacle.get());
        }
        Request current = History.current(handle, stack.id()).orElseThrow();
        if (changing.same(handle, current, checked.answers(), checked.moduleDigest())) {
            return new RevertOutcome.Refused("`" + change.subject() + "` is as " + back.to().text()
                    + " asked for already, since " + current.id().text() + ".");
        }
        if (waits.map(Request::id).filter(other -> !instead.equals(Optional.of(other))).isPresent()) {
            return new RevertOutcome.InTheWay(waits.get().id());
        }
        waits.ifPresent(other -> superseding.withdraw(handle, other, Submitting.actor(person)));
        RequestId id = changing.store(handle, current, checked, wish,
                "stack:" + stack.id().value() + ":revert:" + History.asked(handle, stack.id()));
        waits.ifPresent(other -> superseding.withdrawn(handle, other, id, person));
        concerned.proposed(handle, person, change, id, wish.incident());
        return new RevertOutcome.Back(id, back.to(), requests.byId(handle, id).channel());
    }
}
