package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.forms.Entry;
import dev.steward.playground.emulator.forms.Form;
import dev.steward.playground.emulator.forms.Offers;
import dev.steward.playground.emulator.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code actions} entry of a {@code block_actions} payload. */
final class Actions {
    private static final List<String> STATELESS = List.of("button", "overflow");

    private Actions() {}

    /** The action of using this element: a button has its own value, an overflow menu and all others need one. */
    static ObjectNode of(Form.Field field, @Nullable Object value, Offers offers) {
        ObjectNode action = switch (field.type()) {
            case "button" -> button(field.element(), value);
            case "overflow" -> overflow(field.element(), String.valueOf(value));
            default -> typed(field, Entry.of(field.element(), value, offers));
        };
        return action.put("action_id", field.actionId()).put("block_id", field.blockId());
    }

    static boolean keepsValue(Form.Field field) {
        return !STATELESS.contains(field.type());
    }

    /** What was entered, with this action's value in its place. */
    static ObjectNode entered(ObjectNode before, Form.Field field, ObjectNode action) {
        ObjectNode state = action.deepCopy();
        state.remove(List.of("action_id", "block_id", "action_ts"));
        ObjectNode entered = before.deepCopy();
        entered.withObjectProperty(field.blockId()).set(field.actionId(), state);
        return entered;
    }

    private static ObjectNode typed(Form.Field field, ObjectNode state) {
        return state.put("type", field.type());
    }

    private static ObjectNode button(JsonNode element, @Nullable Object value) {
        if (value != null && !element.path("value").asText().equals(value.toString())) {
            throw new IllegalArgumentException("The button \"" + element.path("action_id").asText()
                    + "\" has the value \"" + element.path("value").asText() + "\", not \"" + value + "\"");
        }
        ObjectNode action = Json.object().put("type", "button");
        for (String property : List.of("text", "value", "style")) {
            if (element.has(property)) {
                action.set(property, element.get(property).deepCopy());
            }
        }
        return action;
    }

    private static ObjectNode overflow(JsonNode element, String value) {
        for (JsonNode option : element.path("options")) {
            if (option.path("value").asText().equals(value)) {
                return Json.object().put("type", "overflow").set("selected_option", option.deepCopy());
            }
        }
        throw new IllegalArgumentException(
                "The overflow menu \"" + element.path("action_id").asText() + "\" offers no \"" + value + "\"");
    }
}
