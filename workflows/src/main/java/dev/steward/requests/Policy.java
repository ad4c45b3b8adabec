package dev.steward.requests;

import dev.steward.approvals.Stage;
import dev.steward.catalog.EntityKind;
import dev.steward.catalog.EntityStage;
import dev.steward.catalog.Lifecycle;
import dev.steward.catalog.Link;
import dev.steward.catalog.NewEntity;
import dev.steward.catalog.OperatingModel;
import dev.steward.catalog.Profile;
import dev.steward.catalog.Responsibility;
import dev.steward.catalog.Tier;
import dev.steward.definitions.Expression;
import dev.steward.definitions.ExpressionFailure;
import dev.steward.definitions.Facts;
import dev.steward.definitions.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a workflow's expressions say for one request: inputs, entities, stages, guard rails. Whatever cannot be evaluated
 * denies.
 */
final class Policy {
    private static final Pattern FIELD = Pattern.compile("\\bform\\.([a-z][a-z0-9_]*)");

    private final String platformTeam;

    /**
     * @param platformTeam
     *            the team of the default route of shared things
     */
    Policy(String platformTeam) {
        this.platformTeam = platformTeam;
    }

    /** The facts of the answers, with the operating model where the first record tells it. */
    Facts facts(Workflow workflow, Map<String, Object> answers, Facts.Requester requester) {
        Facts facts = Facts.of(answers, requester);
        if (workflow.records().isEmpty()) {
            return facts;
        }
        try {
            return facts.withModel(model(responsibility(workflow.records().getFirst(), facts)).text());
        } catch (ExpressionFailure unknown) {
            return facts;
        }
    }

    /** The first standing rule that holds; one that cannot be evaluated approves nothing. */
    Optional<String> standing(Workflow workflow, Facts facts) {
        return standing(workflow, List.of(facts));
    }

    /** The first standing rule that holds on all of these grounds. */
    Optional<String> standing(Workflow workflow, List<Facts> grounds) {
        return workflow.approval().standing().stream()
                .filter(rule -> grounds.stream().allMatch(facts -> holds(rule.when(), facts)))
                .map(Workflow.StandingRule::name).findFirst();
    }

    static boolean holds(Expression condition, Facts facts) {
        try {
            return condition.test(facts);
        } catch (ExpressionFailure unknown) {
            return false;
        }
    }

    /** Each variable's value, in the definition's order; one whose expression says {@code null} keeps its default. */
    Map<String, Object> inputs(Workflow workflow, Facts facts) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        workflow.inputs().forEach((variable, expression) -> expression.find(facts)
                .ifPresent(value -> inputs.put(variable, value)));
        return inputs;
    }

    /** The form's field that a module's variable is filled from, where it is one. */
    Optional<String> fieldOf(Workflow workflow, String variable) {
        return Optional.ofNullable(workflow.inputs().get(variable)).flatMap(e -> fieldOfExpression(workflow, e));
    }

    /** The form's field that an expression is made from, where it is one. */
    Optional<String> fieldOfExpression(Workflow workflow, Expression expression) {
        return Optional.of(FIELD.matcher(expression.source())).filter(Matcher::find).map(m -> m.group(1))
                .filter(name -> workflow.field(name).isPresent());
    }

    /** The form's field whose answer alone the expression is. */
    Optional<String> plainField(Expression expression) {
        return Optional.of(FIELD.matcher(expression.source().strip())).filter(Matcher::matches).map(m -> m.group(1));
    }

    /** The entities that the request leaves in the catalog once it is applied. */
    List<NewEntity> entities(Workflow workflow, Facts facts, String source) {
        return workflow.records().stream().map(record -> entity(record, facts, source)).toList();
    }

    /**
     * The stages that a request has to pass on all of these grounds: those of the first, and of the others what these do
     * not have already.
     */
    List<Stage> stages(Workflow workflow, List<Facts> grounds) {
        List<Stage> stages = new ArrayList<>(stages(workflow, grounds.getFirst()));
        grounds.stream().skip(1).flatMap(facts -> stages(workflow, facts).stream())
                .forEach(stage -> join(stages, stage));
        return List.copyOf(stages);
    }

    /** One person signs once: the same people are not asked twice, but as many of them as either wants. */
    private static void join(List<Stage> stages, Stage other) {
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            if (stage.by().equals(other.by())) {
                int need = Math.max(stage.need(), other.need());
                stages.set(i, new Stage(stage.name(), stage.by(), need, stage.why()));
                return;
            }
        }
        stages.add(new Stage(other.name(), other.by(), other.need(),
                other.why().isBlank() ? "As it is today, they decide" : "As it is today: " + other.why()));
    }

    /** The stages that this request has to pass, in order; never empty. */
    List<Stage> stages(Workflow workflow, Facts facts) {
        if (workflow.approval().stages().isEmpty()) {
            return defaultRoute(workflow, facts);
        }
        List<Stage> stages = new ArrayList<>();
        for (Workflow.Stage rule : workflow.approval().stages()) {
            if (rule.when().isEmpty() || rule.when().get().test(facts)) {
                stages.add(new Stage(rule.name(), rule.by().principal(facts), rule.need(), rule.why()));
            }
        }
        return stages.isEmpty() ? defaultRoute(workflow, facts) : List.copyOf(stages);
    }

    /**
     * What the guard rails say of a plan.
     *
     * @param denials
     *            why it may not be applied
     * @param warnings
     *            what approvers should know
     */
    record Judgement(List<String> denials, List<String> warnings) {}

    Judgement judge(Workflow workflow, Facts facts) {
        List<String> denials = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (Workflow.Guardrail rail : workflow.guardrails()) {
            try {
                if (rail.condition().test(facts)) {
                    (rail.effect() == Workflow.Guardrail.Effect.DENY ? denials : warnings).add(rail.say());
                }
            } catch (ExpressionFailure e) {
                denials.add("A guard rail could not be evaluated, so it denies: " + e.getMessage());
            }
        }
        return new Judgement(List.copyOf(denials), List.copyOf(warnings));
    }

    private List<Stage> defaultRoute(Workflow workflow, Facts facts) {
        Responsibility r = workflow.access().isPresent()
                ? responsibility(facts)
                : responsibility(workflow.records().getFirst(), facts);
        return model(r).route(r.owner(), r.operatedBy(), platformTeam).stream()
                .map(step -> new Stage(step.name(), step.by(), 1, step.why())).toList();
    }

    /** Of what access is asked to: whoever answers for it decides. */
    private static Responsibility responsibility(Facts facts) {
        Facts.Target entity = facts.entity()
                .orElseThrow(() -> new ExpressionFailure("what this is access to is not in the catalog any more"));
        return new Responsibility(entity.owner(), entity.operatedBy(),
                Lifecycle.of(entity.lifecycle()).orElse(Lifecycle.SHARED));
    }

    private static OperatingModel model(Responsibility r) {
        return OperatingModel.of(r.lifecycle(), r.owner().equals(r.operatedBy()));
    }

    private static Responsibility responsibility(Workflow.RecordedEntity record, Facts facts) {
        String owner = record.owner().text(facts);
        String operator = text(record, "operated_by", facts).orElse(owner);
        Lifecycle lifecycle = text(record, "lifecycle", facts).flatMap(Lifecycle::of)
                .orElse(Lifecycle.APPLICATION_BOUND);
        return new Responsibility(owner, operator, lifecycle);
    }

    private static NewEntity entity(Workflow.RecordedEntity record, Facts facts, String source) {
        String name = record.name().text(facts);
        Profile profile = new Profile(text(record, "title", facts).orElse(name),
                text(record, "description", facts).orElse(""),
                text(record, "stage", facts).flatMap(EntityStage::of).orElse(EntityStage.EXPERIMENTAL),
                text(record, "tier", facts).flatMap(Tier::of).orElse(Tier.TIER_3), text(record, "system", facts),
                text(record, "audience", facts), text(record, "data_class", facts), text(record, "channel", facts));
        return new NewEntity(EntityKind.of(record.kind()).orElseThrow(), name, responsibility(record, facts), profile,
                texts(record, "tags", facts), links(record, facts), source);
    }

    /** Names of what each recorded entity depends on. */
    List<String> dependencies(Workflow.RecordedEntity record, Facts facts) {
        return texts(record, "depends_on", facts);
    }

    /** All that a request records, to be compared with what another does. */
    List<Object> records(Workflow workflow, Facts facts) {
        return List.of(entities(workflow, facts, "compared"),
                workflow.records().stream().map(record -> dependencies(record, facts)).toList());
    }

    private static Optional<String> text(Workflow.RecordedEntity record, String key, Facts facts) {
        return record.value(key).flatMap(e -> e.find(facts)).map(String::valueOf).filter(t -> !t.isBlank());
    }

    private static List<String> texts(Workflow.RecordedEntity record, String key, Facts facts) {
        return record.value(key).flatMap(e -> e.find(facts)).map(Policy::strings).orElse(List.of());
    }

    private static List<Link> links(Workflow.RecordedEntity record, Facts facts) {
        return record.value("links").flatMap(e -> e.find(facts)).filter(Map.class::isInstance)
                .map(m -> ((Map<?, ?>) m).entrySet().stream()
                        .map(e -> new Link(String.valueOf(e.getKey()), String.valueOf(e.getValue()))).toList())
                .orElse(List.of());
    }

    private static List<String> strings(Object value) {
        return value instanceof List<?> values ? values.stream().map(String::valueOf).toList() : List.of();
    }
}
