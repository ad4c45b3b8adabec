package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Account;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.SlackJson;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The methods {@code conversations.*} that find conversations; reading what was said is in {@link HistoryMethods}. */
final class ConversationMethods {
    private static final Set<String> TYPES = Set.of("public_channel", "private_channel", "mpim", "im");

    private final Workspace workspace;
    private final Lookup lookup;

    ConversationMethods(Workspace workspace) {
        this.workspace = workspace;
        this.lookup = new Lookup(workspace);
    }

    Map<String, Method> all() {
        return Map.of("conversations.open", this::open, "conversations.info", this::info, "conversations.list",
                this::list, "conversations.members", this::members);
    }

    private ObjectNode open(Arguments arguments) {
        if (arguments.given("channel")) {
            return opened(lookup.conversation(arguments), arguments);
        }
        List<String> users = Lookup.split(
                arguments.text("users").orElseThrow(() -> ApiError.of("users_list_not_supplied")));
        if (users.size() != 1) {
            throw ApiError.of(users.size() > 8 ? "too_many_users" : "method_not_supported_for_channel_type");
        }
        Account person = lookup.account(users.getFirst(), "user_not_found");
        if (person.deactivated()) {
            throw ApiError.of("user_disabled");
        }
        if (person.kind() == Account.Kind.BOT) {
            throw ApiError.of("invalid_user_combination");
        }
        if (arguments.flag("prevent_creation") && workspace.conversations().direct(person.id()).isEmpty()) {
            throw ApiError.of("channel_not_found");
        }
        return opened(workspace.conversations().openDirect(person.id()), arguments);
    }

    private static ObjectNode opened(Conversation direct, Arguments arguments) {
        return Json.object().set("channel",
                arguments.flag("return_im") ? SlackJson.conversation(direct) : Json.object().put("id", direct.id()));
    }

    private ObjectNode info(Arguments arguments) {
        Conversation found = lookup.conversation(arguments);
        ObjectNode shown = SlackJson.conversation(found);
        if (arguments.flag("include_num_members")) {
            shown.put("num_members", found.members().size());
        }
        return Json.object().set("channel", shown);
    }

    private ObjectNode list(Arguments arguments) {
        List<String> types = Lookup.split(arguments.text("types").orElse("public_channel"));
        if (!TYPES.containsAll(types)) {
            throw ApiError.of("invalid_types");
        }
        List<ObjectNode> shown = workspace.conversations().all().stream()
                .filter(one -> types.contains(type(one)) && one.visibleTo(Seed.BOT_USER))
                .filter(one -> !(arguments.flag("exclude_archived") && one.archived())).map(SlackJson::conversation)
                .toList();
        return Pages.page(arguments, "channels", shown, 100);
    }

    private static String type(Conversation one) {
        return switch (one.kind()) {
            case PUBLIC -> "public_channel";
            case PRIVATE -> "private_channel";
            case DIRECT -> "im";
        };
    }

    private ObjectNode members(Arguments arguments) {
        Conversation found = lookup.conversation(arguments);
        List<JsonNode> ids = new ArrayList<>();
        SlackJson.texts(found.members()).forEach(ids::add);
        return Pages.page(arguments, "members", ids, 100);
    }
}
