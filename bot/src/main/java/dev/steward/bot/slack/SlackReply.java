package dev.steward.bot.slack;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What Slack is answered.
 *
 * @param status
 *            the HTTP status
 * @param headers
 *            by name, {@code Content-Type} among them when there is a body
 * @param body
 *            the bytes; empty for a bare acknowledgement
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: the bytes are handed on as they are
public record SlackReply(int status, Map<String, String> headers, byte[] body) {

    public SlackReply {
        headers = Map.copyOf(headers);
    }

    /** An acknowledgement without a body. */
    public static SlackReply ok() {
        return new SlackReply(200, Map.of(), new byte[0]);
    }

    /** A JSON answer with status 200. */
    public static SlackReply json(String json) {
        return new SlackReply(200, Map.of("Content-Type", "application/json; charset=utf-8"),
                json.getBytes(StandardCharsets.UTF_8));
    }

    /** A short text, for a refusal. */
    public static SlackReply text(int status, String text) {
        return new SlackReply(status, Map.of("Content-Type", "text/plain; charset=utf-8"),
                text.getBytes(StandardCharsets.UTF_8));
    }
}
