package dev.steward.modules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads YAML strictly, node by node, and collects what is wrong with the line that it is on. */
final class YamlNodes {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String file;
    private final List<Finding> problems = new ArrayList<>();

    YamlNodes(String file) {
        this.file = file;
    }

    List<Finding> problems() {
        return List.copyOf(problems);
    }

    /** The document's root mapping; empty, with a problem, when it has none. */
    Optional<MappingNode> root(String text) {
        try {
            for (var event : yaml().parse(new StringReader(text))) {
                if (event instanceof AliasEvent) {
                    problem(event.getStartMark().getLine() + 1, "uses an alias", "write the value out");
                    return Optional.empty();
                }
            }
            Node root = yaml().compose(new StringReader(text));
            if (root instanceof MappingNode mapping) {
                return Optional.of(mapping);
            }
            problem(1, "is empty or not a mapping", "begin with `name: ...`");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problem(line, "is not YAML (" + e.getProblem() + ")", "correct the syntax");
        } catch (YAMLException e) {
            problem(1, "is not YAML", "correct the syntax");
        }
        return Optional.empty();
    }

    /** The mapping's values by key; unknown and repeated keys are problems. */
    Map<String, Node> fields(MappingNode mapping, Set<String> known) {
        Map<String, Node> fields = new LinkedHashMap<>();
        for (var tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!known.contains(key)) {
                problem(line(tuple.getKeyNode()), "`" + key + "` is not known here",
                        "use only " + String.join(", ", known.stream().sorted().toList()));
            } else if (fields.put(key, tuple.getValueNode()) != null) {
                problem(line(tuple.getKeyNode()), "`" + key + "` is given twice", "keep one of them");
            }
        }
        return fields;
    }

    /** A text that must be there. */
    String text(Map<String, Node> fields, String key, Node parent) {
        Node node = fields.get(key);
        if (node == null) {
            problem(line(parent), "`" + key + "` is missing", "add it");
        } else if (!(node instanceof ScalarNode scalar) || !Tag.STR.equals(scalar.getTag())) {
            problem(line(node), "`" + key + "` is not a text", "put it in quotes");
        } else if (scalar.getValue().isBlank()) {
            problem(line(node), "`" + key + "` is empty", "fill it in");
        } else {
            return scalar.getValue();
        }
        return "";
    }

    /** A yes or no; no when it is absent. */
    boolean flag(Map<String, Node> fields, String key) {
        Node node = fields.get(key);
        if (node == null) {
            return false;
        }
        if (node instanceof ScalarNode scalar && Set.of("true", "false").contains(scalar.getValue())) {
            return scalar.getValue().equals("true");
        }
        problem(line(node), "`" + key + "` is neither true nor false", "write true or false");
        return false;
    }

    /** A list of mappings; empty when it is absent. */
    List<MappingNode> mappings(Map<String, Node> fields, String key) {
        Node node = fields.get(key);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            problem(line(node), "`" + key + "` is not a list", "begin each item with `- name:`");
            return List.of();
        }
        List<MappingNode> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            if (item instanceof MappingNode mapping) {
                items.add(mapping);
            } else {
                problem(line(item), "an item of `" + key + "` is not a mapping", "begin it with `- name:`");
            }
        }
        return items;
    }

    /** Any value as JSON. */
    JsonNode json(Node node) {
        return switch (node) {
            case MappingNode mapping -> {
                var object = JSON.objectNode();
                for (var tuple : mapping.getValue()) {
                    String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
                    if (object.has(key)) {
                        problem(line(tuple.getKeyNode()), "`" + key + "` is given twice", "keep one of them");
                    }
                    object.set(key, json(tuple.getValueNode()));
                }
                yield object;
            }
            case SequenceNode sequence -> {
                var array = JSON.arrayNode();
                sequence.getValue().forEach(item -> array.add(json(item)));
                yield array;
            }
            case ScalarNode scalar -> scalar(scalar);
            default -> JSON.nullNode();
        };
    }

    private JsonNode scalar(ScalarNode node) {
        String value = node.getValue();
        Tag tag = node.getTag();
        try {
            if (Tag.INT.equals(tag)) {
                return JSON.numberNode(new BigInteger(value));
            }
            if (Tag.FLOAT.equals(tag)) {
                return JSON.numberNode(new BigDecimal(value));
            }
        } catch (NumberFormatException e) {
            problem(line(node), "`" + value + "` is not a plain number", "write it in decimal digits, or in quotes");
            return JSON.nullNode();
        }
        if (Tag.BOOL.equals(tag) && !Set.of("true", "false").contains(value)) {
            problem(line(node), "`" + value + "` may be read as true or false",
                    "write true or false, or put it in quotes");
        }
        return Tag.BOOL.equals(tag)
                ? JSON.booleanNode(value.equals("true"))
                : Tag.NULL.equals(tag) ? JSON.nullNode() : JSON.textNode(value);
    }

    void problem(int line, String what, String advice) {
        problems.add(Finding.at(file, line, what, advice));
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static Yaml yaml() {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(true); // told apart in fields(), with a message of our own
        options.setCodePointLimit(1_000_000);
        options.setNestingDepthLimit(30);
        return new Yaml(options);
    }
}
