package dev.steward.bot.slack.blocks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes Block Kit blocks and elements as plain maps, each within Slack's limits whatever it is given.
 *
 * @see <a href="https://docs.slack.dev/reference/block-kit/blocks">Slack: blocks</a>
 */
public final class Blocks {
    /** The longest text of a section. */
    public static final int SECTION_MAX = 3000;

    private Blocks() {}

    /** A large, plain title. */
    public static Map<String, Object> header(String title) {
        return Map.of("type", "header", "text", plain(title, 150));
    }

    /** A paragraph. */
    public static Map<String, Object> section(Mrkdwn text) {
        return Map.of("type", "section", "text", mrkdwn(text, SECTION_MAX));
    }

    /** A paragraph with one element beside it. */
    public static Map<String, Object> section(Mrkdwn text, Map<String, Object> accessory) {
        return Map.of("type", "section", "text", mrkdwn(text, SECTION_MAX), "accessory", accessory);
    }

    /** A paragraph that can be found again by its id. */
    public static Map<String, Object> section(String blockId, Mrkdwn text) {
        return Map.of("type", "section", "block_id", blockId, "text", mrkdwn(text, SECTION_MAX));
    }

    /** Short facts in two columns, at most 10. */
    public static Map<String, Object> fields(List<Mrkdwn> facts) {
        return Map.of("type", "section", "fields", facts.stream().limit(10).map(fact -> mrkdwn(fact, 2000)).toList());
    }

    /** Small print. */
    public static Map<String, Object> context(Mrkdwn... texts) {
        return Map.of("type", "context", "elements",
                Arrays.stream(texts).limit(10).map(text -> mrkdwn(text, SECTION_MAX)).toList());
    }

    /** A rule across. */
    public static Map<String, Object> divider() {
        return Map.of("type", "divider");
    }

    /** A row of elements, at most 25. */
    public static Map<String, Object> actions(String blockId, List<Map<String, Object>> elements) {
        return Map.of("type", "actions", "block_id", blockId, "elements", elements.stream().limit(25).toList());
    }

    /**
     * A button.
     *
     * @param label
     *            what it does, in words
     * @param spoken
     *            the same for a screen reader, with what it acts on
     */
    public static Map<String, Object> button(String actionId, String value, String label, String spoken) {
        Map<String, Object> button = new LinkedHashMap<>();
        button.put("type", "button");
        button.put("action_id", actionId);
        button.put("text", plain(label, 75));
        button.put("accessibility_label", Mrkdwn.cut(Mrkdwn.oneLine(spoken), 75));
        if (value.length() > 2000) {
            throw new IllegalArgumentException("a button's value has at most 2000 characters: " + actionId);
        }
        button.put("value", value);
        return button;
    }

    /** The element as the one to choose ({@code primary}) or to beware of ({@code danger}). */
    public static Map<String, Object> styled(Map<String, Object> button, String style) {
        return with(button, "style", style);
    }

    /** The button, with a question asked before it acts. */
    public static Map<String, Object> confirmed(Map<String, Object> button, String title, String question, String yes,
            String no) {
        return with(button, "confirm", Map.of("title", plain(title, 100), "text", plain(question, 300), "confirm",
                plain(yes, 30), "deny", plain(no, 30)));
    }

    /** The block or element with one property more. */
    public static Map<String, Object> with(Map<String, Object> block, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(block);
        more.put(name, value);
        return more;
    }

    /** A choice in a list. */
    public static Map<String, Object> option(String value, String label) {
        return Map.of("text", plain(label, 75), "value", value);
    }

    /** A choice in a list, with a line that explains it. */
    public static Map<String, Object> option(String value, String label, String explanation) {
        return explanation.isBlank()
                ? option(value, label)
                : with(option(value, label), "description",
                        plain(explanation, 75));
    }

    /** A plain text object, never empty, cut to {@code max} characters. */
    public static Map<String, Object> plain(String text, int max) {
        String line = Mrkdwn.oneLine(text);
        return Map.of("type", "plain_text", "emoji", false, "text", Mrkdwn.cut(line.isEmpty() ? "-" : line, max));
    }

    /**
     * A text object in Slack's markup. It is verbatim: Slack makes no links and mentions of its own from it.
     *
     * @throws IllegalArgumentException if it is longer than {@code max}: who makes a text bounds it, because cutting
     *             markup can cut through a link or a date
     */
    public static Map<String, Object> mrkdwn(Mrkdwn text, int max) {
        if (text.length() > max) {
            throw new IllegalArgumentException("a text of " + text.length() + " characters where " + max + " may be");
        }
        return Map.of("type", "mrkdwn", "verbatim", true, "text", text.isEmpty() ? " " : text.markup());
    }
}
