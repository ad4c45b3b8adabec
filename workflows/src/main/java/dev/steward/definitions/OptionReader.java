package dev.steward.definitions;

import dev.steward.definitions.Field.Option;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the options of a field. The limits are Slack's. */
final class OptionReader {
    private static final int MAX_OPTIONS = 100;
    private static final int MAX_LABEL = 75;
    private static final int MAX_VALUE = 150;
    private static final List<Option> ENVIRONMENTS = List.of(new Option("development", "development", ""),
            new Option("staging", "staging", ""), new Option("production", "production", ""));

    private final Problems problems;

    OptionReader(Problems problems) {
        this.problems = problems;
    }

    List<Option> read(Section field, FieldType type) {
        if (!type.hasOptions()) {
            if (field.has("options")) {
                problems.add(field.at("options"), "%s is of type `%s`, which has no options".formatted(field.words(),
                        type.text()), "Make it a `choice` or `many`, or remove the options");
            }
            return List.of();
        }
        if (type == FieldType.ENVIRONMENT && !field.has("options")) {
            return ENVIRONMENTS;
        }
        List<Option> options = new ArrayList<>();
        Set<String> values = new HashSet<>();
        for (Node node : field.items("options", MAX_OPTIONS)) {
            option(field, node).ifPresent(option -> {
                options.add(option);
                if (!values.add(option.value())) {
                    problems.add(node, "%s has the option `%s` twice".formatted(field.words(), option.value()),
                            "Remove one of the two");
                }
            });
        }
        if (Section.members(field.at("options")).findAny().isEmpty()) {
            problems.add(field.at("options"), "%s has no options to choose from".formatted(field.words()),
                    "Add them, for example `options: [tier-1, tier-2]`");
        }
        return options;
    }

    private Optional<Option> option(Section field, Node node) {
        String words = "an option of " + field.words();
        if (!(node instanceof MappingNode)) {
            return field.textOf(node, words, MAX_LABEL).map(text -> new Option(text, text, ""));
        }
        return Section.of(problems, node, words, List.of("value", "label", "description")).flatMap(option -> {
            option.required("value", "value: tier-1");
            return option.text("value", MAX_VALUE).map(value -> new Option(value,
                    option.text("label", MAX_LABEL).orElseGet(() -> shortened(option, value)),
                    option.text("description", MAX_LABEL).orElse("")));
        });
    }

    private String shortened(Section option, String value) {
        if (value.length() > MAX_LABEL && !option.has("label")) {
            problems.add(option.at("value"), "%s has no label and a long value".formatted(option.words()),
                    "Add a `label` of %d characters at most".formatted(MAX_LABEL));
        }
        return value;
    }
}
