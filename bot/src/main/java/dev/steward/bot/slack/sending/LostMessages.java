package dev.steward.bot.slack.sending;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.web.SlackAnswer;
import dev.steward.bot.slack.web.SlackApi;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds a message that was posted although its answer was lost: every message carries its key in Slack's message
 * metadata.
 *
 * @see <a href="https://docs.slack.dev/messaging/message-metadata">Slack: message metadata</a>
 */
final class LostMessages {
    static final String EVENT_TYPE = "steward_message";

    /** Slack's times are its own; ours may have been an hour ahead when the message was put, and set back since. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(65);
    private static final Duration UNTIL_ASKED_AGAIN = Duration.ofSeconds(5);
    private static final Duration UNTIL_ADMINISTERED = Duration.ofMinutes(5);
    private static final int MOST_PAGES = 50;

    private final SlackApi api;
    private final String botUser;

    /**
     * A search for the messages of one bot.
     *
     * @param botUser
     *            its user id: another app can forge the metadata, but not the author
     */
    LostMessages(SlackApi api, String botUser) {
        this.api = api;
        this.botUser = botUser;
    }

    /** What the search came to. */
    sealed interface Search {
        /**
         * The message is there.
         *
         * @param digest
         *            of the content that it was posted with
         */
        record Found(String ts, String digest) implements Search {}

        /** It is not there. */
        record Missing() implements Search {}

        /** It could not be found out. */
        record Unclear(Duration delay, String why) implements Search {}
    }

    /** The metadata to post a message with. */
    static Map<String, Object> metadata(String key, String digest) {
        return Map.of("event_type", EVENT_TYPE, "event_payload", Map.of("key", key, "digest", digest));
    }

    /**
     * Looks for the message of that key.
     *
     * @param since
     *            a time before it was posted
     */
    Search find(Address.Place place, String key, Instant since) {
        Map<String, Object> args = new HashMap<>();
        args.put("channel", place.channel());
        args.put("include_all_metadata", true);
        args.put("oldest", since.minus(CLOCK_SKEW).getEpochSecond() + ".000000");
        args.put("limit", 200);
        place.thread().ifPresent(root -> args.put("ts", root));
        String method = place.thread().isPresent() ? "conversations.replies" : "conversations.history";
        for (int page = 0; page < MOST_PAGES; page++) {
            switch (api.call(method, args)) {
                case SlackAnswer.Ok(JsonNode body) -> {
                    for (JsonNode message : body.path("messages")) {
                        JsonNode payload = message.path("metadata").path("event_payload");
                        if (key.equals(payload.path("key").asText()) && botUser.equals(message.path("user").asText())) {
                            return new Search.Found(message.path("ts").asText(), payload.path("digest").asText());
                        }
                    }
                    String next = body.path("response_metadata").path("next_cursor").asText("");
                    if (next.isEmpty()) {
                        return new Search.Missing();
                    }
                    args.put("cursor", next);
                }
                case SlackAnswer.Limited(Duration wait) -> {
                    return new Search.Unclear(wait, method + ": rate limited");
                }
                case SlackAnswer.Refused(String error, JsonNode body) -> {
                    return Undeliverable.of(error).isPresent()
                            ? new Search.Missing()
                            : new Search.Unclear(UNTIL_ADMINISTERED, method + ": " + error);
                }
                case SlackAnswer.Lost lost -> {
                    return new Search.Unclear(UNTIL_ASKED_AGAIN, method + ": " + lost.why());
                }
            }
        }
        return new Search.Unclear(UNTIL_ASKED_AGAIN, method + ": more than " + MOST_PAGES + " pages");
    }
}
