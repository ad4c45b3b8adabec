package dev.steward.playground.emulator.webapi;

import dev.steward.playground.emulator.workspace.Account;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.StoredMessage;
import dev.steward.playground.emulator.workspace.Workspace;

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

    private static boolean reachable(Account account) {
        return account.kind() != Account.Kind.BOT && !account.deactivated();
    }
}
