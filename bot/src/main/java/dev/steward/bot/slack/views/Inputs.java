package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Blocks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fields of modals whose shape is ours, not a workflow's. The block's id is the field's name. */
final class Inputs {
    /** Slack's longest entry. */
    static final int TEXT_MAX = 3000;

    private Inputs() {}

    /** A line of text. */
    static Map<String, Object> line(String name, int max, String initial) {
        return text(name, false, max, initial);
    }

    /** Text of several lines. */
    static Map<String, Object> lines(String name, int max, String initial) {
        return text(name, true, max, initial);
    }

    private static Map<String, Object> text(String name, boolean lines, int max, String initial) {
        Map<String, Object> element = element("plain_text_input", name);
        element.put("multiline", lines);
        element.put("max_length", max);
        if (!initial.isBlank() && initial.length() <= max) {
            element.put("initial_value", initial);
        }
        return element;
    }

    /** One of a few, each with a line that explains it. */
    static Map<String, Object> radio(String name, List<Map<String, Object>> options,
            Optional<Map<String, Object>> chosen) {
        Map<String, Object> element = element("radio_buttons", name);
        element.put("options", options);
        chosen.ifPresent(option -> element.put("initial_option", option));
        return element;
    }

    /** One of a list. */
    static Map<String, Object> select(String actionId, String placeholder, List<Map<String, Object>> options,
            Optional<Map<String, Object>> chosen) {
        Map<String, Object> element = element("static_select", actionId);
        element.put("placeholder", Blocks.plain(placeholder, 150));
        element.put("options", options);
        chosen.ifPresent(option -> element.put("initial_option", option));
        return element;
    }

    /** Something of the catalog, which is searched as one types. */
    static Map<String, Object> search(String kind, String name, Optional<String> chosen) {
        Map<String, Object> element = element("external_select", "search:" + kind + ":" + name);
        element.put("min_query_length", 1);
        element.put("placeholder", Blocks.plain("Type to search", 150));
        chosen.filter(value -> !value.isBlank() && value.length() <= 75)
                .ifPresent(value -> element.put("initial_option", Blocks.option(value, value)));
        return element;
    }

    /** A member of the workspace. */
    static Map<String, Object> user(String name) {
        Map<String, Object> element = element("users_select", name);
        element.put("placeholder", Blocks.plain("Somebody", 150));
        return element;
    }

    /** A day. */
    static Map<String, Object> day(String name) {
        return element("datepicker", name);
    }

    /** A box to tick. */
    static Map<String, Object> box(String name, Map<String, Object> option) {
        Map<String, Object> element = element("checkboxes", name);
        element.put("options", List.of(option));
        return element;
    }

    /** A field that has to be filled in. */
    static Map<String, Object> required(String name, String label, String hint, Map<String, Object> element) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("type", "input");
        input.put("block_id", name);
        input.put("label", Blocks.plain(label, 150));
        if (!hint.isBlank()) {
            input.put("hint", Blocks.plain(hint, 150));
        }
        input.put("element", element);
        return input;
    }

    /** A field that may stay empty. */
    static Map<String, Object> optional(String name, String label, String hint, Map<String, Object> element) {
        return Blocks.with(required(name, label, hint, element), "optional", true);
    }

    /** An element of that type, with nothing in it yet. */
    static Map<String, Object> element(String type, String actionId) {
        Map<String, Object> element = new LinkedHashMap<>();
        element.put("type", type);
        element.put("action_id", actionId);
        return element;
    }
}
