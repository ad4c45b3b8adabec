package dev.steward.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A Terraform type constraint, checked strictly: Terraform itself takes {@code "20"} for a number and drops extra object
 * attributes, so that what is applied would not be what was asked for.
 */
sealed interface InputType {

    /**
     * Checks a value.
     *
     * @param path
     *            where the value stands, for example {@code tags.owner}
     * @param problem
     *            is told the path and what is wrong, for every problem; values are not quoted
     */
    void check(JsonNode value, String path, BiConsumer<String, String> problem);

    /** {@code string}, {@code number} or {@code bool}. */
    enum Primitive implements InputType {
        STRING("text"), NUMBER("a number"), BOOL("true or false");

        private final String words;

        Primitive(String words) {
            this.words = words;
        }

        @Override
        public void check(JsonNode value, String path, BiConsumer<String, String> problem) {
            boolean fits = switch (this) {
                case STRING -> value.isTextual();
                case NUMBER -> value.isNumber();
                case BOOL -> value.isBoolean();
            };
            if (!fits) {
                problem.accept(path, "must be " + words + ", not " + kind(value));
            }
        }
    }

    /** {@code any}: whatever is not null. */
    record Anything() implements InputType {
        @Override
        public void check(JsonNode value, String path, BiConsumer<String, String> problem) {
            if (value.isNull()) {
                problem.accept(path, "must have a value");
            }
        }
    }

    /** {@code list(T)} or {@code set(T)}. */
    record Sequence(InputType element) implements InputType {
        @Override
        public void check(JsonNode value, String path, BiConsumer<String, String> problem) {
            if (!value.isArray()) {
                problem.accept(path, "must be a list, not " + kind(value));
                return;
            }
            for (int i = 0; i < value.size(); i++) {
                element.check(value.get(i), path + "[" + i + "]", problem);
            }
        }
    }

    /** {@code tuple([T, ...])}. */
    record Tuple(List<InputType> elements) implements InputType {
        public Tuple {
            elements = List.copyOf(elements);
        }

        @Override
        public void check(JsonNode value, String path, BiConsumer<String, String> problem) {
            if (!value.isArray() || value.size() != elements.size()) {
                problem.accept(path, "must be a list of exactly " + elements.size());
                return;
            }
            for (int i = 0; i < elements.size(); i++) {
                elements.get(i).check(value.get(i), path + "[" + i + "]", problem);
            }
        }
    }

    /** {@code map(T)}. */
    record Mapping(InputType element) implements InputType {
        @Override
        public void check(JsonNode value, String path, BiConsumer<String, String> problem) {
            if (!value.isObject()) {
                problem.accept(path, "must be a map, not " + kind(value));
                return;
            }
            value.properties().forEach(e -> element.check(e.getValue(), path + "." + e.getKey(), problem));
        }
    }

    /** {@code object({...})}. */
    record Structure(Map<String, Attribute> attributes) implements InputType {
        public Structure {
            attributes = Map.copyOf(attributes);
        }

        @Override
        public void check(JsonNode value, String path, BiConsumer<String, String> problem) {
            if (!value.isObject()) {
                problem.accept(path, "must be an object, not " + kind(value));
                return;
            }
            value.properties().forEach(e -> {
                if (!attributes.containsKey(e.getKey())) {
                    problem.accept(path + "." + e.getKey(), "is not an attribute here");
                }
            });
            attributes.forEach((name, attribute) -> {
                JsonNode given = value.path(name);
                boolean absent = given.isMissingNode() || given.isNull();
                if (!absent) {
                    attribute.type.check(given, path + "." + name, problem);
                } else if (!attribute.optional) {
                    problem.accept(path + "." + name, "is missing");
                }
            });
        }
    }

    /** One attribute of an object. */
    record Attribute(InputType type, boolean optional) {}

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case NULL, MISSING -> "nothing";
            case BINARY, POJO -> "something else";
        };
    }
}
