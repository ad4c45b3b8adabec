package dev.steward.bot.slack.sending;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.web.SlackAnswer;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.database.Database;
import dev.steward.outbox.Destination;
import dev.steward.outbox.Message;
import dev.steward.outbox.Outbox;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongFunction;

/** Finds where a destination is in Slack: channels by name, direct messages by person, threads by their root. */
final class Addresses {
    private static final Duration UNTIL_ASKED_AGAIN = Duration.ofSeconds(5);
    private static final Set<String> NOBODY = Set.of("user_not_found", "user_disabled", "user_not_visible",
            "users_not_found", "cannot_dm_bot");

    private final SlackApi api;
    private final ChannelNames channels;
    private final Database database;
    private final Outbox outbox;
    private final LongFunction<Optional<String>> slackUsers;
    private final ConcurrentMap<String, String> directMessages = new ConcurrentHashMap<>();

    /**
     * Addresses of one workspace.
     *
     * @param slackUsers
     *            the Slack user id of a person in the catalog
     */
    Addresses(SlackApi api, ChannelNames channels, Database database, Outbox outbox,
            LongFunction<Optional<String>> slackUsers) {
        this.api = api;
        this.channels = channels;
        this.database = database;
        this.outbox = outbox;
        this.slackUsers = slackUsers;
    }

    Address of(Destination destination) {
        return switch (destination) {
            case Destination.Channel(String name) -> channels.find(name);
            case Destination.Person(long id) -> slackUsers.apply(id).map(this::directMessage)
                    .orElseGet(() -> new Address.Never("person " + id + " has no account in Slack"));
            case Destination.InThread(String key) -> thread(key);
            case Destination.Home(long person) -> new Address.Never("a home takes no messages: person " + person);
        };
    }

    private Address directMessage(String user) {
        String known = directMessages.get(user);
        if (known != null) {
            return new Address.Place(known, Optional.empty());
        }
        return switch (api.call("conversations.open", Map.of("users", user))) {
            case SlackAnswer.Ok(JsonNode body) -> {
                String id = body.path("channel").path("id").asText();
                directMessages.put(user, id);
                yield new Address.Place(id, Optional.empty());
            }
            case SlackAnswer.Limited(Duration wait) -> new Address.Unclear(wait, "conversations.open: rate limited");
            case SlackAnswer.Refused(String error, JsonNode body) -> NOBODY.contains(error)
                    ? new Address.Never("conversations.open: " + error)
                    : new Address.Refused("conversations.open", error);
            case SlackAnswer.Lost lost -> new Address.Unclear(UNTIL_ASKED_AGAIN, "conversations.open: " + lost.why());
        };
    }

    private Address thread(String rootKey) {
        // In this order: a root that is posted between the two is no longer due, and is found to be posted.
        Optional<String> state = database.read(h -> h.createQuery("SELECT state FROM outbox WHERE key = :key")
                .bind("key", rootKey).mapTo(String.class).findOne());
        Optional<Message.Posted> root = database.read(h -> outbox.posted(h, rootKey));
        if (root.isPresent()) {
            return new Address.Place(root.get().channel(), Optional.of(root.get().ts()));
        }
        return state.filter("due"::equals).<Address>map(due -> new Address.NotYet())
                .orElseGet(() -> new Address.Never("the message " + rootKey + " was never posted"));
    }
}
