package dev.steward.requests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.catalog.Person;
import dev.steward.definitions.Workflow;
import dev.steward.ledger.Actor;
import dev.steward.stacks.Lease;
import dev.steward.stacks.LeaseState;
import dev.steward.stacks.Suspensions.Back;
import dev.steward.stacks.Suspensions.Suspension;
import dev.steward.terraform.PlanView;
import dev.steward.terraform.Run;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Gives back access that was suspended since nobody confirmed it: to the same person, in the same role, for the time that
 * it had left. It comes back by a request in its holder's name. The owner's click is the word for it as long as the plan
 * creates what the first approval allowed, and nothing else; otherwise it is decided on like any request.
 */
final class GivingBack {
    private static final String RULE = "Given back by its owners: ";

    private final RequestParts parts;
    private final RequestStore requests;
    private final Leasing leasing;
    private final Submitting submitting;
    private final Notices notices;

    GivingBack(RequestParts parts, RequestStore requests, Leasing leasing, Submitting submitting, Notices notices) {
        this.parts = parts;
        this.requests = requests;
        this.leasing = leasing;
        this.submitting = submitting;
        this.notices = notices;
    }

    /** Whether a rule that approved something is the word of whoever gave it back. */
    static boolean is(String rule) {
        return rule.startsWith(RULE);
    }

    /** What is given back, to whom, and how. */
    private record Gift(Request request, Lease lease, Suspension left, Person holder, int tries) {
        Requests.Submission submission(Map<String, Object> answers) {
            return new Requests.Submission(request.workflow(), holder, answers,
                    "lease:" + lease.stack().value() + ":give-back:" + tries);
        }
    }

    ActOutcome give(RequestId id, Person person) {
        Optional<Gift> found = parts.store().database().read(h -> gift(h, id));
        Optional<String> obstacle = found.isEmpty()
                ? Optional.of("There is no suspended access " + id.text() + ".")
                : parts.store().database().read(h -> obstacle(h, found.get(), person));
        if (obstacle.isPresent()) {
            return new ActOutcome.Refused(obstacle.get());
        }
        Gift gift = found.orElseThrow();
        Map<String, Object> answers = parts.store().database().read(h -> answers(h, gift));
        Actor actor = Submitting.actor(person);
        SubmitOutcome outcome = submitting.submit(gift.submission(answers),
                Purpose.noted((h, back) -> given(h, gift, back, actor)));
        return switch (outcome) {
            case SubmitOutcome.Accepted accepted -> said(gift, accepted.id(), actor);
            case SubmitOutcome.Invalid invalid -> new ActOutcome.Refused("It cannot be given back: "
                    + invalid.errors().getFirst().message());
            case SubmitOutcome.Refused refused -> new ActOutcome.Refused("It cannot be given back: " + refused.why());
        };
    }

    private Optional<Gift> gift(Handle handle, RequestId id) {
        return requests.find(handle, id)
                .flatMap(request -> parts.store().leases().ofRequest(handle, id.value())
                        .flatMap(lease -> parts.suspensions().of(handle, lease)
                                .map(left -> new Gift(request, lease, left,
                                        parts.catalog().people().byId(handle, lease.holder()).orElseThrow(),
                                        requests.givenBack(handle, lease.stack())))));
    }

    private Optional<String> obstacle(Handle handle, Gift gift, Person person) {
        if (gift.holder().id() == person.id()) {
            return Optional
                    .of("You cannot give it back to yourself. Ask somebody else in the owner team, or the platform"
                            + " team.");
        }
        if (!leasing.answersFor(handle, gift.lease(), person)) {
            return Optional.of("Only the owner team and the platform team can give this back.");
        }
        if (!gift.left().open()) {
            return Optional.of(gift.left().back().map(back -> already(handle, back))
                    .orElse("Nobody gave it back in time. It can be requested again."));
        }
        if (!gift.left().openAt(parts.store().clock().instant())) {
            return Optional.of("The time to give it back is over. It can be requested again.");
        }
        if (!(gift.lease().state() instanceof LeaseState.Ended)) {
            return Optional
                    .of("It is still being removed, and can be given back once it is gone. Click again in a minute.");
        }
        if (!gift.holder().mayAct()) {
            return Optional.of(gift.holder().displayName() + " " + gift.holder().standing().departure()
                    + ", so nobody can be given this back.");
        }
        String name = parts.store().stacks().byId(handle, gift.lease().stack()).name();
        return parts.store().stacks().byName(handle, name).flatMap(stack -> requests.ofStack(handle, stack.id()))
                .map(again -> gift.holder().displayName() + " has it again, or asked for it: " + again.id().text()
                        + ".");
    }

    private String already(Handle handle, Back back) {
        return parts.catalog().people().nameOf(handle, back.by()) + " has given it back already: REQ-" + back.request()
                + ".";
    }

    /** As it was asked for, and for no incident: that is over, or it would have ended with it. */
    private Map<String, Object> answers(Handle handle, Gift gift) {
        Map<String, Object> answers = new HashMap<>(requests.answers(handle, gift.request().id()));
        answers.remove(Workflow.Access.INCIDENT);
        return answers;
    }

    /** It lasts as long as it had left, whatever the form offers. */
    private void given(Handle handle, Gift gift, RequestId back, Actor actor) {
        Lease now = parts.store().leases().of(handle, gift.lease().stack()).orElseThrow();
        if (now.version() != gift.lease().version()) {
            throw new IllegalStateException(now.stack().text() + " was changed while it was given back");
        }
        Duration left = gift.left().remaining();
        parts.store().leases().ask(handle, requests.byId(handle, back).stack(), left);
        requests.answer(handle, back, Workflow.Access.DURATION, Math.max(1, left.toMinutes()) + "m");
        parts.suspensions().givenBack(handle, now, back.value(), actor);
        notices.lease(handle, gift.request());
    }

    private ActOutcome said(Gift gift, RequestId back, Actor actor) {
        return parts.store().database().read(h -> parts.suspensions().of(h, gift.lease())).flatMap(Suspension::back)
                .filter(given -> given.request() == back.value() && !given.by().equals(actor))
                .<ActOutcome>map(given -> new ActOutcome.Refused(
                        parts.store().database().read(h -> already(h, given))))
                .orElseGet(() -> new ActOutcome.Done("Given back to " + gift.holder().displayName()
                        + ", for the time that it had left. The card of " + back.text() + " says when it is there."));
    }

    /** The rule by which that request is approved without another word, if somebody gave back what it is about. */
    Optional<String> rule(Handle handle, Workflow workflow, Request request, PlanView plan) {
        return parts.suspensions().behind(handle, request.id().value())
                .filter(old -> parts.suspensions().of(handle, old).flatMap(Suspension::back)
                        .flatMap(back -> giver(handle, back)).filter(giver -> giver.id() != old.holder()
                                && leasing.answersFor(handle, old, giver))
                        .isPresent())
                .filter(old -> same(handle, workflow, request, old, plan))
                .map(old -> RULE + "what REQ-" + old.request() + " was approved for, for the time that it had left");
    }

    private Optional<Person> giver(Handle handle, Back back) {
        return back.by() instanceof Actor.SlackUser account
                ? parts.catalog().people().bySlack(handle, account)
                : Optional.empty();
    }

    /** Whether it does what was approved before: by the same module and inputs but for the time, with the same resources. */
    private boolean same(Handle handle, Workflow workflow, Request request, Lease old, PlanView plan) {
        Run before = parts.store().runs().runs().byId(handle,
                requests.byId(handle, new RequestId(old.request())).run());
        Run now = parts.store().runs().runs().byId(handle, request.run());
        List<String> created = plan.changes().stream().filter(change -> change.action() == PlanView.Action.CREATE)
                .map(PlanView.ResourceChange::address).toList();
        return created.size() == plan.changes().size() && before.module().equals(now.module())
                && before.moduleDigest().equals(now.moduleDigest())
                && parts.store().leases().notOf(handle, old.stack(), created).isEmpty()
                && timeless(handle, workflow, before).equals(timeless(handle, workflow, now));
    }

    private Map<String, JsonNode> timeless(Handle handle, Workflow workflow, Run run) {
        Map<String, JsonNode> inputs = new HashMap<>();
        parts.store().runs().runs().inputs(handle, run).properties()
                .forEach(input -> inputs.put(input.getKey(), input.getValue()));
        workflow.inputs().forEach((variable, expression) -> {
            if (expression.source().contains("form." + Workflow.Access.DURATION)) {
                inputs.remove(variable);
            }
        });
        return inputs;
    }
}
