package dev.steward.playground.emulator.forms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.steward.playground.emulator.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One value put into one element, within what Slack's own client would let a person do. What it would not, throws
 * {@link IllegalArgumentException}: the test asks for something no person could.
 */
public final class Entry {
    private final JsonNode element;
    private final Offers offers;

    private Entry(JsonNode element, Offers offers) {
        this.element = element;
        this.offers = offers;
    }

    /** The element's state after the person entered this value; {@code null} empties it. */
    public static ObjectNode of(JsonNode element, @Nullable Object value, Offers offers) {
        return new Entry(element, offers).state(value);
    }

    private ObjectNode state(@Nullable Object value) {
        if (value == null || value instanceof NullNode) {
            return ElementState.holding(element,
                    ElementState.field(element).endsWith("s") ? Json.array() : NullNode.getInstance());
        }
        Object plain = value instanceof JsonNode node ? unwrapped(node) : value;
        JsonNode entered = switch (element.path("type").asText()) {
            case "plain_text_input" -> text(plain.toString());
            case "number_input" -> number(plain.toString());
            case "email_text_input" -> shaped(plain.toString(), "[^@\\s]+@[^@\\s]+", "an e-mail address");
            case "url_text_input" -> shaped(plain.toString(), "[a-z][a-z0-9+.-]*://\\S+", "a URL");
            case "datepicker" -> shaped(plain.toString(), "\\d{4}-\\d\\d-\\d\\d", "a date such as 2026-11-20");
            case "timepicker" -> shaped(plain.toString(), "\\d\\d:\\d\\d", "a time such as 09:30");
            case "datetimepicker" -> Json.tree(plain instanceof Instant at
                    ? at.getEpochSecond()
                    : Long.parseLong(plain.toString()));
            case "static_select", "radio_buttons", "external_select" -> option(plain.toString());
            case "multi_static_select", "multi_external_select", "checkboxes" -> many(plain, this::option);
            case "users_select" -> id("person", plain.toString(), offers::person);
            case "multi_users_select" -> many(plain, one -> id("person", one, offers::person));
            case "conversations_select", "channels_select" -> id("channel", plain.toString(), offers::channel);
            default -> throw new IllegalArgumentException(describe() + " takes no value");
        };
        return ElementState.holding(element, entered);
    }

    private static Object unwrapped(JsonNode node) {
        if (node.isArray()) {
            return node.valueStream().map(JsonNode::asText).toList();
        }
        return node.asText();
    }

    private JsonNode text(String value) {
        int max = element.path("max_length").asInt(3000);
        if (value.length() > max) {
            throw new IllegalArgumentException(
                    describe() + " takes at most " + max + " characters, not " + value.length());
        }
        if (value.length() < element.path("min_length").asInt(0)) {
            throw new IllegalArgumentException(
                    describe() + " takes at least " + element.path("min_length").asInt() + " characters");
        }
        if (!element.path("multiline").asBoolean() && value.contains("\n")) {
            throw new IllegalArgumentException(describe() + " takes one line");
        }
        return value.isEmpty() ? NullNode.getInstance() : TextNode.valueOf(value);
    }

    private JsonNode number(String value) {
        shaped(value, element.path("is_decimal_allowed").asBoolean() ? "-?\\d+(\\.\\d+)?" : "-?\\d+", "a number");
        BigDecimal number = new BigDecimal(value);
        if ((element.has("min_value") && number.compareTo(new BigDecimal(element.get("min_value").asText())) < 0)
                || (element.has("max_value")
                        && number.compareTo(new BigDecimal(element.get("max_value").asText())) > 0)) {
            throw new IllegalArgumentException(describe() + " does not take " + value + ": it is out of bounds");
        }
        return TextNode.valueOf(value);
    }

    private JsonNode shaped(String value, String regex, String what) {
        if (!value.matches(regex)) {
            throw new IllegalArgumentException(describe() + " takes " + what + ", not \"" + value + "\"");
        }
        return TextNode.valueOf(value);
    }

    private JsonNode option(String wanted) {
        boolean external = element.path("type").asText().contains("external");
        List<JsonNode> offered = external ? externally(wanted) : Form.offered(element);
        return offered.stream()
                .filter(option -> option.path("value").asText().equals(wanted)
                        || option.path("text").path("text").asText().equals(wanted))
                .findFirst().orElseThrow(() -> new IllegalArgumentException(describe() + " offers no \"" + wanted
                        + "\"; it offers " + offered.stream().map(option -> option.path("value").asText()).toList()));
    }

    private List<JsonNode> externally(String wanted) {
        List<JsonNode> initial = new ArrayList<>();
        Optional.ofNullable(element.get("initial_option")).ifPresent(initial::add);
        element.path("initial_options").forEach(initial::add);
        initial.removeIf(option -> !option.path("value").asText().equals(wanted));
        return initial.isEmpty() ? offers.suggestions(element, wanted) : initial;
    }

    private ArrayNode many(Object values, Function<String, JsonNode> one) {
        List<?> wanted = values instanceof List<?> list ? list : List.of(values);
        int max = element.path("max_selected_items").asInt(Integer.MAX_VALUE);
        if (wanted.size() > max) {
            throw new IllegalArgumentException(describe() + " takes at most " + max + " items, not " + wanted.size());
        }
        ArrayNode chosen = Json.array();
        wanted.forEach(each -> chosen.add(one.apply(Objects.toString(each))));
        return chosen;
    }

    private JsonNode id(String what, String wanted, Function<String, Optional<String>> find) {
        return TextNode.valueOf(find.apply(wanted)
                .orElseThrow(() -> new IllegalArgumentException("There is no " + what + " called \"" + wanted + "\"")));
    }

    private String describe() {
        return "The " + element.path("type").asText() + " \"" + element.path("action_id").asText() + "\"";
    }
}
