package dev.steward.playground.emulator;

import static dev.steward.playground.emulator.Kit.SECTION;
import static dev.steward.playground.emulator.Kit.actions;
import static dev.steward.playground.emulator.Kit.button;
import static dev.steward.playground.emulator.Kit.confirm;
import static dev.steward.playground.emulator.Kit.focused;
import static dev.steward.playground.emulator.Kit.form;
import static dev.steward.playground.emulator.Kit.group;
import static dev.steward.playground.emulator.Kit.input;
import static dev.steward.playground.emulator.Kit.modal;
import static dev.steward.playground.emulator.Kit.option;
import static dev.steward.playground.emulator.Kit.plain;
import static dev.steward.playground.emulator.Kit.repeat;
import static dev.steward.playground.emulator.Kit.select;
import static dev.steward.playground.emulator.Kit.x;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** The limits of Block Kit, and Slack's words for what goes beyond them or is shaped otherwise. */
final class BlockLimits {
    private BlockLimits() {}

    /**
     * One row: a limit, the document that reaches it, and the words for going beyond.
     *
     * @param document what holds {@code n} of the limited thing
     */
    record Limit(String name, int most, IntFunction<String> document, String refusal) {
        Limit saying(String words) {
            return new Limit(name, most, document, words);
        }
    }

    /** Of the blocks of a message. */
    static Stream<Limit> messageLimits() {
        return Stream.of(items("blocks of a message", 50, "/blocks", n -> repeat(n, i -> "{\"type\":\"divider\"}")),
                text("section text", 3000, "/blocks/0/text/text",
                        n -> "{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"" + x(n) + "\"}}"),
                text("section field", 2000, "/blocks/0/fields/0/text",
                        n -> "{\"type\":\"section\",\"fields\":[" + plain(n) + "]}"),
                items("section fields", 10, "/blocks/0/fields",
                        n -> "{\"type\":\"section\",\"fields\":[" + repeat(n, i -> plain(1)) + "]}"),
                text("header", 150, "/blocks/0/text/text", n -> "{\"type\":\"header\",\"text\":" + plain(n) + "}"),
                items("context elements", 10, "/blocks/0/elements",
                        n -> "{\"type\":\"context\",\"elements\":[" + repeat(n, i -> plain(1)) + "]}"),
                items("actions elements", 25, "/blocks/0/elements",
                        n -> actions(repeat(n, i -> button("b" + i, "")))),
                text("block_id", 255, "/blocks/0/block_id",
                        n -> "{\"type\":\"divider\",\"block_id\":\"" + x(n) + "\"}"),
                text("action_id", 255, "/blocks/0/elements/0/action_id", n -> actions(button(x(n), ""))),
                text("button text", 75, "/blocks/0/elements/0/text/text",
                        n -> actions("{\"type\":\"button\",\"text\":" + plain(n) + "}")),
                text("button value", 2000, "/blocks/0/elements/0/value",
                        n -> actions(button("b", ",\"value\":\"" + x(n) + "\""))),
                text("button url", 3000, "/blocks/0/elements/0/url",
                        n -> actions(button("b", ",\"url\":\"" + x(n) + "\""))),
                text("button accessibility_label", 75, "/blocks/0/elements/0/accessibility_label",
                        n -> actions(button("b", ",\"accessibility_label\":\"" + x(n) + "\""))),
                text("confirm title", 100, "/blocks/0/elements/0/confirm/title/text",
                        n -> actions(button("b", confirm(n, 1, 1, 1)))),
                text("confirm text", 300, "/blocks/0/elements/0/confirm/text/text",
                        n -> actions(button("b", confirm(1, n, 1, 1)))),
                text("confirm button", 30, "/blocks/0/elements/0/confirm/confirm/text",
                        n -> actions(button("b", confirm(1, 1, n, 1)))),
                text("deny button", 30, "/blocks/0/elements/0/confirm/deny/text",
                        n -> actions(button("b", confirm(1, 1, 1, n)))),
                items("overflow options", 5, "/blocks/0/elements/0/options",
                        n -> actions("{\"type\":\"overflow\",\"options\":[" + repeat(n, i -> option(1, "v" + i, ""))
                                + "]}")),
                text("image alt_text", 2000, "/blocks/0/alt_text",
                        n -> "{\"type\":\"image\",\"image_url\":\"https://example.com/i\",\"alt_text\":\"" + x(n)
                                + "\"}"),
                text("image_url", 3000, "/blocks/0/image_url",
                        n -> "{\"type\":\"image\",\"alt_text\":\"x\",\"image_url\":\"" + x(n) + "\"}"),
                text("image title", 2000, "/blocks/0/title/text", n -> "{\"type\":\"image\",\"alt_text\":\"x\","
                        + "\"image_url\":\"https://example.com/i\",\"title\":" + plain(n) + "}"));
    }

    /** Of a modal. */
    static Stream<Limit> viewLimits() {
        return Stream.of(items("blocks of a modal", 100, "/view/blocks", n -> modal("", repeat(n, i -> SECTION))),
                text("title", 24, "/view/title/text",
                        n -> "{\"type\":\"modal\",\"title\":" + plain(n) + ",\"blocks\":[]}"),
                text("submit", 24, "/view/submit/text", n -> modal(",\"submit\":" + plain(n), "")),
                text("close", 24, "/view/close/text", n -> modal(",\"close\":" + plain(n), "")),
                text("private_metadata", 3000, "/view/private_metadata",
                        n -> modal(",\"private_metadata\":\"" + x(n) + "\"", "")),
                text("callback_id", 255, "/view/callback_id", n -> modal(",\"callback_id\":\"" + x(n) + "\"", "")),
                text("external_id", 255, "/view/external_id", n -> modal(",\"external_id\":\"" + x(n) + "\"", "")),
                text("label", 2000, "/view/blocks/0/label/text", n -> form("{\"type\":\"input\",\"label\":" + plain(n)
                        + ",\"element\":{\"type\":\"plain_text_input\"}}")),
                text("hint", 2000, "/view/blocks/0/hint/text", n -> form("{\"type\":\"input\",\"label\":" + plain(1)
                        + ",\"hint\":" + plain(n) + ",\"element\":{\"type\":\"plain_text_input\"}}")),
                text("placeholder", 150, "/view/blocks/0/element/placeholder/text",
                        n -> input("{\"type\":\"plain_text_input\",\"placeholder\":" + plain(n) + "}")),
                text("initial_value", 3000, "/view/blocks/0/element/initial_value",
                        n -> input("{\"type\":\"plain_text_input\",\"initial_value\":\"" + x(n) + "\"}")),
                number("max_length", 3000, "/view/blocks/0/element/max_length",
                        n -> input("{\"type\":\"plain_text_input\",\"max_length\":" + n + "}")),
                number("min_length", 3000, "/view/blocks/0/element/min_length",
                        n -> input("{\"type\":\"plain_text_input\",\"min_length\":" + n + "}")),
                items("options", 100, "/view/blocks/0/element/options",
                        n -> input(select("options", repeat(n, i -> option(1, "v" + i, ""))))),
                items("option groups", 100, "/view/blocks/0/element/option_groups",
                        n -> input(select("option_groups", repeat(n, i -> group(1, 1))))),
                items("options of a group", 100, "/view/blocks/0/element/option_groups/0/options",
                        n -> input(select("option_groups", group(1, n)))),
                text("group label", 75, "/view/blocks/0/element/option_groups/0/label/text",
                        n -> input(select("option_groups", group(n, 1)))),
                text("option text", 75, "/view/blocks/0/element/options/0/text/text",
                        n -> input(select("options", option(n, "v", "")))),
                text("option value", 150, "/view/blocks/0/element/options/0/value",
                        n -> input(select("options", option(1, x(n), "")))),
                text("option description", 75, "/view/blocks/0/element/options/0/description/text",
                        n -> input(select("options", option(1, "v", ",\"description\":" + plain(n))))),
                items("checkboxes", 10, "/view/blocks/0/element/options",
                        n -> input("{\"type\":\"checkboxes\",\"options\":[" + repeat(n, i -> option(1, "v" + i, ""))
                                + "]}")),
                items("radio buttons", 10, "/view/blocks/0/element/options", n -> input(
                        "{\"type\":\"radio_buttons\",\"options\":[" + repeat(n, i -> option(1, "v" + i, "")) + "]}")));
    }

    /** Refusals that are not about size: what is written, and Slack's words for it. */
    static Stream<List<String>> refusedMessages() {
        return Stream.of(
                List.of("{\"type\":\"header\",\"text\":" + plain(0) + "}",
                        "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
                List.of("{\"type\":\"header\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"x\"}}",
                        "must be a valid enum value [json-pointer:/blocks/0/text/type]"),
                List.of("{\"type\":\"header\",\"text\":\"x\"}", "must provide an object [json-pointer:/blocks/0/text]"),
                List.of("{\"type\":\"header\"}", "missing required field: text [json-pointer:/blocks/0]"),
                List.of("{\"type\":\"divider\",\"text\":\"x\"}",
                        "invalid additional property: text [json-pointer:/blocks/0]"),
                List.of("{\"type\":\"carousel\"}", "unsupported type: carousel [json-pointer:/blocks/0/type]"),
                List.of("{\"text\":\"x\"}", "missing required field: type [json-pointer:/blocks/0]"),
                List.of("\"x\"", "must provide an object [json-pointer:/blocks/0]"),
                List.of("{\"type\":\"section\"}",
                        "must define either `text` or `fields` [json-pointer:/blocks/0/type]"),
                List.of(actions(button("a", "") + "," + button("a", "")),
                        "`action_id` \"a\" already exists [json-pointer:/blocks/0/elements/1/action_id]"),
                List.of("{\"type\":\"divider\",\"block_id\":\"b\"},{\"type\":\"divider\",\"block_id\":\"b\"}",
                        "`block_id` \"b\" already exists [json-pointer:/blocks/1/block_id]"),
                List.of(actions(""), "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"),
                List.of(actions(button("a", ",\"style\":null")),
                        "must provide a string [json-pointer:/blocks/0/elements/0/style]"),
                List.of(actions(button("a", ",\"style\":\"blue\"")),
                        "must be a valid enum value [json-pointer:/blocks/0/elements/0/style]"),
                List.of(actions("{\"type\":\"plain_text_input\"}"),
                        "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]"),
                List.of("{\"type\":\"image\",\"alt_text\":\"x\"}",
                        "missing required field: image_url [json-pointer:/blocks/0]"),
                List.of("{\"type\":\"image\",\"image_url\":\"https://example.com/i\"}",
                        "missing required field: alt_text [json-pointer:/blocks/0]"),
                List.of(actions("{\"type\":\"multi_users_select\"}"),
                        "unsupported type: multi_users_select [json-pointer:/blocks/0/elements/0/type]"),
                List.of(actions(button("a", confirm(1, 1, 1, 1).replace("\"deny\"", "\"no\""))),
                        "missing required field: deny [json-pointer:/blocks/0/elements/0/confirm]"),
                List.of(actions(button("a", confirm(0, 1, 1, 1))),
                        "must be more than 0 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]"),
                List.of(actions("{\"type\":\"overflow\",\"options\":[]}"),
                        "no fewer than 1 items allowed [json-pointer:/blocks/0/elements/0/options]"),
                List.of("{\"type\":\"section\",\"fields\":[]}",
                        "no fewer than 1 items allowed [json-pointer:/blocks/0/fields]"),
                List.of("{\"type\":\"context\",\"elements\":[]}",
                        "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"),
                List.of("{\"type\":\"divider\",\"block_id\":\"\"}",
                        "must be more than 0 characters [json-pointer:/blocks/0/block_id]"));
    }

    /** The same for what only views have. */
    static Stream<List<String>> refusedViews() {
        String option = option(1, "v", "");
        return Stream.of(
                List.of(modal("", "{\"type\":\"input\",\"label\":" + plain(1)
                        + ",\"element\":{\"type\":\"plain_text_input\"}}"),
                        "must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]"),
                List.of("{\"type\":\"modal\",\"blocks\":[]}", "missing required field: title [json-pointer:/view]"),
                List.of("{\"type\":\"dialog\"}", "unsupported type: dialog [json-pointer:/view/type]"),
                List.of("{\"type\":\"home\",\"blocks\":[],\"title\":" + plain(1) + "}",
                        "invalid additional property: title [json-pointer:/view]"),
                List.of(modal(",\"submit\":null", ""), "must provide an object [json-pointer:/view/submit]"),
                List.of(input("{\"type\":\"button\",\"text\":" + plain(1) + "}"),
                        "unsupported type: button [json-pointer:/view/blocks/0/element/type]"),
                List.of(input("{\"type\":\"static_select\"}"),
                        "must define either `options` or `option_groups` [json-pointer:/view/blocks/0/element]"),
                List.of(input("{\"type\":\"static_select\",\"options\":[" + option + "],\"initial_option\":"
                        + option(1, "w", "") + "}"),
                        "must match one of the given options [json-pointer:/view/blocks/0/element/initial_option]"),
                List.of(input("{\"type\":\"number_input\"}"),
                        "missing required field: is_decimal_allowed [json-pointer:/view/blocks/0/element]"),
                List.of(input(
                        "{\"type\":\"number_input\",\"is_decimal_allowed\":true,\"min_value\":\"2\",\"max_value\":\"1\"}"),
                        "must be less than or equal to `max_value` [json-pointer:/view/blocks/0/element/min_value]"),
                List.of(input("{\"type\":\"plain_text_input\",\"min_length\":5,\"max_length\":4}"),
                        "must be less than or equal to `max_length` [json-pointer:/view/blocks/0/element/min_length]"),
                List.of(input("{\"type\":\"external_select\",\"min_query_length\":-1}"),
                        "must be greater than -1 [json-pointer:/view/blocks/0/element/min_query_length]"),
                List.of(input("{\"type\":\"multi_users_select\",\"max_selected_items\":0}"),
                        "must be greater than 0 [json-pointer:/view/blocks/0/element/max_selected_items]"),
                List.of(input("{\"type\":\"static_select\",\"options\":[" + option + "],\"option_groups\":["
                        + group(1, 1) + "]}"),
                        "must define either `options` or `option_groups` [json-pointer:/view/blocks/0/element]"),
                List.of(input(select("option_groups", "{\"label\":" + plain(1) + ",\"options\":[]}")),
                        "no fewer than 1 items allowed"
                                + " [json-pointer:/view/blocks/0/element/option_groups/0/options]"),
                List.of(input("{\"type\":\"plain_text_input\",\"dispatch_action_config\":{\"trigger_actions_on\":"
                        + "[\"on_click\"]}}"), "must be a valid enum value"
                                + " [json-pointer:/view/blocks/0/element/dispatch_action_config/trigger_actions_on/0]"),
                List.of(input("{\"type\":\"timepicker\",\"initial_time\":\"24:00\"}"),
                        "failed to match pattern [json-pointer:/view/blocks/0/element/initial_time]"),
                List.of(input("{\"type\":\"datepicker\",\"initial_date\":\"20.11.2026\"}"),
                        "failed to match pattern [json-pointer:/view/blocks/0/element/initial_date]"),
                List.of(modal(",\"submit\":" + plain(1), focused() + "," + focused()),
                        "only one element can have `focus_on_load` [json-pointer:/view/blocks/1/element/focus_on_load]"));
    }

    /** Each element that may stand in a form, which Slack takes. */
    static Stream<String> everyInputElement() {
        String options = "\"options\":[" + option(1, "v", "") + "]";
        return Stream.of("{\"type\":\"static_select\"," + options + ",\"initial_option\":" + option(1, "v", "") + "}",
                "{\"type\":\"multi_static_select\"," + options + ",\"max_selected_items\":2}",
                "{\"type\":\"external_select\",\"min_query_length\":0}", "{\"type\":\"multi_external_select\"}",
                "{\"type\":\"users_select\",\"initial_user\":\"U0DANA0001\"}", "{\"type\":\"multi_users_select\"}",
                "{\"type\":\"conversations_select\",\"filter\":{\"include\":[\"public\"]}}",
                "{\"type\":\"channels_select\"}", "{\"type\":\"checkboxes\"," + options + "}",
                "{\"type\":\"radio_buttons\"," + options + "}",
                "{\"type\":\"plain_text_input\",\"multiline\":true,\"dispatch_action_config\":"
                        + "{\"trigger_actions_on\":[\"on_enter_pressed\"]}}",
                "{\"type\":\"number_input\",\"is_decimal_allowed\":false,\"initial_value\":\"3\"}",
                "{\"type\":\"datepicker\",\"initial_date\":\"2026-11-20\"}",
                "{\"type\":\"timepicker\",\"initial_time\":\"23:59\"}",
                "{\"type\":\"datetimepicker\",\"initial_date_time\":1790000000}", "{\"type\":\"email_text_input\"}",
                "{\"type\":\"url_text_input\"}");
    }

    static Limit text(String name, int most, String pointer, IntFunction<String> document) {
        return new Limit(name, most, document,
                "must be less than " + (most + 1) + " characters [json-pointer:" + pointer + "]");
    }

    static Limit items(String name, int most, String pointer, IntFunction<String> document) {
        return new Limit(name, most, document,
                "no more than " + most + " items allowed [json-pointer:" + pointer + "]");
    }

    static Limit number(String name, int most, String pointer, IntFunction<String> document) {
        return new Limit(name, most, document, "must be less than " + (most + 1) + " [json-pointer:" + pointer + "]");
    }
}
