package dev.steward.definitions;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.steward.database.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Values that may be literals or expressions. Text of letters, digits, spaces, {@code _} and {@code -} is a literal;
 * any other text is an expression, so that a misspelt name is found and never passed on as text.
 */
final class Values {
    private static final Pattern WORDS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 _-]*");
    private static final Set<String> NAMES = Set.of("form", "requester", "plan", "stack", "model", "entity");

    private Values() {}

    /** The value, if nothing in it has to be evaluated. */
    static Optional<Object> literal(Node node) {
        return switch (node) {
            case ScalarNode scalar -> literal(scalar);
            case SequenceNode sequence -> literals(sequence);
            case MappingNode mapping -> literals(mapping);
            default -> Optional.empty();
        };
    }

    private static Optional<Object> literal(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.STR)) {
            boolean literal = WORDS.matcher(text).matches() && !NAMES.contains(text);
            return literal ? Optional.of(text) : Optional.empty();
        }
        if (tag.equals(Tag.TIMESTAMP)) {
            return Optional.of(text);
        }
        if (tag.equals(Tag.BOOL)) {
            return Optional.of(Section.isTrue(text));
        }
        try {
            return tag.equals(Tag.INT)
                    ? Optional.of(Long.valueOf(text))
                    : tag.equals(Tag.FLOAT) ? Optional.of(Double.valueOf(text)) : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Optional<Object> literals(SequenceNode sequence) {
        List<Object> list = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            Optional<Object> literal = literal(item);
            if (literal.isEmpty()) {
                return Optional.empty();
            }
            list.add(literal.get());
        }
        return Optional.of(List.copyOf(list));
    }

    private static Optional<Object> literals(MappingNode mapping) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Optional<Object> literal = literal(tuple.getValueNode());
            if (literal.isEmpty() || !(tuple.getKeyNode() instanceof ScalarNode key)) {
                return Optional.empty();
            }
            map.put(key.getValue(), literal.get());
        }
        return Optional.of(Ordered.copy(map));
    }

    /** The value as CEL; nothing when a part of it is none. */
    static Optional<String> source(Node node) {
        Optional<Object> literal = literal(node);
        if (literal.isPresent()) {
            return literal.map(Json::text);
        }
        return switch (node) {
            case ScalarNode scalar when scalar.getTag().equals(Tag.STR) -> Optional.of(scalar.getValue());
            case SequenceNode sequence ->
                joined(sequence.getValue().stream().map(Values::source).toList(), "[", "]");
            case MappingNode mapping ->
                joined(mapping.getValue().stream().map(Values::entry).toList(), "{", "}");
            default -> Optional.empty();
        };
    }

    private static Optional<String> entry(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode key
                ? source(tuple.getValueNode()).map(value -> Json.text(key.getValue()) + ": " + value)
                : Optional.empty();
    }

    private static Optional<String> joined(List<Optional<String>> parts, String open, String close) {
        return parts.stream().allMatch(Optional::isPresent)
                ? Optional.of(open + String.join(", ", parts.stream().flatMap(Optional::stream).toList()) + close)
                : Optional.empty();
    }

    static CelType typeOf(Object literal) {
        return switch (literal) {
            case String _ -> SimpleType.STRING;
            case Boolean _ -> SimpleType.BOOL;
            case Long _ -> SimpleType.INT;
            case Double _ -> SimpleType.DOUBLE;
            case List<?> list -> ListType.create(common(list));
            case Map<?, ?> map -> MapType.create(SimpleType.STRING, common(map.values()));
            default -> SimpleType.DYN;
        };
    }

    private static CelType common(Iterable<?> members) {
        CelType common = null;
        for (Object member : members) {
            CelType type = typeOf(member);
            if (common != null && !common.equals(type)) {
                return SimpleType.ANY;
            }
            common = type;
        }
        return common == null ? SimpleType.DYN : common;
    }

    static String inWords(CelType type) {
        return switch (type.kind()) {
            case STRING -> "text";
            case BOOL -> "true or false";
            case INT, DOUBLE -> "a number";
            case LIST -> type instanceof ListType list ? "a list of " + inWords(list.elemType()) : "a list";
            case MAP -> type instanceof MapType map ? "a map to " + inWords(map.valueType()) : "a map";
            case DYN -> "anything";
            case ANY -> "different kinds";
            default -> type.name();
        };
    }
}
