package dev.steward.bot.slack.channels;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What people wrote, without Slack's markup. */
public final class SlackText {
    private static final Pattern MARKED = Pattern.compile("<([^<>|]*)(?:\\|([^<>]*))?>");

    private SlackText() {}

    /**
     * The text as one reads it.
     *
     * @param names
     *            the name of the user of that id
     */
    public static String plain(String markup, UnaryOperator<String> names) {
        String read = MARKED.matcher(markup)
                .replaceAll(found -> Matcher.quoteReplacement(shown(found.group(1), found.group(2), names)));
        return read.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    private static String shown(String what, @Nullable String label, UnaryOperator<String> names) {
        String said = label == null ? "" : label;
        if (what.startsWith("@")) {
            return "@" + (said.isEmpty() ? names.apply(what.substring(1)) : said);
        }
        if (what.startsWith("#")) {
            return "#" + (said.isEmpty() ? what.substring(1) : said);
        }
        if (what.startsWith("!")) {
            return said.isEmpty() ? "@" + what.substring(1) : said;
        }
        return said.isEmpty() || said.equals(what) ? what : said + " (" + what + ")";
    }

    /** What a message says, its files by name when it says nothing. */
    public static String of(JsonNode message, UnaryOperator<String> names) {
        String text = plain(message.path("text").asText(), names).strip();
        if (!text.isEmpty()) {
            return text;
        }
        String files = StreamSupport.stream(message.path("files").spliterator(), false)
                .map(file -> file.path("name").asText("a file")).collect(Collectors.joining(", "));
        return files.isEmpty() ? "(a message without text)" : "(files: " + files + ")";
    }
}
