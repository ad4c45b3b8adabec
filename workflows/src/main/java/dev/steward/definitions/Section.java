package dev.steward.definitions;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A mapping of a workflow file: reads its values and reports what is wrong with them. */
final class Section {
    private final Problems problems;
    private final Node at;
    private final String words;
    private final Map<String, Node> values = new LinkedHashMap<>();

    private Section(Problems problems, Node at, String words) {
        this.problems = problems;
        this.at = at;
        this.words = words;
    }

    /**
     * Reads a mapping that may have these keys alone.
     *
     * @param words
     *            what it is, for people, such as "stage `Owner`"
     */
    static Optional<Section> of(Problems problems, Node node, String words, Collection<String> known) {
        return open(problems, node, words).map(section -> {
            section.values.forEach((key, value) -> section.refuseUnknown(key, value, known));
            return section;
        });
    }

    /** Reads a mapping whose keys are names that somebody chose. */
    static Optional<Section> open(Problems problems, Node node, String words) {
        if (!(node instanceof MappingNode mapping)) {
            problems.add(node, "%s is %s and not a mapping".formatted(words, kindOf(node)),
                    "Write it as lines of `key: value`");
            return Optional.empty();
        }
        Section section = new Section(problems, node, words);
        mapping.getValue().forEach(section::put);
        return Optional.of(section);
    }

    /** The text under a key, without reporting anything. */
    static Optional<String> peek(Node node, String key) {
        return find(node, key).flatMap(Section::scalar);
    }

    /** The first value under a key, without reporting anything. */
    static Optional<Node> find(Node node, String key) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream().filter(tuple -> key.equals(scalar(tuple.getKeyNode()).orElse("")))
                        .map(NodeTuple::getValueNode).findFirst()
                : Optional.empty();
    }

    /** The members of a list, without reporting anything. */
    static Stream<Node> members(Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue().stream() : Stream.empty();
    }

    private static Optional<String> scalar(Node node) {
        return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    private void put(NodeTuple tuple) {
        Optional<String> key = scalar(tuple.getKeyNode());
        if (key.isEmpty()) {
            problems.add(tuple.getKeyNode(), "A key of %s is %s and not text".formatted(words,
                    kindOf(tuple.getKeyNode())), "Write a plain key");
        } else if (values.putIfAbsent(key.get(), tuple.getValueNode()) != null) {
            problems.add(tuple.getKeyNode(), "%s has `%s` twice".formatted(words, key.get()), "Remove one of the two");
        }
    }

    private void refuseUnknown(String key, Node value, Collection<String> known) {
        if (!known.contains(key)) {
            boolean torn = value.getTag().equals(Tag.NULL) && at instanceof MappingNode mapping
                    && mapping.getFlowStyle() == FlowStyle.FLOW;
            problems.add(value, "%s has no key `%s`".formatted(words, key), torn
                    ? "If it is part of the value before it, put that value in quotes: a comma ends it otherwise"
                    : Nearest.to(key, known).map(near -> "Perhaps `%s` is meant".formatted(near))
                            .orElse("Known are: " + String.join(", ", known)));
        }
    }

    String words() {
        return words;
    }

    Node at() {
        return at;
    }

    /** Keys to values, in the file's order. */
    Map<String, Node> values() {
        return values;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Optional<Node> node(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Where the key's value is, or the section itself. */
    Node at(String key) {
        return node(key).orElse(at);
    }

    /** Reports that a value must be there. */
    Optional<Node> required(String key, String example) {
        if (!has(key)) {
            problems.add(at, "%s has no `%s`".formatted(words, key), "Add it, for example `%s`".formatted(example));
        }
        return node(key);
    }

    /** Text of 1 to {@code max} characters. */
    Optional<String> text(String key, int max) {
        return node(key).flatMap(value -> textOf(value, "`%s` of %s".formatted(key, words), max));
    }

    /** Text of 1 to {@code max} characters, in any place. */
    Optional<String> textOf(Node value, String place, int max) {
        if (!(value instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.STR)) {
            wrongType(value, place, "text", value instanceof ScalarNode && !value.getTag().equals(Tag.NULL)
                    ? "Put it in quotes"
                    : "Write text");
            return Optional.empty();
        }
        String text = scalar.getValue().strip();
        if (text.isEmpty() || text.length() > max) {
            problems.add(value,
                    text.isEmpty() ? place + " is empty" : "%s is %d characters long".formatted(place, text.length()),
                    "Write 1 to %d characters".formatted(max));
            return Optional.empty();
        }
        return Optional.of(text);
    }

    Optional<Boolean> flag(String key) {
        return node(key).flatMap(value -> {
            if (value instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
                return Optional.of(isTrue(scalar.getValue()));
            }
            wrongType(value, place(key), "true or false", "Write true or false");
            return Optional.empty();
        });
    }

    static boolean isTrue(String yamlBoolean) {
        return List.of("true", "yes", "on").contains(yamlBoolean.toLowerCase(Locale.ROOT));
    }

    Optional<BigDecimal> number(String key) {
        return node(key).flatMap(value -> {
            if (value instanceof ScalarNode scalar
                    && (scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT))) {
                try {
                    return Optional.of(new BigDecimal(scalar.getValue()));
                } catch (NumberFormatException _) {
                    problems.add(value, place(key) + " is written in a way that is not read here",
                            "Write a decimal number");
                    return Optional.empty();
                }
            }
            wrongType(value, place(key), "a number", "Write a number");
            return Optional.empty();
        });
    }

    /** A whole number within bounds. */
    Optional<Integer> integer(String key, int min, int max) {
        return number(key).flatMap(value -> {
            boolean whole = value.stripTrailingZeros().scale() <= 0;
            if (whole && value.compareTo(BigDecimal.valueOf(min)) >= 0
                    && value.compareTo(BigDecimal.valueOf(max)) <= 0) {
                return Optional.of(value.intValueExact());
            }
            problems.add(at(key), "%s is %s".formatted(place(key), value.toPlainString()),
                    "Write a whole number from %d to %d".formatted(min, max));
            return Optional.empty();
        });
    }

    Optional<Duration> duration(String key) {
        return node(key).flatMap(value -> durationOf(value, place(key)));
    }

    /** A duration, in any place. */
    Optional<Duration> durationOf(Node value, String place) {
        return textOf(value, place, 20).flatMap(text -> {
            Optional<Duration> duration = Durations.parse(text);
            if (duration.isEmpty()) {
                problems.add(value, "%s is `%s`, which is no duration".formatted(place, text),
                        "Write days, hours or minutes, as in `3d`, `4h` or `30m`");
            }
            return duration;
        });
    }

    /** The members of a list; none when there is no such key. */
    List<Node> items(String key, int max) {
        Optional<Node> value = node(key);
        if (value.isEmpty()) {
            return List.of();
        }
        if (!(value.get() instanceof SequenceNode sequence)) {
            wrongType(value.get(), place(key), "a list", "Write it as lines that start with `- `");
            return List.of();
        }
        if (sequence.getValue().size() > max) {
            problems.add(sequence, "%s has %d members".formatted(place(key), sequence.getValue().size()),
                    "Keep to %d at most".formatted(max));
        }
        return sequence.getValue();
    }

    /** The members of a list that must have some where it is written. */
    List<Node> someItems(String key, int max, String consequence, String whatToDo) {
        List<Node> items = items(key, max);
        if (items.isEmpty() && node(key).filter(SequenceNode.class::isInstance).isPresent()) {
            problems.add(at(key), "%s is empty, so %s".formatted(place(key), consequence), whatToDo);
        }
        return items;
    }

    String place(String key) {
        return "`%s` of %s".formatted(key, words);
    }

    void wrongType(Node value, String place, String wanted, String whatToDo) {
        problems.add(value, "%s is %s and not %s".formatted(place, kindOf(value), wanted), whatToDo);
    }

    /** What a node is, for people. */
    static String kindOf(Node node) {
        return switch (node.getNodeId()) {
            case mapping -> "a mapping";
            case sequence -> "a list";
            default -> {
                Tag tag = node.getTag();
                yield tag.equals(Tag.NULL)
                        ? "empty"
                        : tag.equals(Tag.BOOL)
                                ? "true or false"
                                : tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)
                                        ? "a number"
                                        : tag.equals(Tag.STR) ? "text" : "of type " + tag.getValue();
            }
        };
    }
}
