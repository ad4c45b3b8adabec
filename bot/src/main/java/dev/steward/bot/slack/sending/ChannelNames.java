package dev.steward.bot.slack.sending;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.web.SlackAnswer;
import dev.steward.bot.slack.web.SlackApi;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ids of channels by name. The whole list is read when a name is missing, at most once a minute: a name that does
 * not exist must not use up the rate of {@code conversations.list}, which is about 20 a minute. Thread-safe.
 */
public final class ChannelNames {
    private static final Duration AT_MOST_EVERY = Duration.ofMinutes(1);
    private static final Duration UNTIL_ASKED_AGAIN = Duration.ofSeconds(5);
    private static final int MOST_PAGES = 100;

    private final SlackApi api;
    private final InstantSource clock;
    private Map<String, String> ids = Map.of();
    private long readAt = Long.MIN_VALUE / 2;

    /** Names that are not known yet. */
    public ChannelNames(SlackApi api, InstantSource clock) {
        this.api = api;
        this.clock = clock;
    }

    /** The channel's id, if it can be told without asking Slack. */
    public synchronized Optional<String> known(String name) {
        return isId(name) ? Optional.of(name) : Optional.ofNullable(ids.get(plain(name)));
    }

    synchronized Address find(String nameOrId) {
        Optional<String> known = known(nameOrId);
        if (known.isEmpty() && clock.millis() - readAt >= AT_MOST_EVERY.toMillis()) {
            Address problem = read();
            if (problem != null) {
                return problem;
            }
            known = known(nameOrId);
        }
        return known.<Address>map(id -> new Address.Place(id, Optional.empty()))
                .orElseGet(() -> new Address.Nowhere(Undeliverable.CHANNEL_NOT_FOUND));
    }

    private @Nullable Address read() {
        Map<String, String> found = new HashMap<>();
        String cursor = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            SlackAnswer answer = api.call("conversations.list",
                    Map.of("types", "public_channel,private_channel", "limit", 1000, "cursor", cursor));
            switch (answer) {
                case SlackAnswer.Ok(JsonNode body) -> {
                    body.path("channels").forEach(c -> found.put(c.path("name").asText(), c.path("id").asText()));
                    cursor = body.path("response_metadata").path("next_cursor").asText("");
                }
                case SlackAnswer.Limited(Duration wait) -> {
                    return new Address.Unclear(wait, "conversations.list: rate limited");
                }
                case SlackAnswer.Refused(String error, JsonNode body) -> {
                    return new Address.Refused("conversations.list", error);
                }
                case SlackAnswer.Lost lost -> {
                    return new Address.Unclear(UNTIL_ASKED_AGAIN, "conversations.list: " + lost.why());
                }
            }
            if (cursor.isEmpty()) {
                break;
            }
        }
        ids = Map.copyOf(found);
        readAt = clock.millis();
        return null;
    }

    private static boolean isId(String nameOrId) {
        return nameOrId.matches("[CGD][A-Z0-9]{6,}");
    }

    private static String plain(String name) {
        return name.startsWith("#") ? name.substring(1) : name;
    }
}
