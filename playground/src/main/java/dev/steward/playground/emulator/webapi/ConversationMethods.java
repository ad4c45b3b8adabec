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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The methods {@code conversations.*} that look at or change conversations; reading what was said is in {@link HistoryMethods}. */
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
                this::list, "conversations.join", this::join, "conversations.members", this::members,
                "conversations.create", this::create, "conversations.invite", this::invite, "conversations.archive",
                this::archive);
    }

    private ObjectNode open(Arguments arguments) {
        if (arguments.given("channel")) {
            return opened(lookup.conversation(arguments), arguments);
        }
        List<String> users = split(
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
        List<String> types = split(arguments.text("types").orElse("public_channel"));
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

    private ObjectNode join(Arguments arguments) {
        Conversation found = channel(arguments);
        if (found.archived()) {
            throw ApiError.of("is_archived");
        }
        boolean already = found.has(Seed.BOT_USER);
        Conversation joined = found.with(Seed.BOT_USER);
        workspace.conversations().put(joined);
        ObjectNode answer = Json.object().set("channel", SlackJson.conversation(joined));
        return already ? answer.put("warning", "already_in_channel") : answer;
    }

    private ObjectNode members(Arguments arguments) {
        Conversation found = lookup.conversation(arguments);
        List<JsonNode> ids = new ArrayList<>();
        SlackJson.texts(found.members()).forEach(ids::add);
        return Pages.page(arguments, "members", ids, 100);
    }

    private ObjectNode create(Arguments arguments) {
        String name = arguments.required("name");
        checkName(name);
        if (workspace.conversations().named(name).filter(one -> one.name().equals(name)).isPresent()) {
            throw ApiError.of("name_taken");
        }
        Conversation made = workspace.conversations().create(name,
                arguments.flag("is_private") ? Conversation.Kind.PRIVATE : Conversation.Kind.PUBLIC,
                List.of(Seed.BOT_USER), Seed.BOT_USER);
        return Json.object().set("channel", SlackJson.conversation(made));
    }

    private static void checkName(String name) {
        if (name.length() > 80) {
            throw ApiError.of("invalid_name_maxlength");
        }
        if (!name.matches("[a-z0-9_-]+")) {
            throw ApiError.of("invalid_name_specials");
        }
        if (name.matches("[_-]+")) {
            throw ApiError.of("invalid_name_punctuation");
        }
    }

    private ObjectNode invite(Arguments arguments) {
        Conversation found = channel(arguments);
        List<String> users = split(arguments.required("users"));
        if (users.size() > 100) {
            throw ApiError.of("too_many_users");
        }
        List<String> refusals = new ArrayList<>();
        Conversation changed = found;
        for (String userId : users) {
            String refusal = refusal(found, userId);
            if (refusal.isEmpty()) {
                changed = changed.with(userId);
            } else {
                refusals.add(refusal);
            }
        }
        if (!refusals.isEmpty() && !(arguments.flag("force") && refusals.size() < users.size())) {
            throw ApiError.of(refusals.getFirst());
        }
        workspace.conversations().put(changed);
        return Json.object().set("channel", SlackJson.conversation(changed));
    }

    private String refusal(Conversation found, String userId) {
        if (found.archived()) {
            return "is_archived";
        }
        if (!found.has(Seed.BOT_USER)) {
            return "not_in_channel";
        }
        if (userId.equals(Seed.BOT_USER)) {
            return "cant_invite_self";
        }
        Account.Kind kind = workspace.directory().account(userId).map(Account::kind).orElse(null);
        if (kind == null) {
            return "user_not_found";
        }
        if (kind == Account.Kind.DEACTIVATED || kind == Account.Kind.STRANGER) {
            return "cant_invite";
        }
        return found.has(userId) ? "already_in_channel" : "";
    }

    private ObjectNode archive(Arguments arguments) {
        Conversation found = channel(arguments);
        if (found.archived()) {
            throw ApiError.of("already_archived");
        }
        if (found.id().equals(Seed.GENERAL)) {
            throw ApiError.of("cant_archive_general");
        }
        if (!found.has(Seed.BOT_USER)) {
            throw ApiError.of("not_in_channel");
        }
        workspace.conversations().put(found.archive());
        return Json.object();
    }

    private Conversation channel(Arguments arguments) {
        Conversation found = lookup.conversation(arguments);
        if (found.direct()) {
            throw ApiError.of("method_not_supported_for_channel_type");
        }
        return found;
    }

    private static List<String> split(String list) {
        return Arrays.stream(list.split(",")).map(String::strip).filter(one -> !one.isEmpty()).toList();
    }
}
