package dev.steward.bot.slack.sending;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.outbox.Delay;
import dev.steward.outbox.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The line by which a message says that Slack kept it waiting. It is no part of the content: the next edit drops it, and
 * none is made only to drop it.
 */
final class Lateness {
    /** What is less late is not worth a word. */
    static final Duration WORTH_SAYING = Duration.ofMinutes(2);

    private Lateness() {}

    /** The blocks to post, with the line below them if the message is late. */
    static List<Map<String, Object>> blocks(Message.Due due, Rendered content, Instant now,
            boolean limited) {
        Duration late = Duration.between(Instant.ofEpochMilli(due.createdAt()), now);
        Delay delay = due.delay() == null && limited ? Delay.LIMITED : due.delay();
        if (delay == null || late.compareTo(WORTH_SAYING) < 0) {
            return content.blocks();
        }
        Mrkdwn line = Mrkdwn.of("Sent {} late: {}.", words(late), switch (delay) {
            case UNREACHABLE -> "Slack could not be reached";
            case LIMITED -> "Slack asked Steward to slow down";
        });
        return with(content, line);
    }

    /** The content's blocks with a line below them, if there is room. */
    private static List<Map<String, Object>> with(Rendered content, Mrkdwn line) {
        if (content.blocks().size() >= Rendered.BLOCKS_MAX
                || Rendered.characters(content.blocks()) + line.length() > Rendered.CHARACTERS_MAX) {
            return content.blocks();
        }
        List<Map<String, Object>> blocks = new ArrayList<>(content.blocks());
        blocks.add(Blocks.context(line));
        return blocks;
    }

    private static String words(Duration late) {
        return late.toHours() < 2
                ? late.toMinutes() + " min"
                : late.toHours() < 48 ? late.toHours() + " h" : late.toDays() + " days";
    }
}
