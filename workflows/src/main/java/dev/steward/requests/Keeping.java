package dev.steward.requests;

import dev.steward.catalog.Entity;
import dev.steward.catalog.EntityId;
import dev.steward.catalog.EntityKind;
import dev.steward.catalog.NewEntity;
import dev.steward.catalog.Responsibility;
import dev.steward.definitions.Expression;
import dev.steward.definitions.ExpressionFailure;
import dev.steward.definitions.Facts;
import dev.steward.definitions.FieldError;
import dev.steward.definitions.Workflow;
import dev.steward.terraform.StackId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What a change leaves as it is: what things are called, whose they are, who runs them and how they are bound. These say
 * who decides, so that nobody chooses that by asking for a change.
 */
final class Keeping {
    private final RequestParts parts;
    private final Policy policy;

    Keeping(RequestParts parts, Policy policy) {
        this.parts = parts;
        this.policy = policy;
    }

    /** The thing of that kind and name that stands on the stack. */
    Optional<Entity> on(Handle handle, StackId stack, NewEntity wanted) {
        return entities(handle, stack).stream().filter(entity -> entity.live() && entity.kind() == wanted.kind()
                && entity.name().equalsIgnoreCase(wanted.name())).findFirst();
    }

    private List<Entity> entities(Handle handle, StackId stack) {
        return parts.store().stacks().entities(handle, stack).stream()
                .flatMap(id -> parts.catalog().entities().byId(handle, new EntityId(id)).stream()).toList();
    }

    /** Earlier answers, with whoever answers for it now in the place of whoever did then. */
    Map<String, Object> current(Handle handle, Workflow workflow, StackId stack, Map<String, Object> answers) {
        Map<String, Object> now = new LinkedHashMap<>(answers);
        if (!workflow.records().isEmpty()) {
            Workflow.RecordedEntity first = workflow.records().getFirst();
            entities(handle, stack).stream()
                    .filter(entity -> entity.live() && EntityKind.of(first.kind()).stream()
                            .anyMatch(entity.kind()::equals))
                    .findFirst()
                    .map(Entity::responsibility).ifPresent(it -> {
                        put(now, first.value("lifecycle"), it.lifecycle().text());
                        put(now, first.value("operated_by"), it.operatedBy());
                        put(now, Optional.of(first.owner()), it.owner());
                    });
        }
        return now;
    }

    private void put(Map<String, Object> answers, Optional<Expression> expression, String value) {
        expression.flatMap(policy::plainField).filter(answers::containsKey)
                .ifPresent(field -> answers.put(field, value));
    }

    /** The fields whose answers stay, where an answer alone says it. */
    List<String> fields(Workflow workflow) {
        return workflow.records().stream().limit(1).flatMap(first -> List.of(Optional.of(first.name()),
                Optional.of(first.owner()), first.value("operated_by"), first.value("lifecycle")).stream())
                .flatMap(Optional::stream).flatMap(expression -> policy.plainField(expression).stream()).distinct()
                .toList();
    }

    /**
     * What answers would change that stays.
     *
     * @param now
     *            the facts of the answers that hold now
     * @param asked
     *            the facts of those that are asked for
     */
    List<FieldError> broken(Handle handle, Workflow workflow, StackId stack, Facts now, Facts asked) {
        List<NewEntity> wanted = policy.entities(workflow, asked, "change");
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < wanted.size() && errors.isEmpty(); i++) {
            broken(handle, workflow, i, stack, wanted.get(i), before(workflow, i, now)).ifPresent(errors::add);
        }
        return errors;
    }

    /** The definition may have changed since: then what it says of the earlier answers does not count. */
    private Optional<NewEntity> before(Workflow workflow, int record, Facts now) {
        try {
            return Optional.of(policy.entities(workflow, now, "now").get(record));
        } catch (ExpressionFailure | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Optional<FieldError> broken(Handle handle, Workflow workflow, int index, StackId stack, NewEntity wanted,
            Optional<NewEntity> before) {
        Workflow.RecordedEntity record = workflow.records().get(index);
        Optional<Entity> there = on(handle, stack, wanted);
        if (there.isPresent()) {
            return moved(workflow, record, there.get().responsibility(), wanted);
        }
        Optional<NewEntity> renamed = before.filter(b -> !b.name().equalsIgnoreCase(wanted.name())
                || b.kind() != wanted.kind());
        if (renamed.isPresent() || before.isEmpty()) {
            return error(workflow, record, Optional.of(record.name()), "The name stays"
                    + renamed.map(b -> " `" + b.name() + "`").orElse("") + ": a change does not rename anything.");
        }
        boolean taken = parts.catalog().entities().nameTaken(handle, wanted.kind(), wanted.name()).isPresent();
        return taken
                ? error(workflow, record, Optional.of(record.name()),
                        "`" + wanted.name() + "` is something else in the catalog.")
                : moved(workflow, record, before.get().responsibility(), wanted);
    }

    private Optional<FieldError> moved(Workflow workflow, Workflow.RecordedEntity record, Responsibility now,
            NewEntity wanted) {
        Responsibility then = wanted.responsibility();
        if (!then.owner().equalsIgnoreCase(now.owner())) {
            return error(workflow, record, Optional.of(record.owner()),
                    "The owner stays `" + now.owner() + "`: a change does not transfer it.");
        }
        if (!then.operatedBy().equalsIgnoreCase(now.operatedBy())) {
            return error(workflow, record, record.value("operated_by"), "It stays operated by `" + now.operatedBy()
                    + "`: a change does not hand it to another team.");
        }
        return then.lifecycle() == now.lifecycle()
                ? Optional.empty()
                : error(workflow, record, record.value("lifecycle"), "The lifecycle stays `" + now.lifecycle().text()
                        + "`: it says who decides.");
    }

    private Optional<FieldError> error(Workflow workflow, Workflow.RecordedEntity record,
            Optional<Expression> expression, String why) {
        return Optional.of(new FieldError(expression.flatMap(e -> policy.fieldOfExpression(workflow, e))
                .or(() -> policy.fieldOfExpression(workflow, record.owner()))
                .orElse(workflow.fields().getFirst().name()), why));
    }
}
