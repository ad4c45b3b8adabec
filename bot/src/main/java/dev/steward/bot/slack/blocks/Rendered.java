package dev.steward.bot.slack.blocks;

import dev.steward.database.Json;
import dev.steward.database.Sha256;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A message ready to send.
 *
 * @param text
 *            what a notification and a screen reader show; at most {@value #TEXT_MAX} characters
 * @param blocks
 *            what the message shows; at most {@value #BLOCKS_MAX} blocks and {@value #CHARACTERS_MAX} characters in all
 * @param concerns
 *            the person (row of the catalog) to be told when it cannot be delivered
 * @param onlyThere
 *            whether it goes nowhere else when it cannot go where it is meant to: others may not read it
 */
public record Rendered(Mrkdwn text, List<Map<String, Object>> blocks, OptionalLong concerns, boolean onlyThere) {
    /** Slack's limit for {@code chat.update} is 4,000. */
    public static final int TEXT_MAX = 3000;
    /** Slack's own limit. */
    public static final int BLOCKS_MAX = 50;
    /** Slack refuses about 13,200 with {@code msg_blocks_too_long}. */
    public static final int CHARACTERS_MAX = 13_000;

    public Rendered {
        blocks = List.copyOf(blocks);
        if (text.isEmpty() || text.length() > TEXT_MAX) {
            throw new IllegalArgumentException("a fallback text of " + text.length() + " characters");
        }
        if (blocks.size() > BLOCKS_MAX || characters(blocks) > CHARACTERS_MAX) {
            throw new IllegalArgumentException(
                    "a message of " + blocks.size() + " blocks, " + characters(blocks) + " characters");
        }
    }

    /** A message that concerns nobody in particular. */
    public static Rendered of(Mrkdwn text, List<Map<String, Object>> blocks) {
        return new Rendered(text, blocks, OptionalLong.empty(), false);
    }

    /** A message of one paragraph. */
    public static Rendered paragraph(Mrkdwn text) {
        return of(text, List.of(Blocks.section(text)));
    }

    /** The same, with the person to be told when it cannot be delivered. */
    public Rendered about(long person) {
        return new Rendered(text, blocks, OptionalLong.of(person), onlyThere);
    }

    /** The same, for nobody but those who are where it is meant to go. */
    public Rendered kept() {
        return new Rendered(text, blocks, concerns, true);
    }

    /** Equal digests mean equal messages. */
    public String digest() {
        return Sha256.of(text.markup() + "\n" + Json.text(blocks));
    }

    /** How many characters of text the blocks hold, as Slack counts them. */
    public static int characters(Object node) {
        return switch (node) {
            case Map<?, ?> map -> map.entrySet().stream()
                    .mapToInt(e -> "text".equals(e.getKey()) && e.getValue() instanceof String text
                            ? text.length()
                            : characters(e.getValue()))
                    .sum();
            case List<?> list -> list.stream().mapToInt(Rendered::characters).sum();
            default -> 0;
        };
    }
}
