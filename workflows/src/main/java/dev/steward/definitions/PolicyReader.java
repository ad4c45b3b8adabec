package dev.steward.definitions;

import dev.steward.definitions.ExpressionReader.Read;
import dev.steward.definitions.Workflow.Approval;
import dev.steward.definitions.Workflow.Escalation;
import dev.steward.definitions.Workflow.Guardrail;
import dev.steward.definitions.Workflow.Impatience;
import dev.steward.definitions.Workflow.Stage;
import dev.steward.definitions.Workflow.StandingRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads who decides and which rules a plan must keep.
 *
 * @param scope
 *            the form, the plan and what is known with it
 */
record PolicyReader(Problems problems, ExpressionReader expressions, Scope scope) {
    private static final Duration DEFAULT_EXPIRY = Duration.ofDays(3);
    private static final Duration SOONEST = Duration.ofMinutes(15);
    private static final int MAX_STANDING = 20;
    private static final int MAX_STAGES = 10;
    private static final int MAX_NEED = 20;
    private static final int MAX_GUARDRAILS = 50;
    private static final int MAX_NAME = 75;
    private static final int MAX_SENTENCE = 500;

    Approval approval(Section file) {
        Optional<Section> section = file.node("approval")
                .flatMap(node -> Section.of(problems, node, "`approval`",
                        List.of("standing", "stages", "expires_after", "remind_every", "escalate")));
        if (section.isEmpty()) {
            return new Approval(List.of(), List.of(), DEFAULT_EXPIRY);
        }
        List<Stage> stages = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Node node : section.get().items("stages", MAX_STAGES)) {
            stage(node).ifPresent(stages::add);
            Section.peek(node, "name").filter(name -> !names.add(name)).ifPresent(
                    name -> problems.add(node, "There are two stages `%s`".formatted(name), "Rename one of the two"));
        }
        Duration expires = section.get().duration("expires_after").orElse(DEFAULT_EXPIRY);
        return new Approval(standing(section.get()), stages, expires, impatience(section.get(), expires));
    }

    private Impatience impatience(Section approval, Duration expires) {
        Optional<Duration> every = approval.duration("remind_every")
                .filter(time -> sensible(approval, "remind_every", time, expires));
        Optional<Escalation> escalation = approval.node("escalate")
                .flatMap(node -> Section.of(problems, node, "`escalate`", List.of("after", "to")))
                .flatMap(section -> escalation(section, expires));
        return new Impatience(every, escalation);
    }

    private Optional<Escalation> escalation(Section section, Duration expires) {
        section.required("after", "after: 1d");
        section.required("to", "to: group(\"platform-leads\")");
        Optional<Duration> after = section.duration("after")
                .filter(time -> sensible(section, "after", time, expires));
        Optional<Expression> to = section.node("to")
                .flatMap(at -> expressions.expression(at, section.place("to"), scope, Wanted.PRINCIPAL))
                .map(Read::expression);
        return after.flatMap(time -> to.map(people -> new Escalation(time, people)));
    }

    /** Not so soon that nobody could have decided, and before it is too late. */
    private boolean sensible(Section section, String key, Duration time, Duration expires) {
        boolean fits = time.compareTo(SOONEST) >= 0 && time.compareTo(expires) < 0;
        if (!fits) {
            problems.add(section.at(key), "%s is too %s".formatted(section.place(key),
                    time.compareTo(SOONEST) < 0 ? "short" : "long: it has expired by then"),
                    "Write at least `%s`, and less than `expires_after`".formatted(Durations.written(SOONEST)));
        }
        return fits;
    }

    private List<StandingRule> standing(Section approval) {
        List<StandingRule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Node node : approval.items("standing", MAX_STANDING)) {
            standingRule(node).ifPresent(rules::add);
            Section.peek(node, "name").filter(name -> !names.add(name)).ifPresent(name -> problems.add(node,
                    "There are two standing rules `%s`".formatted(name), "Rename one of the two"));
        }
        return rules;
    }

    private Optional<StandingRule> standingRule(Node node) {
        String words = "standing rule `%s`".formatted(Section.peek(node, "name").orElse("?"));
        return Section.of(problems, node, words, List.of("name", "when")).flatMap(rule -> {
            rule.required("name", "name: Own team, up to 8 hours");
            if (!rule.has("when")) {
                problems.add(rule.at(), "%s has no `when`, and would approve everything".formatted(words),
                        "Say what it approves, for example `when: hours(form.duration) <= 8.0`");
            }
            Optional<String> name = rule.text("name", MAX_NAME);
            Optional<Expression> when = rule.node("when")
                    .flatMap(at -> expressions.expression(at, rule.place("when"), scope, Wanted.TRUTH))
                    .map(Read::expression);
            return name.flatMap(known -> when.map(condition -> new StandingRule(known, condition)));
        });
    }

    private Optional<Stage> stage(Node node) {
        String words = "stage `%s`".formatted(Section.peek(node, "name").orElse("?"));
        return Section.of(problems, node, words, List.of("name", "when", "by", "need", "why")).flatMap(stage -> {
            stage.required("name", "name: Owner");
            stage.required("by", "by: owners(form.owner)");
            String name = stage.text("name", MAX_NAME).orElse("");
            Optional<Expression> when = stage.node("when")
                    .flatMap(at -> expressions.expression(at, stage.place("when"), scope, Wanted.TRUTH))
                    .map(Read::expression);
            Optional<Expression> by = stage.node("by")
                    .flatMap(at -> expressions.expression(at, stage.place("by"), scope, Wanted.PRINCIPAL))
                    .map(Read::expression);
            int need = stage.integer("need", 1, MAX_NEED).orElse(1);
            String why = stage.text("why", MAX_SENTENCE).orElse("");
            return by.map(principal -> new Stage(name, when, principal, need, why));
        });
    }

    List<Guardrail> guardrails(Section file) {
        List<Guardrail> guardrails = new ArrayList<>();
        int number = 0;
        for (Node node : file.items("guardrails", MAX_GUARDRAILS)) {
            number++;
            Section.of(problems, node, "guardrail " + number, List.of("deny", "warn", "say")).flatMap(this::guardrail)
                    .ifPresent(guardrails::add);
        }
        return guardrails;
    }

    private Optional<Guardrail> guardrail(Section rule) {
        rule.required("say", "say: A new service deletes nothing");
        String say = rule.text("say", MAX_SENTENCE).orElse("");
        if (rule.has("deny") == rule.has("warn")) {
            problems.add(rule.at(),
                    "%s has %s `deny` %s `warn`".formatted(rule.words(), rule.has("deny") ? "both" : "neither",
                            rule.has("deny") ? "and" : "nor"),
                    "Write one of the two");
            return Optional.empty();
        }
        String key = rule.has("deny") ? "deny" : "warn";
        var effect = rule.has("deny") ? Guardrail.Effect.DENY : Guardrail.Effect.WARN;
        return expressions.expression(rule.at(key), rule.place(key), scope, Wanted.TRUTH)
                .map(read -> new Guardrail(effect, read.expression(), say));
    }
}
