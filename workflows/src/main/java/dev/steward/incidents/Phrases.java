package dev.steward.incidents;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What people type, made fit to be stored. */
final class Phrases {
    static final int TITLE = 200;
    /** Slack's limit is 80; a suffix such as {@code -2} has room where the name is taken. */
    private static final int CHANNEL = 76;
    private static final Pattern BLANKS = Pattern.compile("[\\p{Cc}\\p{Z}]+");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");
    /** No width, or turning the direction of what follows. */
    private static final Pattern UNSEEN = Pattern.compile("[\\u200B\\uFEFF\\u202A-\\u202E\\u2066-\\u2069]");
    private static final Pattern FOREIGN = Pattern.compile("[^a-z0-9_]+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Set<String> COMMON = Set.of("the", "and", "for", "with", "are", "not", "has", "can", "cannot",
            "all", "from", "have", "was", "its", "our", "some", "very", "down", "fails", "failing", "errors", "error",
            "slow", "broken", "problem", "issue", "again");

    private Phrases() {}

    /** On one line, without what cannot be seen. */
    static String line(String text) {
        return BLANKS.matcher(UNSEEN.matcher(text).replaceAll("")).replaceAll(" ").strip();
    }

    /** As it was typed, without what cannot be seen. */
    static String text(String text) {
        return CONTROLS.matcher(UNSEEN.matcher(text.replace("\r\n", "\n")).replaceAll("")).replaceAll("").strip();
    }

    /** As the beginning of a sentence. */
    static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** Its beginning, so much of it as is kept. */
    static String beginning(String text, int most) {
        return text.length() <= most ? text : text.substring(0, whole(text, most - 1)).stripTrailing() + "…";
    }

    /** Nothing is cut in the middle of a character. */
    private static int whole(String text, int end) {
        return Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }

    /** The name of an incident's channel. */
    static String channel(IncidentId id, String title) {
        String plain = MARKS.matcher(Normalizer.normalize(title, Normalizer.Form.NFD))
                .replaceAll("");
        String slug = FOREIGN.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll("-");
        String name = "inc-" + id.value() + "-" + slug;
        String cut = name.length() <= CHANNEL ? name : name.substring(0, CHANNEL);
        return cut.replaceAll("-{2,}", "-").replaceAll("[-_]+$", "");
    }

    /** Whether two titles may mean the same: they share half of their words, of those that tell something. */
    static boolean alike(String title, String other) {
        Set<String> words = words(title);
        Set<String> others = words(other);
        long shared = words.stream().filter(others::contains).count();
        return shared > 0 && shared * 2 >= Math.min(words.size(), others.size());
    }

    private static Set<String> words(String title) {
        return Pattern.compile("[^\\p{L}\\p{N}]+").splitAsStream(title.toLowerCase(Locale.ROOT))
                .filter(word -> word.length() > 2 && !COMMON.contains(word)).collect(Collectors.toSet());
    }
}
