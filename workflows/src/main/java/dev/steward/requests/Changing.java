package dev.steward.requests;

import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.database.Json;
import dev.steward.database.Sha256;
import dev.steward.definitions.Facts;
import dev.steward.definitions.FieldError;
import dev.steward.definitions.Form;
import dev.steward.definitions.Workflow;
import dev.steward.ledger.Actor;
import dev.steward.outbox.Priority;
import dev.steward.stacks.Lease;
import dev.steward.stacks.Stack;
import dev.steward.terraform.Run;
import dev.steward.terraform.RunOperation;
import dev.steward.terraform.RunState;
import dev.steward.terraform.StackId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Requests to make something else of what an earlier request made: its form again, with other answers. Each is planned
 * and decided on like the one that made it; one at a time.
 */
final class Changing {
    private final RequestParts parts;
    private final RequestStore requests;
    private final Checking checking;
    private final Keeping keeping;
    private final Recording recording;
    private final Superseding superseding;
    private final Notices notices;

    Changing(RequestParts parts, RequestStore requests, Checking checking, Policy policy, Recording recording,
            Superseding superseding, Notices notices) {
        this.parts = parts;
        this.requests = requests;
        this.checking = checking;
        this.keeping = new Keeping(parts, policy);
        this.recording = recording;
        this.superseding = superseding;
        this.notices = notices;
    }

    /** The form of what stands there, with the answers that hold now. */
    ChangeForm form(Handle handle, Entity entity, Person person) {
        return unchangeable(handle, entity, person).<ChangeForm>map(ChangeForm.Refused::new)
                .orElseGet(() -> form(handle, current(handle, entity).orElseThrow()));
    }

    private ChangeForm form(Handle handle, Request current) {
        Workflow workflow = Objects.requireNonNull(parts.rules().workflows().get(current.workflow()));
        Map<String, Object> answers = new LinkedHashMap<>(
                keeping.current(handle, workflow, current.stack(), requests.answers(handle, current.id())));
        answers.keySet().removeIf(field -> workflow.field(field).isEmpty());
        Form form = checking.empty(workflow, new Facts.Requester("", "", Optional.empty(), List.of()),
                Optional.empty());
        for (int page = 0; page < workflow.pages().size(); page++) {
            // What was left empty is left empty: no default takes its place.
            form.visible(page, answers).stream().filter(field -> !field.sensitive())
                    .forEach(field -> answers.putIfAbsent(field.name(), ""));
        }
        return new ChangeForm.Open(current.id(), current.subject(), workflow, answers);
    }

    /** The request whose answers hold for what stands there, if that person may change it. */
    Optional<RequestId> changeable(Handle handle, Entity entity, Person person) {
        return unchangeable(handle, entity, person).isPresent()
                ? Optional.empty()
                : current(handle, entity).map(Request::id);
    }

    private Optional<Request> current(Handle handle, Entity entity) {
        return parts.store().stacks().carrying(handle, entity.id().value())
                .flatMap(stack -> History.current(handle, stack.id()));
    }

    private Optional<String> unchangeable(Handle handle, Entity entity, Person person) {
        if (!entity.live()) {
            return Optional.of("`" + entity.name() + "` is gone, so there is nothing to change.");
        }
        Optional<Stack> stack = parts.store().stacks().carrying(handle, entity.id().value());
        return stack.isEmpty()
                ? Optional
                        .of("`" + entity.name() + "` was not made by a request, so there is no form to change it with."
                                + " Its owner, team " + entity.owner() + ", knows how it is changed.")
                : obstacle(handle, stack.get()).or(() -> mayNot(handle, stack.get(), person));
    }

    List<String> kept(Workflow workflow) {
        return keeping.fields(workflow);
    }

    /** Whoever may not use a workflow may not change by it what it made, either. */
    private Optional<String> mayNot(Handle handle, Stack stack, Person person) {
        Request current = History.current(handle, stack.id()).orElseThrow();
        Workflow workflow = parts.rules().workflows().get(current.workflow());
        if (workflow == null) {
            return Optional.of(gone(current));
        }
        Set<String> teams = parts.catalog().teams().teamsOf(handle, person.id()).stream().map(Team::name)
                .collect(Collectors.toSet());
        return person.mayAct() && workflow.allow().permits(teams)
                ? Optional.empty()
                : Optional.of("Your teams may not use `" + workflow.name() + "`, so you cannot change what it made."
                        + " Ask the platform team who may.");
    }

    static String gone(Request request) {
        return "The workflow `" + request.workflow() + "` that " + request.id().text()
                + " came through is gone. Ask the platform team.";
    }

    /**
     * Takes the filled form in.
     *
     * @param of
     *            the request whose answers held when the form was opened
     */
    SubmitOutcome submit(RequestId of, Person person, Map<String, Object> answers, String idempotencyKey) {
        Optional<Request> found = parts.store().database().read(h -> requests.find(h, of));
        if (found.isEmpty()) {
            return new SubmitOutcome.Refused("There is no " + of.text() + ".");
        }
        Request seen = found.get();
        Checked.Check check = checking.form(seen.workflow(), person, answers, Optional.of(seen.stack()));
        return check.checked().isEmpty()
                ? check.otherwise()
                : parts.store().database().write(h -> requests.byIdempotencyKey(h, idempotencyKey)
                        .<SubmitOutcome>map(id -> new SubmitOutcome.Accepted(id,
                                requests.byId(h, id).channel()))
                        .orElseGet(() -> submit(h, seen, check.checked().get(), idempotencyKey)));
    }

    private SubmitOutcome submit(Handle handle, Request seen, Checked checked, String idempotencyKey) {
        Stack stack = parts.store().stacks().byId(handle, seen.stack());
        Optional<String> obstacle = obstacle(handle, stack);
        if (obstacle.isPresent()) {
            return new SubmitOutcome.Refused(obstacle.get());
        }
        Request current = History.current(handle, stack.id()).orElseThrow();
        if (!current.id().equals(seen.id())) {
            return new SubmitOutcome.Refused("`" + seen.subject() + "` was changed by " + current.id().text()
                    + " while this form was open. Open the form anew: it shows how it is now.");
        }
        Optional<SubmitOutcome> wrong = wrong(handle, stack, current, checked);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        if (same(handle, current, checked.answers(), checked.moduleDigest())) {
            return new SubmitOutcome.Refused("Nothing is different: `" + current.subject()
                    + "` has these answers already. Change at least one of them.");
        }
        RequestId id = store(handle, current, checked, new Wish(Optional.empty(), Optional.empty(), checked.inputs()),
                idempotencyKey);
        return new SubmitOutcome.Accepted(id, checked.workflow().channel());
    }

    /** Why the stack cannot be changed at all, or not now. */
    Optional<String> obstacle(Handle handle, Stack stack) {
        return obstacle(handle, stack, Optional.empty());
    }

    /**
     * The same.
     *
     * @param but
     *            a request that is not in the way
     */
    Optional<String> obstacle(Handle handle, Stack stack, Optional<RequestId> but) {
        Optional<Request> made = requests.ofStack(handle, stack.id());
        String subject = made.map(Request::subject).orElse(stack.name());
        Optional<Lease> lease = parts.store().leases().of(handle, stack.id());
        if (lease.isPresent()) {
            return Optional.of(lease.get().grant().isPresent()
                    ? "Access is not changed. Extend it, or ask for it anew: /access mine shows what you have."
                    : "`" + subject + "` ends by itself and is not changed. Extend or promote it, with the buttons of "
                            + made.map(request -> request.id().text()).orElse("its request") + ".");
        }
        if (stack.status() != Stack.Status.ACTIVE) {
            return Optional.of("Nothing of `" + subject + "` is left to change.");
        }
        return History.open(handle, stack.id()).filter(open -> !but.equals(Optional.of(open.id())))
                .map(open -> busy(open, subject))
                .or(() -> History.current(handle, stack.id()).isPresent()
                        ? Optional.empty()
                        : Optional.of("`" + subject + "` is not there as a whole yet. " + made.map(
                                request -> request.id().text() + " has to be put right first: see its card in #"
                                        + request.channel() + ".")
                                .orElse("Ask the platform team.")));
    }

    private static String busy(Request open, String subject) {
        String what = open.ends()
                ? " asks to remove `" + subject + "`"
                : " asks for a change of `" + subject + "` already";
        return open.id().text() + what + ". That has to end first: its card is in #" + open.channel() + ".";
    }

    /** What the answers would change that stays, or a module that is not that of the stack. */
    private Optional<SubmitOutcome> wrong(Handle handle, Stack stack, Request current, Checked checked) {
        Workflow workflow = checked.workflow();
        if (!workflow.module().equals(stack.module())) {
            return Optional.of(new SubmitOutcome.Refused("`" + workflow.name() + "` uses the module `"
                    + workflow.module() + "` now, and `" + current.subject() + "` was made by `" + stack.module()
                    + "`. Ask the platform team how to move it."));
        }
        Facts now = recording.facts(handle, workflow, current,
                keeping.current(handle, workflow, stack.id(), requests.answers(handle, current.id())));
        List<FieldError> broken = keeping.broken(handle, workflow, stack.id(), now,
                recording.facts(handle, workflow, current, checked.answers()));
        return broken.isEmpty() ? Optional.empty() : Optional.of(new SubmitOutcome.Invalid(broken));
    }

    /** What of these answers a change cannot have, for somebody who did not give them. */
    Optional<String> stays(Handle handle, Stack stack, Request current, Checked checked) {
        return wrong(handle, stack, current, checked).map(Changing::why);
    }

    static String why(SubmitOutcome wrong) {
        return switch (wrong) {
            case SubmitOutcome.Refused(String why) -> why;
            case SubmitOutcome.Invalid invalid -> invalid.errors().getFirst().message();
            case SubmitOutcome.Accepted accepted -> throw new IllegalStateException(accepted.id().text());
        };
    }

    /** Whether the stack is what these answers make, as far as it is known. */
    boolean same(Handle handle, Request current, Map<String, Object> answers, String moduleDigest) {
        String applied = parts.store().runs().runs().byId(handle, current.run()).moduleDigest();
        return applied.equals(moduleDigest) && equal(requests.answers(handle, current.id()), answers)
                && !History.unsettled(handle, current);
    }

    static boolean equal(Map<String, Object> one, Map<String, Object> other) {
        return Json.tree(Json.text(one)).equals(Json.tree(Json.text(other)));
    }

    /**
     * What a change is besides its answers.
     *
     * @param inputs
     *            module variable to value, as JSON text
     */
    record Wish(Optional<Request.Back> back, Optional<Long> incident, String inputs) {}

    /** Stores it with its run, its ledger entries, its messages and its job; what failed before it is over. */
    RequestId store(Handle handle, Request current, Checked checked, Wish wish, String idempotencyKey) {
        Workflow workflow = checked.workflow();
        Actor actor = Submitting.actor(checked.requester());
        RequestId origin = requests.ofStack(handle, current.stack()).orElseThrow().id();
        RequestId id = requests.insertChange(handle,
                new RequestStore.New(workflow.name(), workflow.digest(), checked.requester().id(), workflow.channel(),
                        current.subject(), current.stack(), idempotencyKey),
                origin, wish.back(), wish.incident());
        superseding.failed(handle, current.stack(), id, actor);
        requests.answers(handle, id, checked.answers(), checked.sensitiveFields());
        Map<String, Object> facts = new HashMap<>(Map.of("workflow", workflow.name(), "workflow_digest",
                workflow.digest(), "answers", Sha256.of(Json.text(checked.answers())), "stack",
                current.stack().text(), "current", current.id().text()));
        wish.back().ifPresent(back -> facts.putAll(Map.of("reverts", back.from().text(), "goes_back_to",
                back.to().text())));
        wish.incident().ifPresent(row -> facts.put("incident", "INC-" + row));
        parts.store().ledger().append(handle, actor, "request.change", id.text(), facts);
        begin(handle, id, current.stack(), checked, wish.inputs());
        return id;
    }

    private void begin(Handle handle, RequestId id, StackId stack, Checked checked, String inputs) {
        Run run = parts.store().runs().runs().create(handle, Submitting.actor(checked.requester()),
                new Run.Order(stack, id.value(), RunOperation.CHANGE, checked.workflow().module(),
                        checked.moduleDigest(), parts.rules().terraformVersion(), inputs,
                        checked.workflow().digest()));
        requests.serve(handle, id, run.id(), checked.workflow().digest());
        parts.store().jobs().enqueue(handle, Submitting.planJob(run));
        notices.changed(handle, requests.byId(handle, id), Priority.NOTICE);
    }

    /** Takes the mended form of a change in whose plan failed. */
    SubmitOutcome resubmit(Request seen, Person person, Map<String, Object> answers, String idempotencyKey) {
        if (seen.requester() != person.id()) {
            return new SubmitOutcome.Refused("Only the person who asked can change " + seen.id().text() + ".");
        }
        if (seen.back().isPresent()) {
            return new SubmitOutcome.Refused(seen.id().text() + " goes back to what "
                    + seen.back().get().to().text() + " asked for, so its answers stay. Cancel it, and ask for a change"
                    + " with other answers.");
        }
        Checked.Check check = checking.form(seen.workflow(), person, answers, Optional.of(seen.stack()));
        return check.checked().isEmpty()
                ? check.otherwise()
                : parts.store().database().write(h -> mend(h, requests.byId(h, seen.id()), check.checked().get(),
                        idempotencyKey));
    }

    private SubmitOutcome mend(Handle handle, Request request, Checked checked, String idempotencyKey) {
        Run run = parts.store().runs().runs().byId(handle, request.run());
        if (request.state() != RequestState.PENDING || !(run.state() instanceof RunState.PlanFailed)) {
            return new SubmitOutcome.Refused(request.id().text() + " is being worked on already, or has ended, so it"
                    + " cannot be changed now. Its card says where it stands.");
        }
        Stack stack = parts.store().stacks().byId(handle, request.stack());
        Optional<SubmitOutcome> wrong = wrong(handle, stack, History.before(handle, request).orElseThrow(), checked);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        requests.answers(handle, request.id(), checked.answers(), checked.sensitiveFields());
        requests.submittedAs(handle, request.id(), idempotencyKey);
        parts.store().ledger().append(handle, Submitting.actor(checked.requester()), "request.resubmit",
                request.id().text(), Map.of("workflow_digest", checked.workflow().digest(), "answers",
                        Sha256.of(Json.text(checked.answers()))));
        begin(handle, request.id(), request.stack(), checked, checked.inputs());
        return new SubmitOutcome.Accepted(request.id(), request.channel());
    }

    /**
     * The form of a request that is asked for anew.
     *
     * @param about
     *            the request that is mended or changed, whose names are not taken for it
     */
    Form empty(Workflow workflow, Facts.Requester asks, Optional<RequestId> about) {
        return checking.empty(workflow, asks, about.flatMap(id -> parts.store().database()
                .read(h -> requests.find(h, id))).map(Request::stack));
    }
}
