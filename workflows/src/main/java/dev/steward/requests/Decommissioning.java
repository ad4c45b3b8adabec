package dev.steward.requests;

import dev.steward.catalog.Entity;
import dev.steward.catalog.EntityId;
import dev.steward.catalog.Person;
import dev.steward.ledger.Actor;
import dev.steward.stacks.Stack;
import dev.steward.terraform.Run;
import dev.steward.terraform.RunOperation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Requests to take away what an earlier request made. Each is planned and decided on like the one that made it, by the
 * same people, and refused while something depends on what would go.
 */
final class Decommissioning {
    private final RequestParts parts;
    private final RequestStore requests;
    private final Notices notices;

    Decommissioning(RequestParts parts, RequestStore requests, Notices notices) {
        this.parts = parts;
        this.requests = requests;
        this.notices = notices;
    }

    /**
     * Asks for it.
     *
     * @param incident
     *            row of the incident for which it is to be undone
     */
    DecommissionOutcome ask(RequestId id, Person person, Optional<Long> incident) {
        Optional<Run> made = parts.store().database().read(
                h -> requests.find(h, id).map(origin -> parts.store().runs().runs().byId(h, origin.run())));
        if (made.isEmpty()) {
            return new DecommissionOutcome.Refused("There is no " + id.text() + ".");
        }
        String digest = parts.rules().moduleDigest(made.get().module(), made.get().moduleDigest());
        return parts.store().database().write(h -> ask(h, requests.byId(h, id), person, incident, digest));
    }

    private DecommissionOutcome ask(Handle handle, Request origin, Person person, Optional<Long> incident,
            String moduleDigest) {
        Optional<Request> already = requests.decommissioning(handle, origin.stack());
        if (already.isPresent()) {
            return new DecommissionOutcome.Already(already.get().id(), already.get().channel());
        }
        Optional<String> obstacle = incident.flatMap(row -> parts.emergencies().unusable(handle, person, row))
                .or(() -> obstacle(handle, origin, person));
        if (obstacle.isPresent()) {
            return new DecommissionOutcome.Refused(obstacle.get());
        }
        long tries = handle.createQuery("SELECT count(*) FROM request WHERE stack = :stack AND asked_for = 1")
                .bind("stack", origin.stack().value()).mapTo(Long.class).one();
        RequestId id = requests.insertDecommission(handle, origin, person.id(), incident,
                "stack:" + origin.stack().value() + ":decommission:" + tries);
        Run before = parts.store().runs().runs().byId(handle, origin.run());
        Actor actor = Submitting.actor(person);
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
        incident.ifPresent(row -> parts.emergencies().happened(handle, new Emergencies.Happening("run",
                Set.copyOf(parts.store().stacks().entities(handle, origin.stack())), incident, person.displayName()
                        + " proposed to revert " + origin.id().text() + " (" + origin.subject() + "): " + id.text()
                        + ".",
                "request:" + id.value(), actor, id)));
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
            return Optional.of("Nothing is there of " + origin.id().text() + " that could be taken away.");
        }
        if (parts.store().leases().of(handle, stack.id()).isPresent()) {
            return Optional.of(origin.subject() + " ends by itself. To end it now, use End now on the card of "
                    + origin.id().text() + ".");
        }
        return dependents(handle, stack);
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
}
