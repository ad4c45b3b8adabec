package dev.steward.playground.emulator.forms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import java.util.Map;

/** The part of {@code view.state.values} that one element contributes. */
public final class ElementState {
    private static final Map<String, String> FIELD = Map.ofEntries(Map.entry("plain_text_input", "value"),
            Map.entry("number_input", "value"), Map.entry("email_text_input", "value"),
            Map.entry("url_text_input", "value"), Map.entry("static_select", "selected_option"),
            Map.entry("external_select", "selected_option"), Map.entry("radio_buttons", "selected_option"),
            Map.entry("multi_static_select", "selected_options"),
            Map.entry("multi_external_select", "selected_options"),
            Map.entry("checkboxes", "selected_options"), Map.entry("users_select", "selected_user"),
            Map.entry("multi_users_select", "selected_users"),
            Map.entry("conversations_select", "selected_conversation"),
            Map.entry("channels_select", "selected_channel"), Map.entry("datepicker", "selected_date"),
            Map.entry("timepicker", "selected_time"), Map.entry("datetimepicker", "selected_date_time"));
    private static final Map<String, String> INITIAL = Map.of("value", "initial_value", "selected_option",
            "initial_option", "selected_options", "initial_options", "selected_user", "initial_user", "selected_users",
            "initial_users", "selected_conversation", "initial_conversation", "selected_channel", "initial_channel",
            "selected_date", "initial_date", "selected_time", "initial_time", "selected_date_time",
            "initial_date_time");

    private ElementState() {}

    /** Whether an element of this type keeps a value; buttons and overflow menus do not. */
    static boolean kept(JsonNode element) {
        return FIELD.containsKey(element.path("type").asText());
    }

    /** The property that holds the value of an element, for example {@code selected_option}. */
    static String field(JsonNode element) {
        String field = FIELD.get(element.path("type").asText());
        if (field == null) {
            throw new IllegalArgumentException(
                    "An element of type " + element.path("type").asText() + " keeps no value");
        }
        return field;
    }

    /** The state of an element holding this value. */
    static ObjectNode holding(JsonNode element, JsonNode value) {
        ObjectNode state = Json.object();
        state.set("type", element.get("type"));
        state.set(field(element), value);
        return state;
    }

    /** The state of an element nobody has touched. */
    static ObjectNode initial(JsonNode element) {
        String field = field(element);
        JsonNode initial = element.path(INITIAL.getOrDefault(field, field));
        if (!initial.isMissingNode()) {
            return holding(element, initial.deepCopy());
        }
        return holding(element, field.endsWith("s") ? JsonNodeFactory.instance.arrayNode() : NullNode.getInstance());
    }

    /** Whether a state holds nothing. */
    static boolean empty(JsonNode state) {
        for (Map.Entry<String, JsonNode> property : state.properties()) {
            boolean value = !property.getKey().equals("type");
            if (value && !property.getValue().isNull() && !blank(property.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean blank(JsonNode value) {
        return value instanceof ArrayNode array ? array.isEmpty() : value.isTextual() && value.textValue().isEmpty();
    }
}
