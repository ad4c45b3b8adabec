package dev.steward.modules;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What HCL means by the text of a string, and the texts of which the grammar's idea and Terraform's may differ.
 *
 * @see <a href="https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md">HCL's specification</a>
 */
final class HclStrings {
    /** After {@code $$} or {@code %%} a brace is text; after three or more it depends on who counts. */
    private static final Pattern MANY_MARKS = Pattern.compile("(\\$\\$\\$+|%%%+)");
    private static final Pattern MARK_BEFORE_QUOTE = Pattern.compile("[$%]\"");

    private HclStrings() {}

    /** Why the part of a quoted string cannot be read with certainty. */
    static Optional<String> doubt(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '\\') {
                i++;
                if (i == raw.length()) {
                    return Optional.of("has a string that ends in a backslash");
                }
            } else if (c == '"' || c == '\n') {
                return Optional.of(MARK_BEFORE_QUOTE.matcher(raw).find()
                        ? "has a string in which $ or % stands before a quote"
                        : "has a string whose end is not certain, after a backslash");
            }
        }
        return templateDoubt(raw);
    }

    /** Why the literal part of a template cannot be read with certainty. */
    static Optional<String> templateDoubt(String raw) {
        return MANY_MARKS.matcher(raw).find()
                ? Optional.of("has a string with three $ or % in a row")
                : Optional.empty();
    }

    /** Why it is not certain where a heredoc ends. */
    static Optional<String> heredocDoubt(String raw) {
        List<String> lines = raw.lines().toList();
        String marker = lines.getFirst().replaceFirst("^<<-?", "").strip();
        List<String> inner = lines.subList(1, lines.size() - 1);
        boolean certain = lines.size() > 1 && lines.getLast().strip().equals(marker)
                && inner.stream().noneMatch(l -> l.strip().endsWith(marker));
        return certain
                ? Optional.empty()
                : Optional.of("has a heredoc in which a line ends like its marker");
    }

    /** The string that the text between two quotes stands for. */
    static String unescape(String raw) {
        var value = new StringBuilder();
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '\\' && i + 1 < raw.length()) {
                i++;
                i += escape(raw, i, value);
            } else if ((c == '$' || c == '%') && raw.startsWith(String.valueOf(c) + "{", i + 1)) {
                value.append(c).append('{');
                i += 2;
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }

    private static int escape(String raw, int at, StringBuilder value) {
        char c = raw.charAt(at);
        switch (c) {
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case 'u', 'U' -> {
                int digits = c == 'u' ? 4 : 8;
                if (at + digits < raw.length()) {
                    value.appendCodePoint(Integer.parseInt(raw.substring(at + 1, at + 1 + digits), 16));
                    return digits;
                }
            }
            default -> value.append(c);
        }
        return 0;
    }
}
