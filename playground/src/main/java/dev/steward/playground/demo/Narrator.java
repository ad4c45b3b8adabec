package dev.steward.playground.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Tells a story as a conversation: who says what to whom, with the messages set off by a bar. */
final class Narrator {
    private static final int WIDTH = 92;
    private static final Pattern SPACE = Pattern.compile(" ");

    private final PrintStream out;
    private int chapter;

    Narrator(PrintStream out) {
        this.out = out;
    }

    void title(String title) {
        out.println();
        out.println(title);
        out.println("=".repeat(title.length()));
    }

    void chapter(String title) {
        out.println();
        out.println(++chapter + ". " + title);
        out.println();
    }

    /** What happens around the conversation. */
    void tells(String text) {
        wrap(text, WIDTH).forEach(line -> out.println("   " + line));
        out.flush();
    }

    /** Something a person types or does. */
    void does(String who, String what) {
        List<String> lines = wrap(what, WIDTH - 14);
        out.printf("   %-12s %s%n", who, lines.getFirst());
        lines.stream().skip(1).forEach(line -> out.printf("   %-12s %s%n", "", line));
        out.flush();
    }

    /** Something that Steward says, as it stands on the screen. */
    void says(String whereOrTo, String text) {
        out.printf("   %-12s %s%n", "Steward", whereOrTo);
        text.strip().lines().flatMap(line -> wrap(line, WIDTH - 18).stream())
                .forEach(part -> out.printf("   %-12s | %s%n", "", part));
        out.flush();
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : SPACE.splitAsStream(text.strip()).toList()) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
