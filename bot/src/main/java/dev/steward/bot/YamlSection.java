package dev.steward.bot;

import dev.steward.definitions.Nearest;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of the settings file, read key by key. It knows the line of everything, and which keys nobody asked for:
 * those are unknown. What is wrong goes to the list of problems; nothing throws.
 */
final class YamlSection {
    private final String file;
    private final String path;
    private final List<String> problems;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<YamlSection> children = new ArrayList<>();
    /** The line that it begins in: where what is missing in it belongs. */
    private int start = 1;

    /**
     * A value with its place.
     *
     * @param where
     *            {@code file:line: key}, to begin a problem with
     */
    record Found(String text, String where) {}

    private YamlSection(String file, String path, List<String> problems) {
        this.file = file;
        this.path = path;
        this.problems = problems;
    }

    static YamlSection empty(List<String> problems) {
        return new YamlSection("", "", problems);
    }

    static YamlSection read(Path file, List<String> problems) {
        String name = String.valueOf(file.getFileName());
        YamlSection root = new YamlSection(name, "", problems);
        try {
            Node node = new Yaml(new LoaderOptions()).compose(new StringReader(Files.readString(file)));
            if (node != null) {
                root.fill(node);
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add(name + ":" + line + ": is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problems.add(name + ": is not YAML that Steward reads; it may be nested too deeply or too long");
        } catch (IOException e) {
            problems.add(
                    name + ": cannot be read from " + file + ": check that it exists and is readable, and is UTF-8");
        }
        return root;
    }

    private void fill(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            problems.add(
                    place(line(node)) + (path.isEmpty() ? "" : path + ": ") + "expected a mapping of keys to values");
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            int line = line(tuple.getKeyNode());
            if (key.isEmpty()) {
                problems.add(place(line) + "a key must be a plain word");
            } else if (values.putIfAbsent(key, tuple.getValueNode()) != null) {
                problems.add(place(line) + full(key) + " is given twice, first in line " + lines.get(key));
            }
            lines.putIfAbsent(key, line);
        }
    }

    /** The text of a key, when it is there. */
    Optional<Found> text(String key) {
        Node node = ask(key);
        if (node == null) {
            return Optional.empty();
        }
        if (!(node instanceof ScalarNode scalar) || scalar.getTag().equals(Tag.NULL)) {
            problems.add(where(key) + " needs one value");
            return Optional.empty();
        }
        return Optional.of(new Found(scalar.getValue(), where(key)));
    }

    /** The texts of a key that holds a list of them. */
    List<Found> texts(String key) {
        Node node = ask(key);
        List<Found> found = new ArrayList<>();
        if (node instanceof SequenceNode list && list.getValue().stream().allMatch(ScalarNode.class::isInstance)) {
            list.getValue().forEach(item -> found
                    .add(new Found(((ScalarNode) item).getValue(), place(line(item)) + full(key))));
        } else if (node != null) {
            problems.add(where(key) + " needs a list, as in [one, other]");
        }
        return found;
    }

    /** The mapping under a key; empty when it is not there. */
    YamlSection section(String key) {
        YamlSection child = new YamlSection(file, full(key), problems);
        Node node = ask(key);
        if (node != null) {
            child.start = lines.getOrDefault(key, 1);
            child.fill(node);
            children.add(child);
        }
        return child;
    }

    /** The mappings that a key lists; none when it is not there. */
    List<YamlSection> sections(String key) {
        Node node = ask(key);
        List<YamlSection> found = new ArrayList<>();
        if (node instanceof SequenceNode list) {
            for (Node item : list.getValue()) {
                YamlSection child = new YamlSection(file, full(key) + "[" + (found.size() + 1) + "]", problems);
                child.start = line(item);
                child.fill(item);
                children.add(child);
                found.add(child);
            }
        } else if (node != null) {
            problems.add(where(key) + " needs a list of mappings, each beginning with a dash");
        }
        return found;
    }

    /** Whether the key is there and holds a mapping. */
    boolean isSection(String key) {
        return values.get(key) instanceof MappingNode;
    }

    Set<String> keys() {
        return values.keySet();
    }

    /** Where a key stands. */
    String where(String key) {
        return place(lines.getOrDefault(key, start)) + full(key);
    }

    /** Reports each key that nobody has asked for, here and below. */
    void refuseUnknown() {
        for (String key : values.keySet()) {
            if (!asked.contains(key)) {
                problems.add(
                        where(key) + " is not a setting" + Nearest.to(key, asked).map(n -> "; did you mean " + n + "?")
                                .orElse("; known here: " + String.join(", ", asked)));
            }
        }
        children.forEach(YamlSection::refuseUnknown);
    }

    private @Nullable Node ask(String key) {
        asked.add(key);
        return values.get(key);
    }

    private String full(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private String place(int line) {
        return file + ":" + line + ": ";
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
