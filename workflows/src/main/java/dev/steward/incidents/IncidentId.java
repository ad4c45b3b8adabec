package dev.steward.incidents;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number of an incident.
 *
 * @param value
 *            its row
 */
public record IncidentId(long value) {
    private static final Pattern TEXT = Pattern.compile("(?:INC-)?([1-9]\\d{0,17})", Pattern.CASE_INSENSITIVE);

    /** As people read it: {@code INC-7}. */
    public String text() {
        return "INC-" + value;
    }

    /** Reads what somebody typed, with or without {@code INC-}. */
    public static Optional<IncidentId> parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        return matcher.matches() ? Optional.of(new IncidentId(Long.parseLong(matcher.group(1)))) : Optional.empty();
    }
}
