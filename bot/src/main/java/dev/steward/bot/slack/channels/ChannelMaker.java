package dev.steward.bot.slack.channels;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.web.SlackAnswer;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.incidents.Incident;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes the channel of an incident, once: a channel that was made although the answer was lost is found by its name, its
 * creator, and that nobody but Steward is in it.
 */
final class ChannelMaker {
    /** Slack's longest name of a channel. */
    private static final int LONGEST = 80;
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final int MOST_PAGES = 100;

    private final SlackApi api;
    private final String botUser;
    private final Predicate<String> taken;

    /**
     * @param taken
     *            whether the channel of that id is some incident's already
     */
    ChannelMaker(SlackApi api, String botUser, Predicate<String> taken) {
        this.api = api;
        this.botUser = botUser;
        this.taken = taken;
    }

    /** What came of it. */
    sealed interface Made {
        /** The channel is there; nobody but Steward is in it, and it says nothing yet. */
        record There(String id, String name) implements Made {}

        /** It is to be tried again. */
        record Later(Duration after) implements Made {}

        /** People have to do something first. */
        record Stuck(Trouble trouble) implements Made {}

        /** There is none of that name that could be taken up. */
        record None() implements Made {}
    }

    Made make(Incident incident) {
        boolean confidential = incident.about().confidential();
        for (String name : names(incident)) {
            Made made = switch (api.call("conversations.create", Map.of("name", name, "is_private", confidential))) {
                case SlackAnswer.Ok(JsonNode body) -> new Made.There(body.at("/channel/id").asText(), name);
                case SlackAnswer.Limited(Duration wait) -> new Made.Later(wait);
                case SlackAnswer.Lost _ -> new Made.Later(SOON);
                case SlackAnswer.Refused(String error, JsonNode _) -> error.equals("name_taken")
                        ? ours(name, confidential)
                        : new Made.Stuck(Trouble.of("conversations.create", error));
            };
            if (!(made instanceof Made.None)) {
                return made;
            }
        }
        return new Made.Stuck(new Trouble("Every name for its channel is taken. Go on in another channel.", false));
    }

    /** As wanted, then with a number, then with the moment of its declaration, which no other has. */
    private static List<String> names(Incident incident) {
        String wanted = incident.channel().name();
        String moment = Long.toString(incident.times().declared().toEpochMilli(), 36);
        return Stream.concat(
                Stream.concat(Stream.of(wanted), IntStream.rangeClosed(2, 9).mapToObj(n -> cut(wanted, 2) + "-" + n)),
                Stream.of("inc-" + incident.id().value() + "-" + moment)).toList();
    }

    private static String cut(String name, int room) {
        return name.substring(0, Math.min(name.length(), LONGEST - room));
    }

    private Made ours(String name, boolean confidential) {
        Map<String, Object> args = new HashMap<>(Map.of("types", "public_channel,private_channel", "limit", 1000,
                "exclude_archived", true));
        List<String> found = new ArrayList<>();
        for (int page = 0; page < MOST_PAGES; page++) {
            Optional<Made> problem = page(args, channel -> isOurs(channel, name, confidential), found);
            if (problem.isPresent()) {
                return problem.get();
            }
            if (!found.isEmpty() || String.valueOf(args.get("cursor")).isEmpty()) {
                break;
            }
        }
        return found.isEmpty() ? new Made.None() : unused(found.getFirst(), name);
    }

    private Optional<Made> page(Map<String, Object> args, Predicate<JsonNode> wanted, List<String> found) {
        return switch (api.call("conversations.list", args)) {
            case SlackAnswer.Ok(JsonNode body) -> {
                body.path("channels").forEach(channel -> {
                    if (wanted.test(channel)) {
                        found.add(channel.path("id").asText());
                    }
                });
                args.put("cursor", body.at("/response_metadata/next_cursor").asText());
                yield Optional.empty();
            }
            case SlackAnswer.Limited(Duration wait) -> Optional.of(new Made.Later(wait));
            case SlackAnswer.Lost _ -> Optional.of(new Made.Later(SOON));
            case SlackAnswer.Refused(String error, JsonNode _) -> Optional
                    .of(new Made.Stuck(Trouble.of("conversations.list", error)));
        };
    }

    private boolean isOurs(JsonNode channel, String name, boolean confidential) {
        return channel.path("name").asText().equals(name) && channel.path("creator").asText().equals(botUser)
                && channel.path("is_private").asBoolean() == confidential && channel.path("is_member").asBoolean()
                && !taken.test(channel.path("id").asText());
    }

    /** A channel with people in it is some other story's. */
    private Made unused(String id, String name) {
        return switch (api.call("conversations.members", Map.of("channel", id, "limit", 2))) {
            case SlackAnswer.Ok(JsonNode body) -> body.path("members").size() == 1
                    ? new Made.There(id, name)
                    : new Made.None();
            case SlackAnswer.Limited(Duration wait) -> new Made.Later(wait);
            case SlackAnswer.Lost _ -> new Made.Later(SOON);
            case SlackAnswer.Refused _ -> new Made.None();
        };
    }
}
