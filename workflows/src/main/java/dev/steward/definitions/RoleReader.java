package dev.steward.definitions;

import dev.steward.catalog.Tier;
import dev.steward.definitions.ExpressionReader.Read;
import dev.steward.definitions.Workflow.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one role of an access workflow: what it is called, for how long it may be had, and by whom. */
record RoleReader(Problems problems, ExpressionReader expressions) {
    private static final List<String> KEYS = List.of("name", "title", "description", "durations", "caps", "when");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,38}");
    private static final List<String> TIERS = Arrays.stream(Tier.values()).map(Tier::text).toList();
    private static final int MAX_TEXT = 75;
    private static final int MAX_DURATIONS = 10;

    /** The role; nothing when it has no usable name or durations. */
    Optional<Role> read(Node node) {
        String words = "role `%s`".formatted(Section.peek(node, "name").orElse("?"));
        return Section.of(problems, node, words, KEYS).flatMap(this::role);
    }

    private Optional<Role> role(Section role) {
        Optional<String> name = name(role);
        String title = role.text("title", MAX_TEXT)
                .orElseGet(() -> FieldReader.humanised(name.orElse("").replace('-', '_')));
        String description = role.text("description", MAX_TEXT).orElse("");
        List<Duration> durations = durations(role);
        Map<String, Duration> caps = caps(role, durations);
        Optional<Expression> when = role.node("when").flatMap(
                node -> expressions.expression(node, role.place("when"), Scope.BEFORE_ANSWERS, Wanted.TRUTH))
                .map(Read::expression);
        return name.filter(known -> !durations.isEmpty())
                .map(known -> new Role(known, title, description, durations, caps, when));
    }

    private Optional<String> name(Section role) {
        role.required("name", "name: reader");
        return role.text("name", 200).filter(name -> {
            boolean usable = NAME.matcher(name).matches();
            if (!usable) {
                problems.add(role.at("name"), "`%s` cannot be the name of a role".formatted(name),
                        "Use lower case, digits and dashes, 39 characters at most");
            }
            return usable;
        });
    }

    private List<Duration> durations(Section role) {
        role.required("durations", "durations: [1h, 8h, 1d]");
        List<Duration> durations = new ArrayList<>();
        for (Node node : role.someItems("durations", MAX_DURATIONS, "nobody could ask for it",
                "Add at least one, for example `[1h, 8h]`")) {
            role.durationOf(node, "A duration of " + role.words()).ifPresent(duration -> {
                if (!durations.isEmpty() && duration.compareTo(durations.getLast()) <= 0) {
                    problems.add(node,
                            "%s has %s after %s".formatted(role.place("durations"), Durations.written(duration),
                                    Durations.written(durations.getLast())),
                            "Write each once, the shortest first; the last is the longest that may be asked for");
                }
                durations.add(duration);
            });
        }
        return durations;
    }

    private Map<String, Duration> caps(Section role, List<Duration> durations) {
        Map<String, Duration> caps = new LinkedHashMap<>();
        role.node("caps").flatMap(node -> Section.open(problems, node, role.place("caps")))
                .ifPresent(section -> section.values().forEach((tier, node) -> {
                    if (!TIERS.contains(tier)) {
                        problems.add(node, "%s names `%s`, which is no tier".formatted(section.words(), tier),
                                "Use one of: " + String.join(", ", TIERS));
                    }
                    section.durationOf(node, section.place(tier)).ifPresent(cap -> {
                        caps.put(tier, cap);
                        refuseUseless(section, tier, cap, durations);
                    });
                }));
        return caps;
    }

    private void refuseUseless(Section caps, String tier, Duration cap, List<Duration> durations) {
        if (durations.isEmpty()) {
            return;
        }
        if (cap.compareTo(durations.getLast()) > 0) {
            problems.add(caps.at(tier),
                    "%s is %s, above the longest duration, which is %s".formatted(caps.place(tier),
                            Durations.written(cap), Durations.written(durations.getLast())),
                    "Remove it, or write less: a cap only lowers");
        } else if (cap.compareTo(durations.getFirst()) < 0) {
            problems.add(caps.at(tier),
                    "%s is %s, below the shortest duration, so nobody could ask for it there"
                            .formatted(caps.place(tier), Durations.written(cap)),
                    "Offer a shorter duration, or write `when: entity.tier != \"%s\"`".formatted(tier));
        }
    }
}
