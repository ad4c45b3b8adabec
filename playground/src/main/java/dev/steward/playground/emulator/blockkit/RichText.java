package dev.steward.playground.emulator.blockkit;

import static dev.steward.playground.emulator.blockkit.ObjectSchema.typed;
import static dev.steward.playground.emulator.blockkit.Schema.array;
import static dev.steward.playground.emulator.blockkit.Schema.bool;
import static dev.steward.playground.emulator.blockkit.Schema.byType;
import static dev.steward.playground.emulator.blockkit.Schema.integer;
import static dev.steward.playground.emulator.blockkit.Schema.oneOf;
import static dev.steward.playground.emulator.blockkit.Schema.string;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The insides of a {@code rich_text} block: its four parts, and what stands in their lines
 * (docs.slack.dev/reference/block-kit/blocks/rich-text-block). Slack publishes no lengths for them.
 */
final class RichText {
    private static final int ANY = Integer.MAX_VALUE;
    private static final Schema BORDER = integer(0, 1);
    /** Text may be code; a mention may not, and may be marked as one of the reader's own words instead. */
    private static final Schema OF_WORDS = style("code");
    private static final Schema OF_MENTIONS = style("highlight", "client_highlight", "unlink");

    private RichText() {}

    /** The block, without what all blocks have. */
    static ObjectSchema in(ObjectSchema block) {
        Schema lines = array(byType(inline()), 0, ANY);
        ObjectSchema section = typed("rich_text_section").required("elements", lines);
        return block.required("elements", array(byType(Map.of("rich_text_section", section, "rich_text_list",
                typed("rich_text_list").required("style", oneOf("bullet", "ordered"))
                        .required("elements", array(section, 0, ANY)).optional("indent", integer(0, 8))
                        .optional("offset", integer(0, ANY)).optional("border", BORDER),
                "rich_text_quote", typed("rich_text_quote").required("elements", lines).optional("border", BORDER),
                "rich_text_preformatted",
                typed("rich_text_preformatted").required("elements", lines).optional("border", BORDER))), 1, ANY));
    }

    private static Map<String, Schema> inline() {
        Map<String, Schema> inline = new LinkedHashMap<>();
        inline.put("text", word("text").required("text", string(1, ANY)));
        inline.put("link", word("link").required("url", string(1, ANY)).optional("text", string(0, ANY))
                .optional("unsafe", bool()));
        inline.put("emoji", word("emoji").required("name", string(1, ANY)).optional("unicode", string(1, ANY))
                .optional("url", string(1, ANY)).optional("skin_tone", integer(1, 6)));
        inline.put("date", word("date").required("timestamp", integer(0, Long.MAX_VALUE - 1))
                .required("format", string(1, ANY)).optional("url", string(1, ANY))
                .optional("fallback", string(0, ANY)));
        inline.put("user", mention("user").required("user_id", string(1, ANY)));
        inline.put("usergroup", mention("usergroup").required("usergroup_id", string(1, ANY)));
        inline.put("channel", mention("channel").required("channel_id", string(1, ANY)));
        inline.put("team", mention("team").required("team_id", string(1, ANY)));
        inline.put("broadcast", mention("broadcast").required("range", oneOf("here", "channel", "everyone")));
        inline.put("color", mention("color").required("value", string(1, ANY)));
        return inline;
    }

    private static ObjectSchema word(String type) {
        return typed(type).optional("style", OF_WORDS);
    }

    private static ObjectSchema mention(String type) {
        return typed(type).optional("style", OF_MENTIONS);
    }

    private static Schema style(String... more) {
        ObjectSchema style = ObjectSchema.object().optional("bold", bool()).optional("italic", bool())
                .optional("strike", bool()).optional("underline", bool());
        for (String each : more) {
            style.optional(each, bool());
        }
        return style;
    }
}
