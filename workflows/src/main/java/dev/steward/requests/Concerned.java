package dev.steward.requests;

import dev.steward.catalog.Entity;
import dev.steward.catalog.EntityId;
import dev.steward.catalog.Person;
import dev.steward.definitions.ExpressionFailure;
import dev.steward.definitions.Facts;
import dev.steward.definitions.Workflow;
import dev.steward.stacks.Lease;
import dev.steward.stacks.Stack;
import dev.steward.terraform.Run;
import dev.steward.terraform.RunFailure;
import dev.steward.terraform.RunState;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What a request is done to, which incidents may be on; and what they hear of it. */
final class Concerned {
    private final RequestParts parts;
    private final RequestStore requests;
    private final Recording recording;
    private final Policy policy;

    Concerned(RequestParts parts, RequestStore requests, Recording recording, Policy policy) {
        this.parts = parts;
        this.requests = requests;
        this.recording = recording;
        this.policy = policy;
    }

    /** Rows of what is there already: what it is done to, and what the new thing is going to depend on. */
    Set<Long> entities(Handle handle, Request request) {
        Set<Long> entities = new HashSet<>(parts.store().stacks().entities(handle, request.stack()));
        parts.store().leases().of(handle, request.stack()).flatMap(Lease::grant)
                .ifPresent(grant -> entities.add(grant.entity()));
        if (entities.isEmpty()) {
            Optional.ofNullable(parts.rules().workflows().get(request.workflow()))
                    .ifPresent(workflow -> dependencies(handle, workflow, request, entities));
        }
        return Set.copyOf(entities);
    }

    private void dependencies(Handle handle, Workflow workflow, Request request, Set<Long> entities) {
        try {
            Facts facts = recording.facts(handle, workflow, request);
            workflow.records().stream().flatMap(record -> policy.dependencies(record, facts).stream())
                    .flatMap(name -> parts.catalog().entities().byName(handle, name).stream()).map(Entity::id)
                    .map(EntityId::value).forEach(entities::add);
        } catch (ExpressionFailure e) {
            // What cannot be told is told by the guard rails, which refuse it.
        }
    }

    /** What keeps it waiting: access and its end wait for nobody. */
    Optional<Emergencies.Frozen> frozen(Handle handle, Request request) {
        boolean grant = parts.store().leases().of(handle, request.stack()).flatMap(Lease::grant).isPresent();
        return grant || request.endsLease()
                ? Optional.empty()
                : parts.emergencies().freezes(handle, entities(handle, request), request.id(), request.incident());
    }

    /** Why what the stack carries cannot go now: something else would lose what it depends on. */
    Optional<String> dependents(Handle handle, Stack stack) {
        List<Long> own = parts.store().stacks().entities(handle, stack.id());
        Set<String> others = own.stream().flatMap(
                entity -> parts.catalog().entities().dependentsOf(handle, new EntityId(entity)).stream())
                .filter(entity -> entity.live() && !own.contains(entity.id().value())).map(Entity::name)
                .collect(Collectors.toCollection(java.util.TreeSet::new));
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("`" + String.join("`, `", others.stream().limit(5).toList()) + "`"
                        + (others.size() > 5 ? " and " + (others.size() - 5) + " more" : "") + " "
                        + (others.size() == 1 ? "depends" : "depend") + " on it. That has to change first.");
    }

    /** Tells the incident for which something is to be as before. */
    void proposed(Handle handle, Person person, Request reverted, RequestId id, Optional<Long> incident) {
        incident.ifPresent(row -> parts.emergencies().happened(handle, new Emergencies.Happening("run",
                Set.copyOf(parts.store().stacks().entities(handle, reverted.stack())), incident, person.displayName()
                        + " proposed to revert " + reverted.id().text() + " (" + reverted.subject() + "): " + id.text()
                        + ".",
                "request:" + id.value(), Submitting.actor(person), id)));
    }

    /** Tells incidents how a run ended. */
    void ended(Handle handle, Run run) {
        Request request = requests.byId(handle, new RequestId(run.request()));
        words(run.state(), request).ifPresent(words -> {
            Person person = parts.catalog().people().byId(handle, request.requester()).orElseThrow();
            Optional<Lease.Grant> grant = parts.store().leases().of(handle, request.stack()).flatMap(Lease::grant);
            String text = grant.isPresent()
                    ? person.displayName() + ", " + request.subject() + ": "
                            + (words.equals("applied") ? "works now" : words) + " (" + request.id().text() + ")."
                    : request.id().text() + ", " + what(request) + request.subject()
                            + " asked for by " + person.displayName() + ": " + words + " (" + run.id().text() + ").";
            parts.emergencies().happened(handle, new Emergencies.Happening(grant.isPresent() ? "grant" : "run",
                    entities(handle, request), request.incident(), text, "run:" + run.id().value(),
                    request.endsLease() ? dev.steward.ledger.Actor.STEWARD : Submitting.actor(person),
                    request.endsLease() ? request.origin().orElseThrow() : request.id()));
        });
    }

    private static String what(Request request) {
        return switch (request.operation()) {
            case CREATE -> "";
            case CHANGE -> request.back().map(back -> "revert of " + back.from().text() + ", ").orElse("change of ");
            case DESTROY -> "removal of ";
        };
    }

    private static Optional<String> words(RunState state, Request request) {
        return switch (state) {
            case RunState.Applied _ -> Optional.of(request.endsLease() ? "ended" : "applied");
            case RunState.ApplyFailed(long plan, RunFailure failure) -> Optional.of("the apply failed and changed"
                    + " nothing");
            case RunState.Partial(long plan, RunFailure failure) -> Optional.of("applied in part only");
            case RunState.Indeterminate(long plan, RunFailure failure) -> Optional.of("interrupted; nobody can say yet"
                    + " how much was applied");
            case RunState.Cancelled _ -> forIncident(request, "not carried out");
            case RunState.Expired _ -> forIncident(request, "nobody decided in time");
            case RunState.PlanFailed _ -> forIncident(request, "the plan failed");
            case RunState.NoChanges _ -> forIncident(request, "nothing had to be changed");
            case RunState.Requested _ -> Optional.empty();
            case RunState.Planning _ -> Optional.empty();
            case RunState.AwaitingApproval _ -> Optional.empty();
            case RunState.Approved _ -> Optional.empty();
            case RunState.ApplyClaimed _ -> Optional.empty();
            case RunState.Applying _ -> Optional.empty();
            case RunState.Stale _ -> Optional.empty();
        };
    }

    /** What came to nothing is of interest only to the incident for which it was asked. */
    private static Optional<String> forIncident(Request request, String words) {
        return request.incident().map(_ -> words);
    }
}
