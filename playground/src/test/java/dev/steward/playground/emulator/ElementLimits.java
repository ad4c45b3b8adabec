package dev.steward.playground.emulator;

import static dev.steward.playground.emulator.Kit.actions;
import static dev.steward.playground.emulator.Kit.group;
import static dev.steward.playground.emulator.Kit.input;
import static dev.steward.playground.emulator.Kit.modal;
import static dev.steward.playground.emulator.Kit.option;
import static dev.steward.playground.emulator.Kit.plain;
import static dev.steward.playground.emulator.Kit.repeat;
import static dev.steward.playground.emulator.Kit.x;

import dev.steward.playground.emulator.BlockLimits.Limit;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** The limits that many elements share, in each of them; and those of rich text. */
final class ElementLimits {
    private static final String ELEMENT = "/view/blocks/0/element";

    private ElementLimits() {}

    static Stream<Limit> messageLimits() {
        String overflow = "{\"type\":\"overflow\",\"options\":[%s]}";
        String at = "/blocks/0/elements/0/options/0";
        return Stream.of(
                BlockLimits.text("overflow, option text", 75, at + "/text/text",
                        n -> actions(overflow.formatted(option(n, "v", "")))),
                BlockLimits.text("overflow, option value", 150, at + "/value",
                        n -> actions(overflow.formatted(option(1, x(n), "")))),
                BlockLimits.text("overflow, option description", 75, at + "/description/text",
                        n -> actions(overflow.formatted(option(1, "v", ",\"description\":" + plain(n))))),
                BlockLimits.text("overflow, option url", 3000, at + "/url",
                        n -> actions(overflow.formatted(option(1, "v", ",\"url\":\"" + x(n) + "\"")))),
                BlockLimits.text("context text", 3000, "/blocks/0/elements/0/text",
                        n -> "{\"type\":\"context\",\"elements\":[" + plain(n) + "]}"),
                BlockLimits.text("context image, alt_text", 2000, "/blocks/0/elements/0/alt_text",
                        n -> "{\"type\":\"context\",\"elements\":[" + image(n) + "]}"),
                BlockLimits.text("accessory image, alt_text", 2000, "/blocks/0/accessory/alt_text",
                        n -> Kit.SECTION.replace("}}", "},\"accessory\":" + image(n) + "}")),
                BlockLimits.items("buttons with the focus", 1, "", n -> actions(repeat(n,
                        i -> "{\"type\":\"datepicker\",\"action_id\":\"a" + i + "\",\"focus_on_load\":true}")))
                        .saying("only one element can have `focus_on_load`"
                                + " [json-pointer:/blocks/0/elements/1/focus_on_load]"),
                BlockLimits.number("rich text, indent", 8, "/blocks/0/elements/0/indent",
                        n -> list(",\"indent\":" + n)),
                BlockLimits.number("rich text, border of a list", 1, "/blocks/0/elements/0/border",
                        n -> list(",\"border\":" + n)),
                BlockLimits.number("rich text, border of a quote", 1, "/blocks/0/elements/0/border",
                        n -> part("quote", "", ",\"border\":" + n)),
                BlockLimits.number("rich text, border of what is preformatted", 1, "/blocks/0/elements/0/border",
                        n -> part("preformatted", "", ",\"border\":" + n)),
                BlockLimits.number("rich text, skin tone", 6, "/blocks/0/elements/0/elements/0/skin_tone",
                        n -> part("section", "{\"type\":\"emoji\",\"name\":\"wave\",\"skin_tone\":" + n + "}", "")));
    }

    static Stream<Limit> viewLimits() {
        Stream<Limit> placeholders = Stream.of("static_select", "external_select", "users_select",
                "conversations_select", "channels_select", "multi_static_select", "multi_external_select",
                "multi_users_select", "datepicker", "timepicker", "number_input", "email_text_input", "url_text_input")
                .map(type -> BlockLimits.text("placeholder, " + type, 150, ELEMENT + "/placeholder/text",
                        n -> input(element(type, ",\"placeholder\":" + plain(n)))));
        Stream<Limit> actionIds = BlockLimits.everyInputElement()
                .map(element -> BlockLimits.text("action_id, " + Kit.type(element), 255, ELEMENT + "/action_id",
                        n -> input(element.replaceFirst("\\{", "{\"action_id\":\"" + x(n) + "\","))));
        Stream<Limit> ticks = Stream.of("checkboxes", "radio_buttons").flatMap(type -> Stream.of(
                ofOption(type, "text", "/text/text", 75, n -> option(n, "v", "")),
                ofOption(type, "value", "/value", 150, n -> option(1, x(n), "")),
                ofOption(type, "description", "/description/text", 75,
                        n -> option(1, "v", ",\"description\":" + plain(n)))));
        Stream<Limit> others = Stream.of(
                BlockLimits.items("options, multi_static_select", 100, ELEMENT + "/options",
                        n -> input("{\"type\":\"multi_static_select\",\"options\":[" + options(n) + "]}")),
                BlockLimits.items("option groups, multi_static_select", 100, ELEMENT + "/option_groups",
                        n -> input("{\"type\":\"multi_static_select\",\"option_groups\":["
                                + repeat(n, i -> group(1, 1)) + "]}")),
                BlockLimits.text("confirm title in a form", 100, ELEMENT + "/confirm/title/text",
                        n -> input(element("static_select", Kit.confirm(n, 1, 1, 1)))),
                BlockLimits.text("block_id of an input", 255, "/view/blocks/0/block_id", n -> modal(
                        ",\"submit\":" + plain(1), "{\"type\":\"input\",\"block_id\":\"" + x(n) + "\",\"label\":"
                                + plain(1) + ",\"element\":{\"type\":\"plain_text_input\"}}")));
        return Stream.of(placeholders, actionIds, ticks, others).flatMap(rows -> rows);
    }

    /** Refusals of rich text that are not about size: what is written, and Slack's words for it. */
    static Stream<List<String>> refusedRichText() {
        String at = " [json-pointer:/blocks/0/elements/0";
        String line = at + "/elements/0";
        return Stream.of(
                List.of("{\"type\":\"rich_text\"}", "missing required field: elements [json-pointer:/blocks/0]"),
                List.of("{\"type\":\"rich_text\",\"elements\":[]}",
                        "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"),
                List.of(part("table", "", ""), "unsupported type: rich_text_table" + at + "/type]"),
                List.of(part("section", "", ",\"border\":1"), "invalid additional property: border" + at + "]"),
                List.of(list("").replace("bullet", "star"), "must be a valid enum value" + at + "/style]"),
                List.of(list("").replace("\"style\":\"bullet\",", ""), "missing required field: style" + at + "]"),
                List.of(list(",\"indent\":-1"), "must be greater than -1" + at + "/indent]"),
                List.of(list(",\"indent\":18446744073709551617"), "must be less than 9" + at + "/indent]"),
                List.of(list(",\"indent\":\"1\""), "must provide a number" + at + "/indent]"),
                List.of(list(",\"offset\":-1"), "must be greater than -1" + at + "/offset]"),
                List.of(list("").replace("rich_text_section", "rich_text_quote"),
                        "must be a valid enum value" + line + "/type]"),
                inline("{\"type\":\"text\"}", "missing required field: text" + line + "]"),
                inline("{\"type\":\"text\",\"text\":\"\"}", "must be more than 0 characters" + line + "/text]"),
                inline("{\"type\":\"text\",\"text\":{\"type\":\"plain_text\"}}",
                        "must provide a string" + line + "/text]"),
                inline("{\"type\":\"text\",\"text\":\"x\",\"style\":{\"bold\":\"yes\"}}",
                        "must provide a boolean" + line + "/style/bold]"),
                inline("{\"type\":\"text\",\"text\":\"x\",\"style\":{\"highlight\":true}}",
                        "invalid additional property: highlight" + line + "/style]"),
                inline("{\"type\":\"user\",\"user_id\":\"U1\",\"style\":{\"code\":true}}",
                        "invalid additional property: code" + line + "/style]"),
                inline("{\"type\":\"user\"}", "missing required field: user_id" + line + "]"),
                inline("{\"type\":\"usergroup\"}", "missing required field: usergroup_id" + line + "]"),
                inline("{\"type\":\"channel\"}", "missing required field: channel_id" + line + "]"),
                inline("{\"type\":\"team\"}", "missing required field: team_id" + line + "]"),
                inline("{\"type\":\"link\"}", "missing required field: url" + line + "]"),
                inline("{\"type\":\"emoji\"}", "missing required field: name" + line + "]"),
                inline("{\"type\":\"color\"}", "missing required field: value" + line + "]"),
                inline("{\"type\":\"broadcast\",\"range\":\"all\"}", "must be a valid enum value" + line + "/range]"),
                inline("{\"type\":\"date\",\"format\":\"{date}\"}", "missing required field: timestamp" + line + "]"),
                inline("{\"type\":\"date\",\"timestamp\":1}", "missing required field: format" + line + "]"),
                inline("{\"type\":\"mrkdwn\",\"text\":\"x\"}", "unsupported type: mrkdwn" + line + "/type]"));
    }

    /** All that may stand in a line of rich text. */
    static Stream<String> takenRichText() {
        return Stream.of("{\"type\":\"text\",\"text\":\"x\",\"style\":{\"bold\":true,\"italic\":true,\"strike\":true,"
                + "\"underline\":true,\"code\":true}}", "{\"type\":\"link\",\"url\":\"https://example.com\"}",
                "{\"type\":\"link\",\"url\":\"https://example.com\",\"text\":\"x\",\"unsafe\":true}",
                "{\"type\":\"emoji\",\"name\":\"wave\",\"unicode\":\"1f44b\"}",
                "{\"type\":\"user\",\"user_id\":\"U1\",\"style\":{\"bold\":true,\"client_highlight\":true}}",
                "{\"type\":\"usergroup\",\"usergroup_id\":\"S1\"}", "{\"type\":\"channel\",\"channel_id\":\"C1\"}",
                "{\"type\":\"team\",\"team_id\":\"T1\"}", "{\"type\":\"broadcast\",\"range\":\"here\"}",
                "{\"type\":\"color\",\"value\":\"#336699\"}",
                "{\"type\":\"date\",\"timestamp\":1790000000,\"format\":\"{date}\",\"fallback\":\"x\"}")
                .flatMap(inline -> Stream.of(part("section", inline, ""), part("quote", inline, ",\"border\":1"),
                        part("preformatted", inline, ",\"border\":0"),
                        list(",\"indent\":0,\"border\":0,\"offset\":3").replace("[]", "[" + inline + "]")));
    }

    private static List<String> inline(String element, String refusal) {
        return List.of(part("section", element, ""), refusal);
    }

    private static String part(String kind, String elements, String more) {
        return "{\"type\":\"rich_text\",\"elements\":[{\"type\":\"rich_text_" + kind + "\",\"elements\":[" + elements
                + "]" + more + "}]}";
    }

    private static String list(String more) {
        return "{\"type\":\"rich_text\",\"elements\":[{\"type\":\"rich_text_list\",\"style\":\"bullet\",\"elements\":["
                + "{\"type\":\"rich_text_section\",\"elements\":[]}]" + more + "}]}";
    }

    private static Limit ofOption(String type, String what, String pointer, int most, IntFunction<String> option) {
        return BlockLimits.text(type + ", option " + what, most, ELEMENT + "/options/0" + pointer,
                n -> input("{\"type\":\"" + type + "\",\"options\":[" + option.apply(n) + "]}"));
    }

    private static String element(String type, String more) {
        String own = switch (type) {
            case "static_select", "multi_static_select" -> ",\"options\":[" + options(1) + "]";
            case "number_input" -> ",\"is_decimal_allowed\":true";
            default -> "";
        };
        return "{\"type\":\"" + type + "\"" + own + more + "}";
    }

    private static String options(int count) {
        return repeat(count, i -> option(1, "v" + i, ""));
    }

    private static String image(int altText) {
        return "{\"type\":\"image\",\"image_url\":\"https://example.com/i\",\"alt_text\":\"" + x(altText) + "\"}";
    }
}
