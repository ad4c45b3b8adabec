package dev.steward.bot.slack;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as Slack sent it.
 *
 * @param headers
 *            every header, by lower-case name; the values in the order in which they came
 * @param body
 *            the exact bytes, which is what Slack signed; at most 1 MB. Neither copied nor to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: the bytes are handed on as they came
public record SlackCall(Map<String, List<String>> headers, byte[] body) {

    public SlackCall {
        headers = Map.copyOf(headers);
    }

    /** The first value of a header. */
    public Optional<String> header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, List.of()).stream().findFirst();
    }
}
