package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.ChannelActs;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.SlackJson;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.Map;

/** The methods {@code conversations.*} by which channels begin, are renamed, and end. */
final class ChannelMethods {
    private final Workspace workspace;
    private final Lookup lookup;
    private final ChannelActs acts;

    ChannelMethods(Workspace workspace) {
        this.workspace = workspace;
        this.lookup = new Lookup(workspace);
        this.acts = new ChannelActs(workspace);
    }

    Map<String, Method> all() {
        return Map.of("conversations.create", this::create, "conversations.rename", this::rename,
                "conversations.archive", this::archive, "conversations.unarchive", this::unarchive);
    }

    private ObjectNode create(Arguments arguments) {
        String name = freeName(arguments.required("name"));
        return shown(acts.create(name,
                arguments.flag("is_private") ? Conversation.Kind.PRIVATE : Conversation.Kind.PUBLIC, Seed.BOT_USER));
    }

    /** Only who made a channel may rename it, besides administrators. */
    private ObjectNode rename(Arguments arguments) {
        Conversation found = lookup.ownChannel(arguments);
        if (!found.creator().equals(Seed.BOT_USER)) {
            throw ApiError.of("not_authorized");
        }
        String name = arguments.required("name");
        return shown(name.equals(found.name()) ? found : acts.rename(found, freeName(name), Seed.BOT_USER));
    }

    /** The name of an archived channel, or of a private one that the bot cannot see, is taken too. */
    private String freeName(String name) {
        if (name.length() > 80) {
            throw ApiError.of("invalid_name_maxlength");
        }
        if (!name.matches("[a-z0-9_-]+")) {
            throw ApiError.of("invalid_name_specials");
        }
        if (name.matches("[_-]+")) {
            throw ApiError.of("invalid_name_punctuation");
        }
        if (workspace.conversations().named(name).filter(one -> one.name().equals(name)).isPresent()) {
            throw ApiError.of("name_taken");
        }
        return name;
    }

    private ObjectNode archive(Arguments arguments) {
        Conversation found = lookup.channel(arguments);
        if (found.archived()) {
            throw ApiError.of("already_archived");
        }
        if (found.id().equals(Seed.GENERAL)) {
            throw ApiError.of("cant_archive_general");
        }
        if (!found.has(Seed.BOT_USER)) {
            throw ApiError.of("not_in_channel");
        }
        acts.archive(found, Seed.BOT_USER);
        return Json.object();
    }

    /**
     * Never done for a bot: whoever un-archives joins the channel again, and Slack does not let a bot token do so
     * (docs.slack.dev/reference/methods/conversations.unarchive). A person can.
     */
    private ObjectNode unarchive(Arguments arguments) {
        throw ApiError.of(lookup.channel(arguments).archived() ? "not_in_channel" : "not_archived");
    }

    private static ObjectNode shown(Conversation one) {
        return Json.object().set("channel", SlackJson.conversation(one));
    }
}
