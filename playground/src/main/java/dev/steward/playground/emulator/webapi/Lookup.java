package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.workspace.Account;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.SlackJson;
import dev.steward.playground.emulator.workspace.StoredMessage;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Finds what arguments name, or answers Slack's error for not finding it. */
final class Lookup {
    private final Workspace workspace;

    Lookup(Workspace workspace) {
        this.workspace = workspace;
    }

    /** A conversation by id, as far as the bot can see it. */
    Conversation conversation(Arguments arguments) {
        return workspace.conversations().find(arguments.required("channel"))
                .filter(one -> one.visibleTo(Seed.BOT_USER)).orElseThrow(() -> ApiError.of("channel_not_found"));
    }

    /** Where to post: a conversation id, a channel name, or a person's id for their direct message. */
    Conversation destination(Arguments arguments) {
        String channel = arguments.required("channel");
        if (workspace.directory().account(channel).filter(Lookup::reachable).isPresent()) {
            return workspace.conversations().openDirect(channel);
        }
        Conversation found = workspace.conversations().named(channel).filter(one -> one.visibleTo(Seed.BOT_USER))
                .orElseThrow(() -> ApiError.of("channel_not_found"));
        if (found.archived()) {
            throw ApiError.of("is_archived");
        }
        if (!found.has(Seed.BOT_USER)) {
            throw ApiError.of("not_in_channel");
        }
        return found;
    }

    StoredMessage message(Conversation in, String ts, String error) {
        return workspace.conversations().message(in.id(), ts).orElseThrow(() -> ApiError.of(error));
    }

    Account account(String id, String error) {
        return workspace.directory().account(id).orElseThrow(() -> ApiError.of(error));
    }

    /** A channel by id; direct messages, of however many people, are none. */
    Conversation channel(Arguments arguments) {
        Conversation found = conversation(arguments);
        if (!found.channel()) {
            throw ApiError.of("method_not_supported_for_channel_type");
        }
        return found;
    }

    /** A channel that is not archived and that the bot is in. */
    Conversation ownChannel(Arguments arguments) {
        Conversation found = channel(arguments);
        if (found.archived()) {
            throw ApiError.of("is_archived");
        }
        if (!found.has(Seed.BOT_USER)) {
            throw ApiError.of("not_in_channel");
        }
        return found;
    }

    /** The message that a mark is, or is to be, on. */
    StoredMessage marked(Arguments arguments, Conversation where) {
        String ts = arguments.text("timestamp").orElseThrow(() -> ApiError.of("no_item_specified"));
        if (!ts.matches("\\d{10}\\.\\d{6}")) {
            throw ApiError.of("bad_timestamp");
        }
        return message(where, ts, "message_not_found");
    }

    /** A message as the methods that read show it, with its reactions and pins. */
    ObjectNode shown(StoredMessage message, boolean withMetadata) {
        ObjectNode shown = SlackJson.message(message, withMetadata);
        Map<String, List<String>> reactions = workspace.conversations().reactions(message);
        if (!reactions.isEmpty()) {
            ArrayNode all = shown.putArray("reactions");
            reactions.forEach((name, users) -> all.addObject().put("name", name).put("count", users.size())
                    .set("users", SlackJson.texts(users)));
        }
        if (workspace.conversations().pinned(message)) {
            shown.putArray("pinned_to").add(message.channelId());
        }
        return shown;
    }

    /** The items of a list with commas. */
    static List<String> split(String list) {
        return Arrays.stream(list.split(",")).map(String::strip).filter(one -> !one.isEmpty()).toList();
    }

    private static boolean reachable(Account account) {
        return account.kind() != Account.Kind.BOT && !account.deactivated();
    }
}
