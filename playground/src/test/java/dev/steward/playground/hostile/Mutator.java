package dev.steward.playground.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Changes JSON into what its reader does not expect. */
final class Mutator {
    private static final int DEEP = 6000;

    private final RandomGenerator random;

    Mutator(RandomGenerator random) {
        this.random = random;
    }

    /** A changed copy: one to four changes, anywhere in it. */
    ObjectNode changed(ObjectNode payload) {
        ObjectNode copy = payload.deepCopy();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            change(copy);
        }
        return copy;
    }

    /** The text with a change that no tree can have: cut, doubled, glued together. */
    String brokenText(String json) {
        int at = json.isEmpty() ? 0 : random.nextInt(json.length());
        return switch (random.nextInt(8)) {
            case 0, 1 -> json.substring(0, at);
            case 2 -> json.substring(0, at) + Nasty.text(random) + json.substring(at);
            case 3 -> json.substring(0, at) + json.substring(Math.min(json.length(), at + 1 + random.nextInt(9)));
            case 4 -> json + json;
            case 5 -> doubled(json);
            case 6 -> "[".repeat(random.nextInt(DEEP)) + json;
            default -> json.replaceFirst(":", ":" + "[".repeat(900) + "]".repeat(900) + ",\"x\":");
        };
    }

    /** The first field of some object twice, with two values. */
    private String doubled(String json) {
        List<Integer> starts = new ArrayList<>();
        for (int at = json.indexOf("{\""); at >= 0; at = json.indexOf("{\"", at + 1)) {
            starts.add(at);
        }
        if (starts.isEmpty()) {
            return json;
        }
        int start = Nasty.one(starts, random);
        int colon = json.indexOf(':', start);
        return json.substring(0, start + 1) + json.substring(start + 1, colon + 1) + Nasty.value(random) + ","
                + json.substring(start + 1);
    }

    private void change(ObjectNode root) {
        List<JsonNode> containers = new ArrayList<>();
        gather(root, containers);
        switch (Nasty.one(containers, random)) {
            case ObjectNode object when !object.isEmpty() -> change(object, field(object));
            case ArrayNode array -> change(array);
            case JsonNode empty -> root.set(Nasty.text(random), Nasty.value(random));
        }
    }

    private void change(ObjectNode object, String field) {
        JsonNode old = object.path(field);
        switch (random.nextInt(12)) {
            case 0, 1 -> object.remove(field);
            case 2 -> object.set(field, retyped(old));
            case 3 -> object.set(field, JsonNodeFactory.instance.arrayNode().add(old));
            case 4 -> object.set(field, JsonNodeFactory.instance.objectNode().set(field, old));
            case 5 -> object.set(field, deep());
            case 6 -> object.set(Nasty.text(random), old);
            case 7 -> object.set(field, object.path(field(object)));
            default -> object.set(field, Nasty.value(random));
        }
    }

    private void change(ArrayNode array) {
        if (array.isEmpty() || random.nextInt(3) == 0) {
            array.add(Nasty.value(random));
        } else {
            int at = random.nextInt(array.size());
            switch (random.nextInt(3)) {
                case 0 -> array.remove(at);
                case 1 -> array.add(array.get(at).deepCopy());
                default -> array.set(at, Nasty.value(random));
            }
        }
    }

    /** Numbers as texts, texts as numbers, anything else as its own text. */
    private JsonNode retyped(JsonNode old) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return old.isTextual()
                ? make.numberNode(old.textValue().length())
                : make.textNode(old.isValueNode() ? old.asText() : old.toString());
    }

    private JsonNode deep() {
        JsonNode deep = JsonNodeFactory.instance.textNode("deep");
        int levels = 1 << random.nextInt(5);
        for (int i = 0; i < levels; i++) {
            deep = random.nextBoolean()
                    ? JsonNodeFactory.instance.arrayNode().add(deep)
                    : JsonNodeFactory.instance.objectNode().set("a", deep);
        }
        return deep;
    }

    private String field(ObjectNode object) {
        return Nasty.one(object.properties().stream().map(java.util.Map.Entry::getKey).toList(), random);
    }

    private static void gather(JsonNode node, List<JsonNode> into) {
        if (node.isContainerNode()) {
            into.add(node);
            node.forEach(child -> gather(child, into));
        }
    }
}
