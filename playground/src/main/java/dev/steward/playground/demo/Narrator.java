package dev.steward.playground.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells a story as a conversation: who says what to whom, with the messages set off by a bar. */
final class Narrator {
    private static final int WIDTH = 92;
    private static final Pattern SPACE = Pattern.compile(" ");

    private static final Pattern DATE = Pattern.compile("<!date\\^[^|>]*\\|([^>]*)>");
    private static final Pattern MENTION = Pattern.compile("<@([A-Z0-9]+)>");
    private static final Pattern LINK = Pattern.compile("<https?://[^|>]+\\|([^>]*)>");
    private static final Pattern CHANNEL = Pattern.compile("<#([A-Z0-9]+)>");
    private static final Pattern BOLD = Pattern.compile("(^|[\\s(])\\*([^*\\n]+)\\*", Pattern.MULTILINE);

    private final PrintStream out;
    private final UnaryOperator<String> names;
    private int chapter;

    /**
     * @param names
     *            the name of an account or a channel
     */
    Narrator(PrintStream out, UnaryOperator<String> names) {
        this.out = out;
        this.names = names;
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
        asShown(text).strip().lines().flatMap(line -> wrap(line, WIDTH - 18).stream())
                .forEach(part -> out.printf("   %-12s | %s%n", "", part));
        out.flush();
    }

    /** As a client shows it: dates, links, channels, people and bold type instead of the markup for them. */
    private String asShown(String markup) {
        String dated = DATE.matcher(markup).replaceAll("$1");
        String linked = LINK.matcher(dated).replaceAll("$1");
        String placed = CHANNEL.matcher(linked)
                .replaceAll(m -> Matcher.quoteReplacement("#" + names.apply(m.group(1))));
        String named = MENTION.matcher(placed).replaceAll(m -> Matcher.quoteReplacement("@" + names.apply(m.group(1))));
        String plain = BOLD.matcher(named).replaceAll("$1$2");
        return plain.replace("`", "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
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
