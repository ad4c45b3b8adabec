package dev.steward.oncall;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The number of a page; people see {@code PAGE-3}. */
public record PageId(long value) {
    private static final Pattern TEXT = Pattern.compile("(PAGE-)?([1-9][0-9]{0,17})");

    /** As people see it. */
    public String text() {
        return "PAGE-" + value;
    }

    /** Reads what somebody typed or clicked, with or without the prefix. */
    public static Optional<PageId> parse(String text) {
        var typed = TEXT.matcher(text.strip().toUpperCase(Locale.ROOT));
        return typed.matches() ? Optional.of(new PageId(Long.parseLong(typed.group(2)))) : Optional.empty();
    }
}
