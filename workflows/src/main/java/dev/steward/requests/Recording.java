package dev.steward.requests;

import dev.steward.catalog.Entity;
import dev.steward.catalog.EntityId;
import dev.steward.catalog.NewEntity;
import dev.steward.catalog.Person;
import dev.steward.catalog.RecordOutcome;
import dev.steward.catalog.Team;
import dev.steward.database.Json;
import dev.steward.definitions.ExpressionFailure;
import dev.steward.definitions.Facts;
import dev.steward.definitions.Workflow;
import dev.steward.ledger.Actor;
import dev.steward.stacks.Stack;
import dev.steward.terraform.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an applied request leaves behind: the stack, its entities and their owner. What cannot be recorded is noted with
 * the run, for people; the stack has an owner in any case.
 */
final class Recording {
    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

    private final RequestParts parts;
    private final RequestStore requests;
    private final Policy policy;
    private final RequestFacts circumstances;
    private final Notices notices;
    private final Keeping keeping;

    Recording(RequestParts parts, RequestStore requests, Policy policy, RequestFacts circumstances, Notices notices) {
        this.parts = parts;
        this.requests = requests;
        this.policy = policy;
        this.circumstances = circumstances;
        this.notices = notices;
        keeping = new Keeping(parts, policy);
    }

    /** What there is to record, evaluated before anything is written. */
    private record Wanted(NewEntity entity, List<String> dependencies) {}

    Facts facts(Workflow workflow, Request request) {
        return parts.store().database().read(h -> facts(h, workflow, request));
    }

    Facts facts(Handle handle, Workflow workflow, Request request) {
        return facts(handle, workflow, request, requests.answers(handle, request.id()));
    }

    /** The facts as they would be with other answers. */
    Facts facts(Handle handle, Workflow workflow, Request request, Map<String, Object> answers) {
        Person asks = parts.catalog().people().byId(handle, request.requester()).orElseThrow();
        Facts facts = circumstances.of(handle, workflow, answers, circumstances.requester(handle, asks));
        return request.operation() == Request.Operation.CREATE
                ? facts
                : facts.withStack(stack(parts.store().stacks().byId(handle, request.stack())));
    }

    private static Map<String, Object> stack(Stack stack) {
        return Map.of("name", stack.name(), "module", stack.module());
    }

    /** Records stack, entities and owner in the caller's transaction. */
    void record(Handle handle, Request request, Run run) {
        Stack stack = parts.store().stacks().byId(handle, request.stack());
        List<String> notes = new ArrayList<>();
        List<Wanted> wanted = wanted(handle, request, notes);
        wanted.forEach(each -> record(handle, stack, each, notes));
        long owner = wanted.stream().findFirst().flatMap(first -> parts.catalog().teams().byName(handle,
                first.entity().responsibility().owner())).map(Team::id).orElse(stack.owner());
        parts.store().stacks().settle(handle, stack.id(), Stack.Status.ACTIVE, owner);
        parts.store().leases().activate(handle, stack.id());
        parts.store().jobs().enqueue(handle, LeaseSweep.job());
        parts.store().runs().runs().annotate(handle, run.id(), "notes", Json.toTree(notes));
        parts.store().ledger().append(handle, Actor.STEWARD, "stack.record", stack.id().text(),
                Map.of("request", request.id().text(), "run", run.id().text(), "owner", owner, "entities",
                        wanted.size()));
    }

    /** Records what the stack is now; whose it is and what it is called stay. */
    void changed(Handle handle, Request change, Run run) {
        Stack stack = parts.store().stacks().byId(handle, change.stack());
        List<String> notes = new ArrayList<>();
        List<Wanted> wanted = wanted(handle, change, notes);
        List<List<String>> before = dependenciesBefore(handle, change);
        for (int i = 0; i < wanted.size(); i++) {
            Wanted each = wanted.get(i);
            Optional<Entity> there = keeping.on(handle, stack.id(), each.entity());
            if (there.isEmpty()) {
                record(handle, stack, each, notes);
                continue;
            }
            parts.catalog().entities().describe(handle, Actor.STEWARD, there.get(), each.entity());
            release(handle, there.get(), i < before.size() ? before.get(i) : List.of(), each.dependencies());
            depend(handle, there.get().id(), each.dependencies(), notes);
        }
        parts.store().runs().runs().annotate(handle, run.id(), "notes", Json.toTree(notes));
        parts.store().ledger().append(handle, Actor.STEWARD, "stack.change", stack.id().text(),
                Map.of("request", change.id().text(), "run", run.id().text(), "entities", wanted.size()));
    }

    private List<List<String>> dependenciesBefore(Handle handle, Request change) {
        Optional<Workflow> workflow = Optional.ofNullable(parts.rules().workflows().get(change.workflow()));
        try {
            return workflow.flatMap(w -> History.before(handle, change).map(now -> wanted(handle, w, now)))
                    .orElse(List.of()).stream().map(Wanted::dependencies).toList();
        } catch (ExpressionFailure | IllegalArgumentException _) {
            return List.of();
        }
    }

    /** Only what the earlier answers named goes: others may have recorded more. */
    private void release(Handle handle, Entity entity, List<String> before, List<String> now) {
        before.stream().filter(name -> !now.contains(name))
                .flatMap(name -> parts.catalog().entities().byName(handle, name).stream())
                .forEach(other -> parts.catalog().entities().removeDependency(handle, Actor.STEWARD, entity.id(),
                        other.id()));
    }

    /** Records that nothing is left of the stack that the request ended: tombstones stay in the catalog. */
    void gone(Handle handle, Request ending, Run run) {
        Stack stack = parts.store().stacks().byId(handle, ending.stack());
        parts.store().stacks().settle(handle, stack.id(), Stack.Status.ENDED, stack.owner());
        parts.store().stacks().entities(handle, stack.id())
                .forEach(entity -> parts.catalog().entities().end(handle, Actor.STEWARD, new EntityId(entity)));
        if (ending.endsLease()) {
            parts.store().leases().gone(handle, stack.id());
        }
        parts.store().ledger().append(handle, Actor.STEWARD, "stack.end", stack.id().text(),
                Map.of("request", ending.id().text(), "run", run.id().text()));
        if (ending.endsLease()) {
            notices.ended(handle, ending);
        }
    }

    /** The definition may have changed since the request was made: then what was applied still has its owner. */
    private List<Wanted> wanted(Handle handle, Request request, List<String> notes) {
        Optional<Workflow> workflow = Optional.ofNullable(parts.rules().workflows().get(request.workflow()));
        try {
            return workflow.map(w -> wanted(handle, w, request)).orElseThrow();
        } catch (ExpressionFailure | IllegalArgumentException | java.util.NoSuchElementException e) {
            LOG.error("{}: nothing could be recorded in the catalog", request.id().text(), e);
            notes.add("The workflow `" + request.workflow() + "` is gone or has changed, so nothing was recorded in the"
                    + " catalog: ask the platform team to do that.");
            return List.of();
        }
    }

    private List<Wanted> wanted(Handle handle, Workflow workflow, Request request) {
        Facts facts = facts(handle, workflow, request);
        List<NewEntity> entities = policy.entities(workflow, facts, "request:" + request.id().value());
        return IntStream.range(0, entities.size()).mapToObj(
                i -> new Wanted(entities.get(i), policy.dependencies(workflow.records().get(i), facts))).toList();
    }

    private void record(Handle handle, Stack stack, Wanted wanted, List<String> notes) {
        String name = wanted.entity().name();
        switch (parts.catalog().entities().record(handle, Actor.STEWARD, wanted.entity())) {
            case RecordOutcome.Recorded recorded -> {
                parts.store().stacks().carries(handle, stack.id(), recorded.id().value());
                depend(handle, recorded.id(), wanted.dependencies(), notes);
            }
            case RecordOutcome.NameTaken taken -> notes.add("`" + name + "` was not recorded: the name is " + taken.by()
                    + " now. Ask the platform team to put the catalog right.");
            case RecordOutcome.UnknownTeam unknown ->
                notes.add("`" + name + "` was not recorded: there is no team `" + unknown.name() + "`.");
        }
    }

    private void depend(Handle handle, EntityId entity, List<String> names, List<String> notes) {
        for (String name : names) {
            parts.catalog().entities().byName(handle, name).map(Entity::id).ifPresentOrElse(
                    id -> parts.catalog().entities().addDependency(handle, Actor.STEWARD, entity, id),
                    () -> notes.add("`" + name + "` is not in the catalog: the dependency was not recorded."));
        }
    }
}
