package dev.steward.playground.emulator.forms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The interactive parts of a list of blocks: where each element is, what it holds, what is still missing. */
public final class Form {
    private final List<Field> fields = new ArrayList<>();

    /**
     * One element in its block.
     *
     * @param element with its {@code action_id}
     */
    public record Field(JsonNode block, JsonNode element) {
        public String blockId() {
            return block.path("block_id").asText();
        }

        public String actionId() {
            return element.path("action_id").asText();
        }

        public boolean input() {
            return block.path("type").asText().equals("input");
        }

        /** Whether using it tells the bot at once: always outside an input block, on request inside. */
        public boolean dispatches() {
            return !input() || block.path("dispatch_action").asBoolean();
        }

        public String type() {
            return element.path("type").asText();
        }
    }

    /** The form that these blocks make. */
    public Form(JsonNode blocks) {
        for (JsonNode block : blocks) {
            add(block, block.path("element"));
            add(block, block.path("accessory"));
            if (block.path("type").asText().equals("actions")) {
                block.path("elements").forEach(element -> add(block, element));
            }
        }
    }

    public List<Field> fields() {
        return List.copyOf(fields);
    }

    public Optional<Field> field(String actionId) {
        return fields.stream().filter(field -> field.actionId().equals(actionId)).findFirst();
    }

    /** {@code state.values}: what was entered, and else what each element started with. */
    public ObjectNode values(JsonNode entered) {
        ObjectNode values = Json.object();
        for (Field field : fields) {
            if (ElementState.kept(field.element())) {
                JsonNode held = entered.path(field.blockId()).path(field.actionId());
                values.withObjectProperty(field.blockId()).set(field.actionId(),
                        held.isMissingNode() ? ElementState.initial(field.element()) : held.deepCopy());
            }
        }
        return values;
    }

    /** What was entered, changed by these values by action id. Throws when an action id is not on the form. */
    public ObjectNode enter(ObjectNode entered, Map<String, ?> values, Offers offers) {
        ObjectNode changed = entered.deepCopy();
        values.forEach((actionId, value) -> {
            Field field = field(actionId).orElseThrow(() -> new IllegalArgumentException(
                    "There is no element \"" + actionId + "\" here; there are " + actionIds()));
            changed.withObjectProperty(field.blockId()).set(actionId, Entry.of(field.element(), value, offers));
        });
        return changed;
    }

    /** The action ids of required inputs that hold nothing: Slack's client refuses to submit while there are any. */
    public List<String> missing(JsonNode values) {
        return fields.stream().filter(field -> field.input() && !field.block().path("optional").asBoolean())
                .filter(field -> ElementState.empty(values.path(field.blockId()).path(field.actionId())))
                .map(Field::actionId).toList();
    }

    public List<String> actionIds() {
        return fields.stream().map(Field::actionId).toList();
    }

    static List<JsonNode> offered(JsonNode element) {
        List<JsonNode> offered = new ArrayList<>();
        element.path("options").forEach(offered::add);
        element.path("option_groups").forEach(group -> group.path("options").forEach(offered::add));
        return offered;
    }

    private void add(JsonNode block, JsonNode element) {
        if (element.has("action_id")) {
            fields.add(new Field(block, element));
        }
    }
}
