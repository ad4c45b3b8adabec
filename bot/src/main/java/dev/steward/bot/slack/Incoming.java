package dev.steward.bot.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What kind of thing came in, read just far enough to refuse what is malformed. Bolt reads the rest. */
sealed interface Incoming {
    /** Something to handle. */
    record Wanted() implements Incoming {}

    /** Something that is acknowledged and otherwise ignored: of a kind that Steward does not use. */
    record Ignored(String kind) implements Incoming {}

    /**
     * Something that Slack does not send.
     *
     * @param why
     *            for the answer, in a few words
     */
    record Malformed(String why) implements Incoming {}

    /** Reads the request's body. */
    static Incoming of(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        try {
            return text.stripLeading().startsWith("{") ? event(Json.tree(text)) : form(fields(text));
        } catch (IllegalArgumentException e) {
            return new Malformed("the payload cannot be read");
        }
    }

    private static Incoming event(JsonNode payload) {
        return switch (payload.path("type").asText("")) {
            case "url_verification" -> require(payload, List.of("/challenge"));
            case "event_callback" -> require(payload, List.of("/event_id", "/event/type"));
            case "" -> new Malformed("the payload has no type");
            case "app_rate_limited" -> new Ignored("app_rate_limited");
            default -> new Malformed("a payload of this type does not come as JSON");
        };
    }

    private static Incoming form(Map<String, String> fields) {
        if (fields.containsKey("ssl_check")) {
            return new Ignored("ssl_check");
        }
        if (fields.containsKey("payload")) {
            return interaction(Json.tree(fields.getOrDefault("payload", "")));
        }
        if (!fields.containsKey("command")) {
            return new Malformed("neither a command, nor an interaction, nor an event");
        }
        for (String name : List.of("command", "user_id", "trigger_id", "response_url")) {
            if (fields.getOrDefault(name, "").isBlank()) {
                return new Malformed("a command without " + name);
            }
        }
        return new Wanted();
    }

    private static Incoming interaction(JsonNode payload) {
        return switch (payload.path("type").asText("")) {
            case "block_actions" -> payload.path("actions").size() == 0
                    ? new Malformed("an interaction without actions")
                    : require(payload, List.of("/user/id", "/trigger_id", "/actions/0/action_id"));
            case "view_submission" ->
                require(payload, List.of("/user/id", "/view/type", "/view/id", "/view/callback_id"));
            case "block_suggestion" -> require(payload, List.of("/user/id", "/action_id"));
            case "" -> new Malformed("the payload has no type");
            default -> new Ignored(payload.path("type").asText());
        };
    }

    private static Incoming require(JsonNode payload, List<String> texts) {
        return texts.stream().filter(at -> !payload.at(at).isTextual()).findFirst()
                .<Incoming>map(at -> new Malformed("the payload has no " + at.substring(1).replace('/', '.')))
                .orElseGet(Wanted::new);
    }

    private static Map<String, String> fields(String body) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
