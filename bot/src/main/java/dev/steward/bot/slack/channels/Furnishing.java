package dev.steward.bot.slack.channels;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.web.SlackAnswer;
import dev.steward.bot.slack.web.SlackApi;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What makes a channel easy to find one's way in: its topic, bookmarks, the pinned headline. Each is done only where it is
 * not so already. Where Slack refuses one, people can do without it: it is logged, and the rest goes on.
 */
final class Furnishing {
    private static final Logger LOG = LoggerFactory.getLogger(Furnishing.class);
    private static final int TOPIC_MAX = 250;

    private final SlackApi api;
    private final Predicate<String> removed;

    /**
     * @param removed
     *            whether somebody took Steward out of a channel
     */
    Furnishing(SlackApi api, Predicate<String> removed) {
        this.api = api;
        this.removed = removed;
    }

    /** Sees to it that Steward is in the channel, and that it has the topic. */
    Optional<Stop> topic(String channel, String topic) {
        String wanted = Mrkdwn.text(topic, TOPIC_MAX).markup();
        return switch (api.call("conversations.info", Map.of("channel", channel))) {
            case SlackAnswer.Ok(JsonNode body) -> known(channel, body.path("channel"), wanted);
            case SlackAnswer.Limited(Duration wait) -> later(wait);
            case SlackAnswer.Lost _ -> later(Stop.SOON);
            case SlackAnswer.Refused(String error, JsonNode _) -> Optional
                    .of(new Stop.Stuck(Trouble.of("conversations.info", error)));
        };
    }

    private Optional<Stop> known(String channel, JsonNode now, String wanted) {
        if (now.path("is_archived").asBoolean()) {
            return Optional.of(new Stop.Stuck(Trouble.ARCHIVED));
        }
        if (!now.path("is_member").asBoolean(true)) {
            Optional<Stop> stop = now.path("is_private").asBoolean() || removed.test(channel)
                    ? Optional.of(new Stop.Stuck(Trouble.REMOVED))
                    : vital("conversations.join", Map.of("channel", channel));
            if (stop.isPresent()) {
                return stop;
            }
        }
        return now.at("/topic/value").asText().equals(wanted)
                ? Optional.empty()
                : nice("conversations.setTopic", Map.of("channel", channel, "topic", wanted));
    }

    /**
     * Sets the bookmarks that are not there.
     *
     * @param bookmarks
     *            address by title
     */
    Optional<Stop> bookmarks(String channel, Map<String, String> bookmarks) {
        if (bookmarks.isEmpty()) {
            return Optional.empty();
        }
        return switch (api.call("bookmarks.list", Map.of("channel_id", channel))) {
            case SlackAnswer.Ok(JsonNode body) -> missing(channel, bookmarks, body);
            case SlackAnswer.Limited(Duration wait) -> later(wait);
            case SlackAnswer.Lost _ -> later(Stop.SOON);
            case SlackAnswer.Refused(String error, JsonNode _) -> without("bookmarks.list", error);
        };
    }

    private Optional<Stop> missing(String channel, Map<String, String> bookmarks, JsonNode body) {
        Set<String> there = new HashSet<>();
        body.path("bookmarks").forEach(bookmark -> there.add(bookmark.path("link").asText()));
        return bookmarks.entrySet().stream().filter(bookmark -> !there.contains(bookmark.getValue()))
                .map(bookmark -> nice("bookmarks.add", Map.of("channel_id", channel, "type", "link", "title",
                        Mrkdwn.cut(Mrkdwn.oneLine(bookmark.getKey()), 100), "link", bookmark.getValue())))
                .flatMap(Optional::stream).findFirst();
    }

    /** Pins a message. */
    Optional<Stop> pin(String channel, String ts) {
        return nice("pins.add", Map.of("channel", channel, "timestamp", ts));
    }

    private Optional<Stop> vital(String method, Map<String, Object> args) {
        return switch (api.call(method, args)) {
            case SlackAnswer.Ok _ -> Optional.empty();
            case SlackAnswer.Limited(Duration wait) -> later(wait);
            case SlackAnswer.Lost _ -> later(Stop.SOON);
            case SlackAnswer.Refused(String error, JsonNode _) -> Optional
                    .of(new Stop.Stuck(Trouble.of(method, error)));
        };
    }

    private Optional<Stop> nice(String method, Map<String, Object> args) {
        return switch (api.call(method, args)) {
            case SlackAnswer.Ok _ -> Optional.empty();
            case SlackAnswer.Limited(Duration wait) -> later(wait);
            case SlackAnswer.Lost _ -> later(Stop.SOON);
            case SlackAnswer.Refused(String error, JsonNode _) -> without(method, error);
        };
    }

    private static Optional<Stop> without(String method, String error) {
        if (Trouble.ofChannel(error)) {
            return Optional.of(new Stop.Stuck(Trouble.of(method, error)));
        }
        if (!error.equals("already_pinned")) {
            LOG.warn("the channel of an incident does without: {} was refused: {}", method, error);
        }
        return Optional.empty();
    }

    private static Optional<Stop> later(Duration after) {
        return Optional.of(new Stop.Later(after));
    }
}
