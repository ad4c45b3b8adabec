package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Conversations;
import dev.steward.playground.emulator.workspace.MessageActs;
import dev.steward.playground.emulator.workspace.Pin;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.SlackJson;
import dev.steward.playground.emulator.workspace.StoredMessage;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.Map;

/** The methods {@code pins.*}. */
final class PinMethods {
    /** Pins of one conversation. */
    private static final int MOST = 100;

    private final Workspace workspace;
    private final Lookup lookup;
    private final MessageActs acts;

    PinMethods(Workspace workspace) {
        this.workspace = workspace;
        this.lookup = new Lookup(workspace);
        this.acts = new MessageActs(workspace);
    }

    Map<String, Method> all() {
        return Map.of("pins.add", this::add, "pins.remove", this::remove, "pins.list", this::list);
    }

    private ObjectNode add(Arguments arguments) {
        StoredMessage message = pinnable(arguments);
        if (workspace.conversations().pinned(message)) {
            throw ApiError.of("already_pinned");
        }
        if (workspace.conversations().marks().pins(message.channelId()).size() >= MOST) {
            throw ApiError.of("too_many_pins");
        }
        acts.pin(message, Seed.BOT_USER);
        return Json.object();
    }

    private ObjectNode remove(Arguments arguments) {
        if (!acts.unpin(pinnable(arguments), Seed.BOT_USER)) {
            throw ApiError.of("no_pin");
        }
        return Json.object();
    }

    private StoredMessage pinnable(Arguments arguments) {
        Conversation where = lookup.conversation(arguments);
        if (where.archived()) {
            throw ApiError.of("is_archived");
        }
        if (!where.has(Seed.BOT_USER)) {
            throw ApiError.of("not_in_channel");
        }
        return lookup.marked(arguments, where);
    }

    /** The newest first. */
    private ObjectNode list(Arguments arguments) {
        Conversation where = lookup.conversation(arguments);
        ObjectNode answer = Json.object();
        ArrayNode items = answer.putArray("items");
        Conversations conversations = workspace.conversations();
        for (Pin pin : conversations.marks().pins(where.id()).reversed()) {
            StoredMessage message = conversations.message(where.id(), pin.ts()).orElseThrow();
            items.addObject().put("type", "message").put("created", pin.at().getEpochSecond())
                    .put("created_by", pin.by()).put("channel", where.id())
                    .set("message", lookup.shown(message, false).put("permalink", SlackJson.permalink(message)));
        }
        return answer;
    }
}
