package dev.steward.bot.slack.blocks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The blocks of a message in their order, each with how much it matters. When they are too many or too long for Slack,
 * the least important go, the last of them first, and the message says so.
 */
public final class Layout {
    private static final Mrkdwn LEFT_OUT = Mrkdwn.of("Some details are left out here; the thread has them.");

    private final List<Part> parts = new ArrayList<>();

    /** How much a block matters. */
    public enum Weight {
        /** Never left out: who, what is deleted, the buttons. */
        VITAL,
        /** Left out only when nothing else helps. */
        MAJOR,
        /** Left out first. */
        MINOR
    }

    private record Part(Weight weight, Map<String, Object> block) {}

    /** Adds a block below the others. */
    public Layout add(Weight weight, Map<String, Object> block) {
        parts.add(new Part(weight, block));
        return this;
    }

    /** Adds a paragraph below the others, unless there is nothing to say. */
    public Layout add(Weight weight, Mrkdwn paragraph) {
        if (!paragraph.isEmpty()) {
            add(weight, Blocks.section(paragraph));
        }
        return this;
    }

    /**
     * The blocks, as many as Slack takes.
     *
     * @throws IllegalStateException if the vital ones alone are too many
     */
    public List<Map<String, Object>> blocks() {
        List<Part> kept = new ArrayList<>(parts);
        boolean cut = false;
        while (!fits(kept, cut)) {
            Part least = kept.reversed().stream().max(Comparator.comparing(Part::weight)).orElseThrow();
            if (least.weight() == Weight.VITAL) {
                throw new IllegalStateException("the vital blocks alone are too many for Slack");
            }
            kept.remove(kept.lastIndexOf(least));
            cut = true;
        }
        List<Map<String, Object>> blocks = new ArrayList<>(kept.stream().map(Part::block).toList());
        if (cut) {
            blocks.add(Blocks.context(LEFT_OUT));
        }
        return blocks;
    }

    private static boolean fits(List<Part> parts, boolean cut) {
        int more = cut ? 1 : 0;
        int characters = Rendered.characters(parts.stream().map(Part::block).toList()) + more * LEFT_OUT.length();
        return parts.size() + more <= Rendered.BLOCKS_MAX && characters <= Rendered.CHARACTERS_MAX;
    }
}
