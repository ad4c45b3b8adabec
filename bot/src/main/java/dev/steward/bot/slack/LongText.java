package dev.steward.bot.slack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts a long text into pieces that fit a field each, at its headings where it can, and puts them together again. */
final class LongText {
    /** A little less than Slack's 3,000: people add to it. */
    private static final int PIECE = 2600;
    private static final int MOST = 20;

    private LongText() {}

    /** The pieces, at least one; nothing when they are too many for a form, or a single line is too long. */
    static Optional<List<String>> parts(String text) {
        List<String> parts = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        int length = 0;
        for (String line : text.split("\n", -1)) {
            boolean heading = line.startsWith("## ") && length > PIECE / 2;
            if (!lines.isEmpty() && (heading || length + line.length() >= PIECE)) {
                parts.add(joined(lines));
                lines.clear();
                length = 0;
            }
            lines.add(line);
            length += line.length() + 1;
        }
        parts.add(joined(lines));
        boolean fits = parts.size() <= MOST && parts.stream().allMatch(piece -> piece.length() <= PIECE);
        return fits ? Optional.of(parts) : Optional.empty();
    }

    /** The whole again. */
    static String joined(List<String> parts) {
        return String.join("\n", parts);
    }
}
