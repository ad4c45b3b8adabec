package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Account;
import dev.steward.playground.emulator.workspace.ChannelActs;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.SlackJson;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The methods {@code conversations.*} by which people and the bot come into channels and out of them. */
final class MembershipMethods {
    private final Workspace workspace;
    private final Lookup lookup;
    private final ChannelActs acts;

    MembershipMethods(Workspace workspace) {
        this.workspace = workspace;
        this.lookup = new Lookup(workspace);
        this.acts = new ChannelActs(workspace);
    }

    Map<String, Method> all() {
        return Map.of("conversations.join", this::join, "conversations.leave", this::leave, "conversations.invite",
                this::invite, "conversations.kick", this::kick);
    }

    private ObjectNode join(Arguments arguments) {
        Conversation found = lookup.channel(arguments);
        if (found.kind() == Conversation.Kind.PRIVATE) {
            throw ApiError.of("method_not_supported_for_channel_type");
        }
        if (found.archived()) {
            throw ApiError.of("is_archived");
        }
        boolean already = found.has(Seed.BOT_USER);
        ObjectNode answer = shown(acts.join(found, Seed.BOT_USER, Optional.empty()));
        return already ? answer.put("warning", "already_in_channel") : answer;
    }

    private ObjectNode leave(Arguments arguments) {
        Conversation found = lookup.channel(arguments);
        if (found.id().equals(Seed.GENERAL)) {
            throw ApiError.of("cant_leave_general");
        }
        if (found.archived()) {
            throw ApiError.of("is_archived");
        }
        if (!found.has(Seed.BOT_USER)) {
            return Json.object().put("not_in_channel", true);
        }
        if (found.kind() == Conversation.Kind.PRIVATE && found.members().size() == 1) {
            throw ApiError.of("last_member");
        }
        acts.leave(found, Seed.BOT_USER, Seed.BOT_USER);
        return Json.object();
    }

    /** All are invited or none, unless {@code force} is given: then all that can be. */
    private ObjectNode invite(Arguments arguments) {
        Conversation found = lookup.channel(arguments);
        List<String> users = Lookup.split(arguments.required("users"));
        if (users.size() > 100) {
            throw ApiError.of("too_many_users");
        }
        Map<String, String> refusals = new LinkedHashMap<>();
        users.forEach(user -> refusal(found, user).ifPresent(why -> refusals.put(user, why)));
        if (!refusals.isEmpty() && !(arguments.flag("force") && refusals.size() < users.size())) {
            throw ApiError.with(refusals.values().iterator().next(), Json.object().set("errors", errors(refusals)));
        }
        Conversation changed = found;
        for (String user : users) {
            if (!refusals.containsKey(user)) {
                changed = acts.join(changed, user, Optional.of(Seed.BOT_USER));
            }
        }
        ObjectNode answer = shown(changed);
        return refusals.isEmpty() ? answer : answer.set("errors", errors(refusals));
    }

    private static ArrayNode errors(Map<String, String> refusals) {
        ArrayNode errors = Json.array();
        refusals.forEach((user, why) -> errors.addObject().put("user", user).put("ok", false).put("error", why));
        return errors;
    }

    private Optional<String> refusal(Conversation found, String userId) {
        if (found.archived()) {
            return Optional.of("is_archived");
        }
        if (!found.has(Seed.BOT_USER)) {
            return Optional.of("not_in_channel");
        }
        if (userId.equals(Seed.BOT_USER)) {
            return Optional.of("cant_invite_self");
        }
        Account.Kind kind = workspace.directory().account(userId).map(Account::kind).orElse(null);
        if (kind == null) {
            return Optional.of("user_not_found");
        }
        if (kind == Account.Kind.DEACTIVATED || kind == Account.Kind.STRANGER) {
            return Optional.of("cant_invite");
        }
        return found.has(userId) ? Optional.of("already_in_channel") : Optional.empty();
    }

    private ObjectNode kick(Arguments arguments) {
        Conversation found = lookup.ownChannel(arguments);
        Account who = lookup.account(arguments.text("user").orElse(""), "user_not_found");
        if (who.id().equals(Seed.BOT_USER)) {
            throw ApiError.of("cant_kick_self");
        }
        if (found.id().equals(Seed.GENERAL)) {
            throw ApiError.of("cant_kick_from_general");
        }
        if (!found.has(who.id())) {
            throw ApiError.of("not_in_channel");
        }
        acts.leave(found, who.id(), Seed.BOT_USER);
        return Json.object();
    }

    private static ObjectNode shown(Conversation one) {
        return Json.object().set("channel", SlackJson.conversation(one));
    }
}
