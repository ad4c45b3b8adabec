package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Account;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Conversations;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.SlackJson;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The methods {@code conversations.*} that find conversations; reading what was said is in {@link HistoryMethods}. */
final class ConversationMethods {
    private static final Set<String> TYPES = Set.of("public_channel", "private_channel", "mpim", "im");

    /** People of a direct message, beside the bot. */
    private static final int IN_A_GROUP = 8;
    /** Items of one page. */
    private static final int ON_A_PAGE = 1000;

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
            Conversation found = lookup.conversation(arguments);
            if (found.channel()) {
                throw ApiError.of("method_not_supported_for_channel_type");
            }
            return opened(found, arguments);
        }
        if (arguments.text("users").isEmpty()) {
            throw ApiError.of("users_list_not_supplied");
        }
        List<String> users = users(arguments);
        if (users.isEmpty()) {
            throw ApiError.of("not_enough_users");
        }
        if (users.size() > IN_A_GROUP) {
            throw ApiError.of("too_many_users");
        }
        List<Account> people = users.stream().map(user -> lookup.account(user, "user_not_found")).toList();
        if (people.stream().anyMatch(Account::deactivated)) {
            throw ApiError.of("user_disabled");
        }
        if (people.stream().anyMatch(one -> one.kind() == Account.Kind.BOT) || strangers(people)) {
            throw ApiError.of("invalid_user_combination");
        }
        return opened(people, users, arguments);
    }

    /** The people that a direct message is to be with, each once, in their order. */
    static List<String> users(Arguments arguments) {
        return Lookup.split(arguments.text("users").orElse("")).stream().distinct().toList();
    }

    /** People of another workspace are written to only by whoever shares a channel with them. */
    private boolean strangers(List<Account> people) {
        List<String> ids = people.stream().map(Account::id).toList();
        return people.stream().anyMatch(one -> one.kind() == Account.Kind.STRANGER) && workspace.conversations().all()
                .stream().noneMatch(one -> one.has(Seed.BOT_USER) && one.channel() && one.members().containsAll(ids));
    }

    private ObjectNode opened(List<Account> people, List<String> ids, Arguments arguments) {
        Conversations all = workspace.conversations();
        boolean single = ids.size() == 1;
        if (arguments.flag("prevent_creation")
                && (single ? all.direct(ids.getFirst()) : all.group(ids)).isEmpty()) {
            throw ApiError.of("channel_not_found");
        }
        if (single) {
            return opened(all.openDirect(ids.getFirst()), arguments);
        }
        String handles = people.stream().map(Account::name).collect(Collectors.joining("--"));
        return opened(all.openGroup("mpdm-" + handles + "--steward-1", ids), arguments);
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
        checkLimit(arguments);
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
            case GROUP -> "mpim";
        };
    }

    private static void checkLimit(Arguments arguments) {
        int limit = arguments.number("limit", 1);
        if (limit < 0 || limit > ON_A_PAGE) {
            throw ApiError.of("invalid_limit");
        }
    }

    private ObjectNode members(Arguments arguments) {
        checkLimit(arguments);
        Conversation found = lookup.conversation(arguments);
        List<JsonNode> ids = new ArrayList<>();
        SlackJson.texts(found.members()).forEach(ids::add);
        return Pages.page(arguments, "members", ids, 100);
    }
}
