package dev.steward.bot.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A shortcut that somebody chose, from the menu of everything or from that of a message.
 *
 * @param user
 *            user id
 * @param callback
 *            which shortcut
 * @param trigger
 *            opens one modal within 3 s
 * @param message
 *            what it was chosen on, for one of a message's menu
 * @param responseUrl
 *            where to answer in private, for one of a message's menu
 */
record Shortcut(String user, String callback, String trigger, Optional<On> message, Optional<String> responseUrl) {

    /**
     * A message.
     *
     * @param author
     *            id of the user or the bot who wrote it
     * @param text
     *            in Slack's markup
     */
    record On(String channel, String ts, String author, String text) {}

    /** Reads the payload as it came; Bolt's reader knows fewer blocks than messages have. */
    static Shortcut of(JsonNode payload) {
        JsonNode message = payload.path("message");
        return new Shortcut(payload.at("/user/id").asText(), payload.path("callback_id").asText(),
                payload.path("trigger_id").asText(),
                message.isObject()
                        ? Optional.of(new On(payload.at("/channel/id").asText(), message.path("ts").asText(),
                                message.path("user").asText(message.path("bot_id").asText()),
                                message.path("text").asText()))
                        : Optional.empty(),
                Optional.ofNullable(payload.path("response_url").textValue()));
    }
}
