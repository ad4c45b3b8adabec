package dev.steward.requests;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a request: one person's ask through a workflow.
 *
 * @param value
 *            its row
 */
public record RequestId(long value) {
    private static final Pattern TEXT = Pattern.compile("REQ-([1-9][0-9]{0,17})");

    /** The form that people and the ledger see: {@code REQ-42}. */
    public String text() {
        return "REQ-" + value;
    }

    /** Reads the form that people see. */
    public static Optional<RequestId> parse(String text) {
        return Optional.of(TEXT.matcher(text)).filter(java.util.regex.Matcher::matches)
                .map(m -> new RequestId(Long.parseLong(m.group(1))));
    }
}
