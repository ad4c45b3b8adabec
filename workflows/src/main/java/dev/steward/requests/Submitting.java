package dev.steward.requests;

import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.database.Json;
import dev.steward.database.Sha256;
import dev.steward.definitions.Durations;
import dev.steward.definitions.FieldError;
import dev.steward.jobs.Job;
import dev.steward.ledger.Actor;
import dev.steward.outbox.Priority;
import dev.steward.stacks.Lease;
import dev.steward.stacks.LeaseState;
import dev.steward.stacks.Leases;
import dev.steward.stacks.Stack;
import dev.steward.terraform.RunOperation;
import dev.steward.terraform.Run;
import dev.steward.terraform.RunState;
import dev.steward.terraform.RunTables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Takes a filled form in, for the first time or mended. It is stored with its run, its ledger entry, its messages and
 * the job that plans it in one transaction; asked again with the same key, it answers what it answered before.
 */
final class Submitting {
    static final String PLAN_JOB = "run.plan";

    private final RequestParts parts;
    private final RequestStore requests;
    private final Checking checking;
    private final Notices notices;

    Submitting(RequestParts parts, RequestStore requests, Checking checking, Notices notices) {
        this.parts = parts;
        this.requests = requests;
        this.checking = checking;
        this.notices = notices;
    }

    SubmitOutcome submit(Requests.Submission submission, Purpose purpose) {
        Checked.Check check = checking.form(submission.workflow(), submission.requester(), submission.answers());
        if (check.checked().isEmpty()) {
            return check.otherwise();
        }
        Checked checked = check.checked().get();
        return parts.store().database().write(h -> requests.byIdempotencyKey(h, submission.idempotencyKey())
                .<SubmitOutcome>map(id -> new SubmitOutcome.Accepted(id, checked.workflow().channel()))
                .orElseGet(() -> purpose.obstacle().apply(h).<SubmitOutcome>map(SubmitOutcome.Refused::new)
                        .orElseGet(() -> store(h, checked, submission.idempotencyKey(), purpose))));
    }

    private SubmitOutcome store(Handle handle, Checked checked, String idempotencyKey, Purpose purpose) {
        SubmitOutcome outcome = store(handle, checked, idempotencyKey);
        if (outcome instanceof SubmitOutcome.Accepted accepted) {
            purpose.became().accept(handle, accepted.id());
        }
        return outcome;
    }

    SubmitOutcome resubmit(RequestId id, Person requester, Map<String, Object> answers, String idempotencyKey) {
        Optional<Request> found = parts.store().database().read(h -> requests.find(h, id));
        if (found.isEmpty() || found.get().requester() != requester.id()) {
            return new SubmitOutcome.Refused("Only the person who asked can change " + id.text() + ".");
        }
        Checked.Check check = checking.form(found.get().workflow(), requester, answers);
        return check.checked().isEmpty()
                ? check.otherwise()
                : parts.store().database().write(h -> mend(h, id, check.checked().get(), idempotencyKey));
    }

    private SubmitOutcome store(Handle handle, Checked checked, String idempotencyKey) {
        Optional<SubmitOutcome> taken = taken(handle, checked, Optional.empty());
        if (taken.isPresent()) {
            return taken.get();
        }
        Actor actor = actor(checked.requester());
        String lineage = RunTables.newLineage();
        Stack stack = parts.store().stacks().create(handle, checked.target().stackName(), checked.workflow().module(),
                lineage,
                ownerRow(handle, checked));
        parts.store().runs().seed(handle, stack.id(), lineage, parts.rules().terraformVersion());
        RequestId id = requests.insert(handle,
                new RequestStore.New(checked.workflow().name(), checked.workflow().digest(), checked.requester().id(),
                        checked.workflow().channel(), checked.target().subject(), stack.id(), idempotencyKey));
        requests.serves(handle, id, checked.incident());
        checked.target().lasts().ifPresent(lasts -> parts.store().leases().open(handle,
                new Leases.New(stack.id(), id.value(), checked.requester().id(), grant(checked), lasts)));
        requests.answers(handle, id, checked.answers(), checked.sensitiveFields());
        parts.store().ledger().append(handle, actor, "request.submit", id.text(),
                Map.of("workflow", checked.workflow().name(), "workflow_digest", checked.workflow().digest(), "answers",
                        Sha256.of(Json.text(checked.answers())), "stack", stack.id().text()));
        begin(handle, id, checked, actor, stack);
        return new SubmitOutcome.Accepted(id, checked.workflow().channel());
    }

    private static Optional<Lease.Grant> grant(Checked checked) {
        return switch (checked.target()) {
            case Target.Access access ->
                Optional.of(new Lease.Grant(access.entity().id().value(), access.role().name()));
            case Target.Thing _ -> Optional.empty();
        };
    }

    private SubmitOutcome mend(Handle handle, RequestId id, Checked checked, String idempotencyKey) {
        Request request = requests.byId(handle, id);
        Run run = parts.store().runs().runs().byId(handle, request.run());
        if (request.state() != RequestState.PENDING || !(run.state() instanceof RunState.PlanFailed)) {
            return new SubmitOutcome.Refused(
                    id.text()
                            + " is being worked on already, or has ended, so it cannot be changed now. Its card says where"
                            + " it stands.");
        }
        Optional<SubmitOutcome> taken = taken(handle, checked, Optional.of(request));
        if (taken.isPresent()) {
            return taken.get();
        }
        Stack before = parts.store().stacks().byId(handle, request.stack());
        boolean another = !before.name().equals(checked.target().stackName());
        if (another && checked.target() instanceof Target.Access) {
            return new SubmitOutcome.Invalid(List.of(new FieldError(checked.nameField(), id.text() + " asks for `"
                    + request.subject() + "`. Ask anew for anything else, and cancel this one.")));
        }
        if (before.status() != Stack.Status.PENDING && another) {
            return new SubmitOutcome.Invalid(List.of(new FieldError(checked.nameField(), "Part of `" + request.subject()
                    + "` exists already, so the name has to stay `" + request.subject() + "`.")));
        }
        Stack stack = before.status() == Stack.Status.PENDING
                ? parts.store().stacks().rename(handle, before.id(), checked.target().stackName(),
                        ownerRow(handle, checked))
                : before;
        checked.target().lasts().ifPresent(lasts -> parts.store().leases().ask(handle, stack.id(), lasts));
        requests.answers(handle, id, checked.answers(), checked.sensitiveFields());
        requests.about(handle, id, checked.target().subject());
        requests.serves(handle, id, checked.incident());
        requests.submittedAs(handle, id, idempotencyKey);
        Actor actor = actor(checked.requester());
        parts.store().ledger().append(handle, actor, "request.resubmit", id.text(), Map.of("workflow_digest",
                checked.workflow().digest(), "answers", Sha256.of(Json.text(checked.answers()))));
        begin(handle, id, checked, actor, stack);
        return new SubmitOutcome.Accepted(id, request.channel());
    }

    private void begin(Handle handle, RequestId id, Checked checked, Actor actor, Stack stack) {
        Run run = parts.store().runs().runs().create(handle, actor,
                new Run.Order(stack.id(), id.value(), RunOperation.CREATE, checked.workflow().module(),
                        checked.moduleDigest(), parts.rules().terraformVersion(), checked.inputs(),
                        checked.workflow().digest()));
        requests.serve(handle, id, run.id(), checked.workflow().digest());
        parts.store().jobs().enqueue(handle, planJob(run));
        notices.changed(handle, requests.byId(handle, id), Priority.NOTICE);
    }

    static Job.Order planJob(Run run) {
        return Job.Order.now(PLAN_JOB + ":" + run.id().value(), PLAN_JOB, Map.of("run", run.id().value()),
                Job.Lane.TERRAFORM);
    }

    /** The name is looked at once more inside the transaction: two people may have asked for it at the same moment. */
    private Optional<SubmitOutcome> taken(Handle handle, Checked checked, Optional<Request> own) {
        Optional<String> inCatalog = inCatalog(handle, checked.target());
        return inCatalog.or(() -> parts.store().stacks().byName(handle, checked.target().stackName())
                .filter(stack -> own.isEmpty() || !own.get().stack().equals(stack.id()))
                .map(stack -> taken(handle, checked.target(), stack)))
                .map(why -> new SubmitOutcome.Invalid(List.of(new FieldError(checked.nameField(), why))));
    }

    private Optional<String> inCatalog(Handle handle, Target target) {
        return switch (target) {
            case Target.Thing thing ->
                parts.catalog().entities().nameTaken(handle, thing.entity().kind(), thing.subject())
                        .map(_ -> "`" + thing.subject() + "` is in the catalog already: choose another name.");
            case Target.Access _ -> Optional.empty();
        };
    }

    private String taken(Handle handle, Target target, Stack stack) {
        Optional<Request> by = requests.ofStack(handle, stack.id());
        return switch (target) {
            case Target.Thing thing -> by.map(r -> r.id().text() + " asks for `" + thing.subject() + "` already")
                    .orElse("`" + thing.subject() + "` is taken") + ": choose another name.";
            case Target.Access access -> held(handle, access, stack, by.map(r -> r.id().text()).orElse("A request"));
        };
    }

    /** Who asks again is told what there is: it can be made to last longer, or another role be asked for. */
    private String held(Handle handle, Target.Access access, Stack stack, String request) {
        String what = access.role().title() + " on `" + access.entity().name() + "`";
        return switch (parts.store().leases().of(handle, stack.id()).orElseThrow().state()) {
            case LeaseState.Active active -> "You have " + what + " already, for another "
                    + Durations.about(Duration.between(parts.store().clock().instant(), active.endsAt())) + " ("
                    + request + "). Extend that instead: /access mine shows it.";
            case LeaseState.Ending _ -> "Your " + what + " is just being ended (" + request
                    + "). Ask again in a minute.";
            case LeaseState.Pending _,LeaseState.Ended _,LeaseState.Never _ ->
                request + " asks for " + what + " for you already. Its card says where it stands.";
        };
    }

    private long ownerRow(Handle handle, Checked checked) {
        String owner = checked.target().owner();
        return parts.catalog().teams().byName(handle, owner).map(Team::id)
                .orElseThrow(() -> new IllegalStateException("no team " + owner + ": the form let it through"));
    }

    static Actor actor(Person person) {
        return person.slack().<Actor>map(account -> account).orElse(Actor.STEWARD);
    }
}
