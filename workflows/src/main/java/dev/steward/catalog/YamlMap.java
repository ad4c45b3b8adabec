package dev.steward.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A mapping in a YAML file that knows its lines. What has the wrong shape is noted as a problem and read as absent. */
final class YamlMap {
    private final String file;
    private final int line;
    private final List<Problem> problems;
    private final Map<String, Node> values = new LinkedHashMap<>();

    YamlMap(String file, @Nullable Node node, List<Problem> problems) {
        this.file = file;
        this.line = node == null ? 1 : lineOf(node);
        this.problems = problems;
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::put);
        } else if (node != null && !isNull(node)) {
            problem(lineOf(node), "a mapping is expected here (name: value)");
        }
    }

    String file() {
        return file;
    }

    int line() {
        return line;
    }

    /** The line of a value, or of the mapping when it has none. */
    int line(String key) {
        Node node = values.get(key);
        return node == null ? line : lineOf(node);
    }

    boolean has(String key) {
        Node node = values.get(key);
        return node != null && !isNull(node);
    }

    /** A value as text, stripped; empty when it is absent, null, blank or longer than {@code longest} characters. */
    Optional<String> text(String key, int longest) {
        return scalar(values.get(key), longest);
    }

    /** A nested mapping; an empty one when it is absent. */
    YamlMap map(String key) {
        Node node = values.get(key);
        return node == null ? new YamlMap(file, null, problems) : new YamlMap(file, node, problems);
    }

    /** The texts of a list. */
    List<Line> texts(String key, int longest) {
        List<Line> texts = new ArrayList<>();
        for (Node node : items(key)) {
            scalar(node, longest).ifPresent(text -> texts.add(new Line(text, lineOf(node))));
        }
        return texts;
    }

    /** The mappings of a list. */
    List<YamlMap> maps(String key) {
        return items(key).stream().map(node -> new YamlMap(file, node, problems)).toList();
    }

    void problem(int at, String text) {
        problems.add(new Problem(file, at, text));
    }

    private List<Node> items(String key) {
        Node node = values.get(key);
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        if (node != null && !isNull(node)) {
            problem(lineOf(node), key + " must be a list");
        }
        return List.of();
    }

    private Optional<String> scalar(@Nullable Node node, int longest) {
        if (node == null || isNull(node)) {
            return Optional.empty();
        }
        if (!(node instanceof ScalarNode scalar)) {
            problem(lineOf(node), "a single value is expected here");
            return Optional.empty();
        }
        String text = scalar.getValue().strip();
        if (text.length() > longest) {
            problem(lineOf(node), "longer than %d characters: shorten it".formatted(longest));
            return Optional.empty();
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private void put(NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problem(lineOf(tuple.getKeyNode()), "a name is expected here");
        } else if (values.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
            problem(lineOf(key), "%s is given twice: remove one".formatted(key.getValue()));
        }
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static int lineOf(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    /** A text and the line it stands on. */
    record Line(String text, int line) {}
}
