package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.StoredMessage;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.Map;

/** Marks on messages: {@code reactions.add} and {@code pins.add}. */
final class MarkMethods {
    private final Workspace workspace;
    private final Lookup lookup;

    MarkMethods(Workspace workspace) {
        this.workspace = workspace;
        this.lookup = new Lookup(workspace);
    }

    Map<String, Method> all() {
        return Map.of("reactions.add", this::react, "pins.add", this::pin);
    }

    private ObjectNode react(Arguments arguments) {
        Conversation where = open(arguments);
        String name = arguments.required("name");
        if (!name.matches("[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")) {
            throw ApiError.of("invalid_name");
        }
        StoredMessage message = message(arguments, where);
        if (!workspace.conversations().react(message, name, Seed.BOT_USER)) {
            throw ApiError.of("already_reacted");
        }
        return Json.object();
    }

    private ObjectNode pin(Arguments arguments) {
        Conversation where = open(arguments);
        if (!where.has(Seed.BOT_USER)) {
            throw ApiError.of("not_in_channel");
        }
        if (!arguments.given("timestamp")) {
            throw ApiError.of("no_item_specified");
        }
        if (!workspace.conversations().pin(message(arguments, where))) {
            throw ApiError.of("already_pinned");
        }
        return Json.object();
    }

    private StoredMessage message(Arguments arguments, Conversation where) {
        String ts = arguments.required("timestamp");
        if (!ts.matches("\\d{10}\\.\\d{6}")) {
            throw ApiError.of("bad_timestamp");
        }
        return lookup.message(where, ts, "message_not_found");
    }

    private Conversation open(Arguments arguments) {
        Conversation where = lookup.conversation(arguments);
        if (where.archived()) {
            throw ApiError.of("is_archived");
        }
        return where;
    }
}
