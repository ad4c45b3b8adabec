package dev.steward.bot.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * A message that somebody wrote to Steward.
 *
 * @param user
 *            user id
 * @param channel
 *            id of the conversation
 * @param ts
 *            which message of it
 * @param thread
 *            the thread that it was written in
 * @param direct
 *            whether nobody else reads along
 * @param text
 *            in Slack's markup
 */
record Asked(String user, String channel, String ts, Optional<String> thread, boolean direct, String text) {
    /** A question is shorter; of what is longer the beginning is kept. */
    private static final int TEXT_MAX = 1000;

    /** Reads the event, or what {@link #stored} made of it. */
    static Asked of(JsonNode event) {
        String text = event.path("text").asText();
        return new Asked(event.path("user").asText(), event.path("channel").asText(), event.path("ts").asText(),
                Optional.of(event.path("thread_ts").asText()).filter(ts -> !ts.isEmpty()),
                event.path("channel_type").asText().equals("im"), text.substring(0, Math.min(text.length(), TEXT_MAX)));
    }

    /** Which message it is, of all that there are. */
    String message() {
        return channel + "/" + ts;
    }

    /** What a job keeps of it. */
    Map<String, Object> stored() {
        return Map.of("user", user, "channel", channel, "ts", ts, "thread_ts", thread.orElse(""), "channel_type",
                direct ? "im" : "channel", "text", text);
    }
}
