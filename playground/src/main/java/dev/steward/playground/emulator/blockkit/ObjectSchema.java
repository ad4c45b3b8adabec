package dev.steward.playground.emulator.blockkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rule for an object: its required and optional properties, no others, and rules across properties. */
final class ObjectSchema implements Schema {
    private final Map<String, Schema> fields = new LinkedHashMap<>();
    private final Set<String> required = new LinkedHashSet<>();
    private final List<Schema> rules = new ArrayList<>();

    private ObjectSchema() {}

    static ObjectSchema object() {
        return new ObjectSchema();
    }

    /** An object with a fixed {@code type}. */
    static ObjectSchema typed(String type) {
        return new ObjectSchema().required("type", Schema.oneOf(type));
    }

    ObjectSchema required(String name, Schema schema) {
        required.add(name);
        return optional(name, schema);
    }

    ObjectSchema optional(String name, Schema schema) {
        fields.put(name, schema);
        return this;
    }

    /** A rule across properties, checked after each property on its own. */
    ObjectSchema rule(Schema rule) {
        rules.add(rule);
        return this;
    }

    @Override
    public void check(JsonNode node, String at, List<Problem> problems) {
        if (!node.isObject()) {
            problems.add(new Problem("must provide an object", at));
            return;
        }
        for (String name : required) {
            if (!node.has(name)) {
                problems.add(new Problem("missing required field: " + name, at));
            }
        }
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            Schema schema = fields.get(property.getKey());
            if (schema == null) {
                problems.add(new Problem("invalid additional property: " + property.getKey(), at));
            } else {
                schema.check(property.getValue(), at + "/" + property.getKey(), problems);
            }
        }
        for (Schema rule : rules) {
            rule.check(node, at, problems);
        }
    }
}
