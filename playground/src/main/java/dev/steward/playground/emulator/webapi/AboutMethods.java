package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.ChannelActs;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.SlackJson;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.Map;

/** The methods that say what a channel is about: {@code conversations.setTopic} and {@code conversations.setPurpose}. */
final class AboutMethods {
    /** Characters of a topic, and of a purpose. */
    private static final int LONGEST = 250;

    private final Lookup lookup;
    private final ChannelActs acts;

    AboutMethods(Workspace workspace) {
        this.lookup = new Lookup(workspace);
        this.acts = new ChannelActs(workspace);
    }

    Map<String, Method> all() {
        return Map.of("conversations.setTopic", this::topic, "conversations.setPurpose", this::purpose);
    }

    private ObjectNode topic(Arguments arguments) {
        return shown(acts.topic(lookup.ownChannel(arguments), text(arguments, "topic"), Seed.BOT_USER));
    }

    private ObjectNode purpose(Arguments arguments) {
        return shown(acts.purpose(lookup.ownChannel(arguments), text(arguments, "purpose"), Seed.BOT_USER));
    }

    private static ObjectNode shown(Conversation changed) {
        return Json.object().set("channel", SlackJson.conversation(changed));
    }

    private static String text(Arguments arguments, String name) {
        String text = arguments.text(name).orElse("");
        if (text.length() > LONGEST) {
            throw ApiError.of("too_long");
        }
        return text;
    }
}
