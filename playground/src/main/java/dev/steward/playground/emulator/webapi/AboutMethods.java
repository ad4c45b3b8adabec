package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Conversation.About;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.SlackJson;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.Map;

/** The methods that say what a channel is about: {@code conversations.setTopic} and {@code conversations.setPurpose}. */
final class AboutMethods {
    /** Characters of a topic, and of a purpose. */
    private static final int LONGEST = 250;

    private final Workspace workspace;
    private final Lookup lookup;

    AboutMethods(Workspace workspace) {
        this.workspace = workspace;
        this.lookup = new Lookup(workspace);
    }

    Map<String, Method> all() {
        return Map.of("conversations.setTopic", this::topic, "conversations.setPurpose", this::purpose);
    }

    private ObjectNode topic(Arguments arguments) {
        Conversation where = channel(arguments);
        return changed(where, new About(text(arguments, "topic"), where.about().purpose()));
    }

    private ObjectNode purpose(Arguments arguments) {
        Conversation where = channel(arguments);
        return changed(where, new About(where.about().topic(), text(arguments, "purpose")));
    }

    private ObjectNode changed(Conversation where, About about) {
        Conversation changed = where.with(about);
        workspace.conversations().put(changed);
        return Json.object().set("channel", SlackJson.conversation(changed));
    }

    private Conversation channel(Arguments arguments) {
        Conversation where = lookup.conversation(arguments);
        if (where.direct()) {
            throw ApiError.of("method_not_supported_for_channel_type");
        }
        if (where.archived()) {
            throw ApiError.of("is_archived");
        }
        if (!where.has(Seed.BOT_USER)) {
            throw ApiError.of("not_in_channel");
        }
        return where;
    }

    private static String text(Arguments arguments, String name) {
        String text = arguments.required(name);
        if (text.length() > LONGEST) {
            throw ApiError.of("too_long");
        }
        return text;
    }
}
