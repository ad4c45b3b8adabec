package dev.steward.catalog;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The form of names in the catalog, which is Backstage's: at most 63 letters, digits, dashes, underscores and dots,
 * beginning and ending with a letter or digit; upper and lower case do not differ.
 */
final class Names {
    static final int LONGEST = 63;
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");
    private static final Pattern FOREIGN = Pattern.compile("[^a-z0-9_.-]+");
    private static final Pattern EDGES = Pattern.compile("^[^a-z0-9]+|[^a-z0-9]+$");

    private Names() {}

    static boolean valid(String name) {
        return VALID.matcher(name).matches();
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The nearest valid name in lower case, or the fallback when nothing of the text can stay. */
    static String nearest(String text, String fallback) {
        String plain = EDGES.matcher(FOREIGN.matcher(lower(text)).replaceAll("-")).replaceAll("");
        String cut = plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
        String name = EDGES.matcher(cut).replaceAll("");
        return name.isEmpty() ? lower(fallback) : name;
    }

    /** The exclusive upper end of the names that begin with the prefix, in an index over names. */
    static String afterPrefix(String prefix) {
        return prefix + Character.toString(Character.MAX_CODE_POINT);
    }
}
