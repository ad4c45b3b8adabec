package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.MessageActs;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.SlackJson;
import dev.steward.playground.emulator.workspace.StoredMessage;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.List;
import java.util.Map;

/** The methods {@code reactions.*}. */
final class ReactionMethods {
    /** Different reactions of one account to one message. */
    private static final int OF_ONE = 23;
    /** Different reactions to one message. */
    private static final int DIFFERENT = 50;

    private final Workspace workspace;
    private final Lookup lookup;
    private final MessageActs acts;

    ReactionMethods(Workspace workspace) {
        this.workspace = workspace;
        this.lookup = new Lookup(workspace);
        this.acts = new MessageActs(workspace);
    }

    Map<String, Method> all() {
        return Map.of("reactions.add", this::add, "reactions.remove", this::remove, "reactions.get", this::get);
    }

    private ObjectNode add(Arguments arguments) {
        Conversation where = open(arguments);
        String name = name(arguments);
        StoredMessage message = lookup.marked(arguments, where);
        Map<String, List<String>> before = workspace.conversations().reactions(message);
        if (!before.containsKey(name) && before.size() >= DIFFERENT) {
            throw ApiError.of("too_many_emoji");
        }
        List<List<String>> own = before.values().stream().filter(users -> users.contains(Seed.BOT_USER)).toList();
        if (own.size() >= OF_ONE && !before.getOrDefault(name, List.of()).contains(Seed.BOT_USER)) {
            throw ApiError.of("too_many_reactions");
        }
        if (!acts.react(message, name, Seed.BOT_USER)) {
            throw ApiError.of("already_reacted");
        }
        return Json.object();
    }

    private ObjectNode remove(Arguments arguments) {
        Conversation where = open(arguments);
        if (!acts.unreact(lookup.marked(arguments, where), name(arguments), Seed.BOT_USER)) {
            throw ApiError.of("no_reaction");
        }
        return Json.object();
    }

    private ObjectNode get(Arguments arguments) {
        Conversation where = lookup.conversation(arguments);
        StoredMessage message = lookup.marked(arguments, where);
        ObjectNode answer = Json.object().put("type", "message").put("channel", where.id());
        return answer.set("message", lookup.shown(message, false).put("permalink", SlackJson.permalink(message)));
    }

    private static String name(Arguments arguments) {
        String name = arguments.required("name");
        if (!name.matches("[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")) {
            throw ApiError.of("invalid_name");
        }
        return name;
    }

    private Conversation open(Arguments arguments) {
        Conversation where = lookup.conversation(arguments);
        if (where.archived()) {
            throw ApiError.of("is_archived");
        }
        return where;
    }
}
