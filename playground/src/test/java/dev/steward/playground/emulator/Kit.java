package dev.steward.playground.emulator;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes Block Kit of any size, as compact JSON. */
final class Kit {
    static final String SECTION = "{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"x\"}}";

    private Kit() {}

    static String modal(String properties, String blocks) {
        return "{\"type\":\"modal\",\"title\":" + plain(1) + properties + ",\"blocks\":[" + blocks + "]}";
    }

    static String form(String block) {
        return modal(",\"submit\":" + plain(1), block);
    }

    static String input(String element) {
        return form("{\"type\":\"input\",\"label\":" + plain(1) + ",\"element\":" + element + "}");
    }

    static String focused() {
        return "{\"type\":\"input\",\"label\":" + plain(1)
                + ",\"element\":{\"type\":\"plain_text_input\",\"focus_on_load\":true}}";
    }

    static String select(String property, String values) {
        return "{\"type\":\"static_select\",\"" + property + "\":[" + values + "]}";
    }

    static String group(int label, int options) {
        return "{\"label\":" + plain(label) + ",\"options\":[" + repeat(options, i -> option(1, "v" + i, "")) + "]}";
    }

    static String option(int text, String value, String more) {
        return "{\"text\":" + plain(text) + ",\"value\":\"" + value + "\"" + more + "}";
    }

    static String actions(String elements) {
        return "{\"type\":\"actions\",\"elements\":[" + elements + "]}";
    }

    static String button(String actionId, String more) {
        return "{\"type\":\"button\",\"action_id\":\"" + actionId + "\",\"text\":" + plain(1) + more + "}";
    }

    static String confirm(int title, int text, int confirm, int deny) {
        return ",\"confirm\":{\"title\":" + plain(title) + ",\"text\":" + plain(text) + ",\"confirm\":" + plain(confirm)
                + ",\"deny\":" + plain(deny) + "}";
    }

    /** The type of an element. */
    static String type(String element) {
        return element.replaceFirst("^\\{\"type\":\"(\\w+)\".*", "$1");
    }

    static String plain(int length) {
        return "{\"type\":\"plain_text\",\"text\":\"" + x(length) + "\"}";
    }

    static String x(int length) {
        return "x".repeat(length);
    }

    static String repeat(int count, IntFunction<String> item) {
        return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(","));
    }
}
