package dev.steward.playground.emulator.blockkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A rule for one JSON value: adds a {@link Problem} for each way in which the value breaks it. */
@FunctionalInterface
interface Schema {
    void check(JsonNode node, String at, List<Problem> problems);

    /** Text of {@code min} to {@code max} characters, counted as UTF-16 units. */
    static Schema string(int min, int max) {
        return (node, at, problems) -> {
            if (!node.isTextual()) {
                problems.add(new Problem("must provide a string", at));
            } else if (node.textValue().length() < min) {
                problems.add(new Problem("must be more than " + (min - 1) + " characters", at));
            } else if (node.textValue().length() > max) {
                problems.add(new Problem("must be less than " + (max + 1) + " characters", at));
            }
        };
    }

    static Schema bool() {
        return (node, at, problems) -> {
            if (!node.isBoolean()) {
                problems.add(new Problem("must provide a boolean", at));
            }
        };
    }

    static Schema integer(long min, long max) {
        return (node, at, problems) -> {
            if (!node.isIntegralNumber()) {
                problems.add(new Problem("must provide a number", at));
            } else if (!node.canConvertToLong()) {
                problems.add(node.bigIntegerValue().signum() < 0 ? below(min, at) : above(max, at));
            } else if (node.longValue() < min) {
                problems.add(below(min, at));
            } else if (node.longValue() > max) {
                problems.add(above(max, at));
            }
        };
    }

    private static Problem below(long min, String at) {
        return new Problem("must be greater than " + (min - 1), at);
    }

    private static Problem above(long max, String at) {
        return new Problem("must be less than " + (max + 1), at);
    }

    static Schema oneOf(String... allowed) {
        Set<String> values = Set.of(allowed);
        return (node, at, problems) -> {
            if (!node.isTextual()) {
                problems.add(new Problem("must provide a string", at));
            } else if (!values.contains(node.textValue())) {
                problems.add(new Problem("must be a valid enum value", at));
            }
        };
    }

    static Schema matching(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return (node, at, problems) -> {
            if (!node.isTextual()) {
                problems.add(new Problem("must provide a string", at));
            } else if (!pattern.matcher(node.textValue()).matches()) {
                problems.add(new Problem("failed to match pattern", at));
            }
        };
    }

    /** Items beyond the limit are not looked at one by one. */
    static Schema array(Schema item, int min, int max) {
        return (node, at, problems) -> {
            if (!node.isArray()) {
                problems.add(new Problem("must provide an array", at));
                return;
            }
            if (node.size() < min) {
                problems.add(new Problem("no fewer than " + min + " items allowed", at));
            }
            if (node.size() > max) {
                problems.add(new Problem("no more than " + max + " items allowed", at));
            }
            for (int i = 0; i < Math.min(node.size(), max); i++) {
                item.check(node.get(i), at + "/" + i, problems);
            }
        };
    }

    /** An object whose kind picks its rule; an unknown kind is Slack's {@code unsupported type}. */
    static Schema byType(Map<String, ? extends Schema> types) {
        return (node, at, problems) -> {
            if (!node.isObject()) {
                problems.add(new Problem("must provide an object", at));
            } else if (!node.path("type").isTextual()) {
                problems.add(new Problem("missing required field: type", at));
            } else {
                String type = node.get("type").textValue();
                Schema schema = types.get(type);
                if (schema == null) {
                    problems.add(new Problem("unsupported type: " + type, at + "/type"));
                } else {
                    schema.check(node, at, problems);
                }
            }
        };
    }

    /** Slack's union: any problem inside is announced by {@code failed to match all allowed schemas}. */
    static Schema union(Schema inner) {
        return (node, at, problems) -> {
            List<Problem> inside = new ArrayList<>();
            inner.check(node, at, inside);
            if (!inside.isEmpty()) {
                problems.add(new Problem("failed to match all allowed schemas", at));
                problems.addAll(inside);
            }
        };
    }
}
