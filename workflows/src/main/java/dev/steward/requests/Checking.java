package dev.steward.requests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.catalog.Entity;
import dev.steward.catalog.EntityId;
import dev.steward.catalog.Person;
import dev.steward.database.Json;
import dev.steward.definitions.Answers;
import dev.steward.definitions.Durations;
import dev.steward.definitions.ExpressionFailure;
import dev.steward.definitions.Facts;
import dev.steward.definitions.FieldError;
import dev.steward.definitions.Form;
import dev.steward.definitions.Workflow;
import dev.steward.modules.ModuleCheck;
import dev.steward.modules.ModuleDescriptor;
import dev.steward.requests.Checked.Check;
import dev.steward.terraform.InputTypes;
import dev.steward.terraform.StackId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out what a filled form means, or what is wrong with it. It stores nothing. */
final class Checking {
    private final RequestParts parts;
    private final Policy policy;
    private final RequestFacts circumstances;

    Checking(RequestParts parts, Policy policy, RequestFacts circumstances) {
        this.parts = parts;
        this.policy = policy;
        this.circumstances = circumstances;
    }

    /** The form of something new. */
    Check form(String workflowName, Person requester, Map<String, Object> raw) {
        return form(workflowName, requester, raw, Optional.empty());
    }

    /**
     * A form.
     *
     * @param own
     *            the stack that it is about, whose names are not taken for it
     */
    Check form(String workflowName, Person requester, Map<String, Object> raw, Optional<StackId> own) {
        Workflow workflow = parts.rules().workflows().get(workflowName);
        if (workflow == null) {
            return Check.refused(
                    "There is no workflow `" + workflowName + "` any more. See `/request` for those there are.");
        }
        if (!requester.mayAct()) {
            return Check.refused("Only members of this workspace can ask for something here.");
        }
        Facts.Requester asks = parts.store().database().read(h -> circumstances.requester(h, requester));
        if (!workflow.allow().permits(Set.copyOf(asks.teams()))) {
            return Check.refused("Your teams may not use `" + workflow.name() + "`. Ask the platform team who may.");
        }
        return switch (empty(workflow, asks, own).check(raw)) {
            case Answers.Rejected rejected -> Check.failed(new SubmitOutcome.Invalid(rejected.errors()));
            case Answers.Accepted accepted -> evaluate(workflow, requester, asks, accepted.typed());
        };
    }

    /** The form that those answers are to; it asks the catalog anew whenever it needs to. */
    Form empty(Workflow workflow, Facts.Requester asks, Optional<StackId> own) {
        Set<String> names = own.map(stack -> parts.store().database().read(h -> parts.store().stacks()
                .entities(h, stack).stream()
                .flatMap(id -> parts.catalog().entities().byId(h, new EntityId(id)).stream()).map(Entity::name)
                .collect(Collectors.toSet()))).orElse(Set.of());
        return new Form(workflow, asks, new Lookups(parts).form(names));
    }

    /** Answers that a form let pass before. */
    Check again(Workflow workflow, Person requester, Map<String, Object> answers) {
        return evaluate(workflow, requester,
                parts.store().database().read(h -> circumstances.requester(h, requester)), answers);
    }

    private Check evaluate(Workflow workflow, Person requester, Facts.Requester asks, Map<String, Object> answers) {
        if (workflow.records().isEmpty() && workflow.access().isEmpty()) {
            return Check.refused("`" + workflow.name()
                    + "` records nothing, so nobody would own what it makes. Tell the platform team.");
        }
        return switch (parts.rules().module(workflow.module())) {
            case ModuleCheck.Unusable unusable -> Check.refused(unusable.reason());
            case ModuleCheck.Usable module -> evaluate(workflow, requester,
                    parts.store().database().read(h -> circumstances.of(h, workflow, answers, asks)), module);
        };
    }

    private Check evaluate(Workflow workflow, Person requester, Facts facts, ModuleCheck.Usable module) {
        try {
            Found found = target(workflow, requester, facts);
            if (found.target().isEmpty()) {
                return Check.failed(new SubmitOutcome.Invalid(found.errors()));
            }
            Map<String, Object> inputs = policy.inputs(workflow, facts);
            Target target = found.target().get();
            Checked checked = new Checked(workflow, requester, facts.form(), Json.text(inputs), target,
                    nameField(workflow, target), module.digest());
            Optional<String> unusable = checked.incident().flatMap(incident -> parts.store().database()
                    .read(h -> parts.emergencies().unusable(h, requester, incident)));
            if (unusable.isPresent()) {
                return Check.failed(new SubmitOutcome.Invalid(
                        List.of(new FieldError(Workflow.Access.INCIDENT, unusable.get()))));
            }
            List<FieldError> errors = misfits(workflow, module.descriptor(), inputs);
            return errors.isEmpty() ? Check.passed(checked) : Check.failed(new SubmitOutcome.Invalid(errors));
        } catch (ExpressionFailure | IllegalArgumentException e) {
            return Check.refused("These answers do not fit the workflow `" + workflow.name() + "`: " + e.getMessage()
                    + ". Tell the platform team.");
        }
    }

    private String nameField(Workflow workflow, Target target) {
        return switch (target) {
            case Target.Access _ -> Workflow.Access.ROLE;
            case Target.Thing _ -> policy.fieldOfExpression(workflow, workflow.records().getFirst().name())
                    .orElse(workflow.fields().getFirst().name());
        };
    }

    /** What is asked for, or what is wrong with the answers. */
    private record Found(Optional<? extends Target> target, List<FieldError> errors) {}

    private Found target(Workflow workflow, Person requester, Facts facts) {
        if (workflow.access().isPresent()) {
            Optional<Entity> entity = parts.store().database()
                    .read(h -> circumstances.entity(h, workflow, facts.form()));
            return entity.map(one -> Granting.ask(workflow, requester, one, facts))
                    .map(asked -> new Found(asked.target(), asked.errors()))
                    .orElseGet(() -> wrong(Workflow.Access.ENTITY, "That is not in the catalog any more."));
        }
        Optional<Duration> lasts = Optional.empty();
        if (workflow.lease().isPresent()) {
            Workflow.Lease lease = workflow.lease().get();
            lasts = Durations.parse(lease.lasts().text(facts)).filter(asked -> asked.compareTo(lease.atMost()) <= 0);
            if (lasts.isEmpty()) {
                return wrong(policy.fieldOfExpression(workflow, lease.lasts())
                        .orElse(workflow.fields().getFirst().name()),
                        "It lasts " + Durations.words(lease.atMost()) + " at most.");
            }
        }
        return new Found(Optional.of(new Target.Thing(workflow.module(),
                policy.entities(workflow, facts, "request").getFirst(), lasts)), List.of());
    }

    private static Found wrong(String field, String why) {
        return new Found(Optional.empty(), List.of(new FieldError(field, why)));
    }

    /** Whether today's module takes inputs of an earlier day. */
    boolean fits(Workflow workflow, Map<String, Object> inputs) {
        return parts.rules().module(workflow.module()) instanceof ModuleCheck.Usable usable
                && misfits(workflow, usable.descriptor(), inputs).isEmpty();
    }

    /** Terraform is lenient where a mistake is likely ("20" for a number, unknown names); Steward is not. */
    private List<FieldError> misfits(Workflow workflow, ModuleDescriptor module, Map<String, Object> inputs) {
        Map<String, String> types = module.variables().stream()
                .collect(Collectors.toMap(ModuleDescriptor.Variable::name, ModuleDescriptor.Variable::type));
        Map<String, JsonNode> values = new LinkedHashMap<>();
        inputs.forEach((name, value) -> values.put(name, Json.toTree(value)));
        return InputTypes.of(types).check(values).stream()
                .map(problem -> new FieldError(
                        policy.fieldOf(workflow, problem.variable()).orElse(workflow.fields().getFirst().name()),
                        "The module's input " + problem.path() + " " + problem.message() + "."))
                .toList();
    }
}
