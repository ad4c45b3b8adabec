package dev.steward.oncall;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The number of an override; people see {@code OVR-5}. */
public record OverrideId(long value) {
    private static final Pattern TEXT = Pattern.compile("(OVR-)?([1-9][0-9]{0,17})");

    /** As people see it. */
    public String text() {
        return "OVR-" + value;
    }

    /** Reads what somebody typed, with or without the prefix. */
    public static Optional<OverrideId> parse(String text) {
        var typed = TEXT.matcher(text.strip().toUpperCase(Locale.ROOT));
        return typed.matches() ? Optional.of(new OverrideId(Long.parseLong(typed.group(2)))) : Optional.empty();
    }
}
