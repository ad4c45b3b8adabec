package dev.steward.bot.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.channels.ChannelEvents;
import dev.steward.database.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What kind of thing came in, read just far enough to refuse what is malformed. Bolt reads the rest. */
sealed interface Incoming {
    /** Slack's limit for action, block and callback ids; its own ids are shorter. */
    int LONGEST_ID = 255;

    /** Something to handle. */
    record Wanted() implements Incoming {}

    /**
     * A click that decides something. All that is needed of it was read here: Bolt, whose reader learns the shape of a
     * message anew each time, would take longer for that than everything else until the acknowledgement.
     */
    record Decision(Click click) implements Incoming {}

    /** A shortcut, read here like {@link Decision}. */
    record Called(Shortcut shortcut) implements Incoming {}

    /**
     * Something that happened in a channel, or that was said to Steward, read here because Bolt's reader refuses a message
     * that holds blocks which it does not know.
     *
     * @param id
     *            the event's own id
     * @param event
     *            as it came
     */
    record Happened(String id, JsonNode event) implements Incoming {}

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
            case "event_callback" -> require(payload, List.of("/event_id", "/event/type"))
                    .and(() -> require(payload, subject(payload.at("/event/type").asText())))
                    .and(() -> inChannel(payload));
            case "" -> new Malformed("the payload has no type");
            case "app_rate_limited" -> new Ignored("app_rate_limited");
            default -> new Malformed("a payload of this type does not come as JSON");
        };
    }

    /** Where the events that are used say what they are about. */
    private static List<String> subject(String event) {
        return switch (event) {
            case "user_change", "team_join" -> List.of("/event/user/id");
            case "subteam_members_changed" -> List.of("/event/subteam_id");
            case "subteam_updated" -> List.of("/event/subteam/id");
            case "app_home_opened" -> List.of("/event/user");
            default -> List.of();
        };
    }

    private static Incoming inChannel(JsonNode payload) {
        JsonNode event = payload.path("event");
        String id = payload.path("event_id").asText();
        if (Questions.heard(event)) {
            return require(payload, List.of("/event/user", "/event/channel", "/event/ts"))
                    .and(() -> new Happened(id, event));
        }
        if (ChannelEvents.heard(event)) {
            return new Happened(id, event);
        }
        return ChannelEvents.ofChannels(event) || Questions.isMention(event)
                ? new Ignored(event.path("type").asText())
                : new Wanted();
    }

    /** This, unless there is nothing wrong with it: then the other. */
    default Incoming and(Supplier<Incoming> other) {
        return this instanceof Wanted ? other.get() : this;
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
        if (!isPlain(fields.get("user_id")) || !isPlain(fields.get("trigger_id"))) {
            return new Malformed("a command with an id that is none");
        }
        return new Wanted();
    }

    private static Incoming click(JsonNode payload) {
        boolean plain = payload.path("actions").size() == 1
                && (!payload.hasNonNull("view") || payload.at("/view/type").asText().equals("home"));
        return Optional.of(payload).filter(p -> plain).map(Payloads::click).filter(StoredClicks::decides)
                .<Incoming>map(Decision::new).orElseGet(Wanted::new);
    }

    private static Incoming interaction(JsonNode payload) {
        String trigger = payload.path("trigger_id").textValue();
        if (trigger != null && !trigger.isEmpty() && !isPlain(trigger)) {
            return new Malformed("an interaction with an id that is none");
        }
        return switch (payload.path("type").asText("")) {
            case "block_actions" -> payload.path("actions").size() == 0
                    ? new Malformed("an interaction without actions")
                    : require(payload, List.of("/user/id", "/trigger_id", "/actions/0/action_id"))
                            .and(() -> click(payload));
            case "view_submission" ->
                require(payload, List.of("/user/id", "/view/type", "/view/id", "/view/callback_id"));
            case "block_suggestion" -> require(payload, List.of("/user/id", "/action_id"));
            case "shortcut" -> require(payload, List.of("/user/id", "/trigger_id", "/callback_id"))
                    .and(() -> new Called(Shortcut.of(payload)));
            case "message_action" -> require(payload, List.of("/user/id", "/trigger_id", "/callback_id",
                    "/channel/id", "/message/ts")).and(() -> new Called(Shortcut.of(payload)));
            case "" -> new Malformed("the payload has no type");
            default -> new Ignored(payload.path("type").asText());
        };
    }

    private static Incoming require(JsonNode payload, List<String> texts) {
        return texts.stream().filter(at -> !isId(payload.at(at).textValue())).findFirst()
                .<Incoming>map(at -> new Malformed("the payload has no " + at.substring(1).replace('/', '.')))
                .orElseGet(Wanted::new);
    }

    /** Whether the text can be one of Slack's ids. What is longer would only fill the database. */
    private static boolean isId(@Nullable String text) {
        return text != null && text.length() <= LONGEST_ID;
    }

    /** Whether it can be the id of a person or of a trigger: what is printed, and no spaces. */
    private static boolean isPlain(@Nullable String text) {
        return text != null && isId(text) && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
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
