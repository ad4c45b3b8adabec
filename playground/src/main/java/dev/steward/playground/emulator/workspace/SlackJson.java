package dev.steward.playground.emulator.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import java.util.List;

/** The shapes in which Slack shows people, conversations, messages and views. */
public final class SlackJson {
    static final long CREATED = 1_760_000_000L;

    private SlackJson() {}

    public static ObjectNode user(Account account) {
        ObjectNode user = Json.object().put("id", account.id()).put("team_id", account.teamId())
                .put("name", account.name()).put("deleted", account.deactivated())
                .put("real_name", account.realName()).put("tz", account.tz()).put("updated", CREATED)
                .put("is_bot", account.kind() == Account.Kind.BOT).put("is_app_user", false).put("is_admin", false)
                .put("is_owner", false).put("is_restricted", account.kind() == Account.Kind.GUEST)
                .put("is_ultra_restricted", false);
        if (account.kind() == Account.Kind.STRANGER) {
            user.put("is_stranger", true);
        }
        ObjectNode profile = user.putObject("profile").put("real_name", account.realName())
                .put("display_name", account.name()).put("team", account.teamId());
        if (account.kind() == Account.Kind.BOT) {
            profile.put("api_app_id", Seed.APP).put("bot_id", Seed.BOT_ID);
        } else {
            profile.put("email", account.email());
        }
        return user;
    }

    public static ObjectNode group(UserGroup group, boolean withUsers) {
        ObjectNode shown = Json.object().put("id", group.id()).put("team_id", Seed.TEAM).put("is_usergroup", true)
                .put("is_subteam", true).put("name", group.name()).put("description", "").put("handle", group.handle())
                .put("is_external", false).put("date_create", CREATED).put("date_update", CREATED)
                .put("date_delete", 0).put("user_count", group.members().size());
        if (withUsers) {
            shown.set("users", texts(group.members()));
        }
        return shown;
    }

    public static ObjectNode conversation(Conversation one) {
        ObjectNode shown = Json.object().put("id", one.id()).put("created", CREATED).put("is_im", one.direct())
                .put("is_mpim", one.kind() == Conversation.Kind.GROUP).put("is_org_shared", false);
        if (one.direct()) {
            return shown.put("user", one.name()).put("is_user_deleted", false);
        }
        boolean isPrivate = one.kind() != Conversation.Kind.PUBLIC;
        shown.put("name", one.name()).put("name_normalized", one.name()).put("is_channel", !isPrivate)
                .put("is_group", isPrivate).put("is_private", isPrivate).put("is_archived", one.archived())
                .put("is_general", one.id().equals(Seed.GENERAL)).put("is_shared", one.has(Seed.SAM))
                .put("is_ext_shared", one.has(Seed.SAM)).put("is_member", one.has(Seed.BOT_USER))
                .put("creator", one.creator()).put("context_team_id", Seed.TEAM);
        shown.putObject("topic").put("value", one.about().topic()).put("creator", "").put("last_set", 0);
        shown.putObject("purpose").put("value", one.about().purpose()).put("creator", "").put("last_set", 0);
        return shown;
    }

    /** A message as the methods and the interactions show it. */
    public static ObjectNode message(StoredMessage message, boolean withMetadata) {
        ObjectNode shown = Json.object().put("type", "message").put("user", message.author()).put("ts", message.ts())
                .put("text", message.content().text()).put("team", Seed.TEAM);
        if (message.author().equals(Seed.BOT_USER)) {
            shown.put("bot_id", Seed.BOT_ID).put("app_id", Seed.APP);
        }
        if (!message.content().written()) {
            shown.put("subtype", message.content().subtype());
        }
        if (!message.content().blocks().isEmpty()) {
            shown.set("blocks", message.content().blocks().deepCopy());
        }
        if (!message.content().attachments().isMissingNode()) {
            shown.set("attachments", message.content().attachments());
        }
        if (withMetadata && !message.content().metadata().isMissingNode()) {
            shown.set("metadata", message.content().metadata());
        }
        message.threadTs().ifPresent(ts -> shown.put("thread_ts", ts));
        message.editedTs().ifPresent(ts -> shown.putObject("edited").put("user", message.author()).put("ts", ts));
        return shown;
    }

    /** Where a message is, for a browser. */
    public static String permalink(StoredMessage message) {
        return "https://" + Seed.TEAM_DOMAIN + ".slack.com/archives/" + message.channelId() + "/p"
                + message.ts().replace(".", "");
    }

    /** A view as the methods answer it and as interactions carry it. */
    public static ObjectNode view(StoredView view, JsonNode values) {
        ObjectNode shown = view.definition().deepCopy();
        ensure(shown, "private_metadata", "");
        ensure(shown, "callback_id", "");
        ensure(shown, "external_id", "");
        for (String flag : List.of("clear_on_close", "notify_on_close")) {
            if (!shown.has(flag)) {
                shown.put(flag, false);
            }
        }
        for (String text : List.of("title", "submit", "close")) {
            if (!shown.has(text)) {
                shown.putNull(text);
            }
        }
        shown.put("id", view.id()).put("team_id", Seed.TEAM).put("hash", view.hash())
                .put("root_view_id", view.place().rootId()).put("app_id", Seed.APP).put("bot_id", Seed.BOT_ID)
                .put("app_installed_team_id", Seed.TEAM);
        shown.put("previous_view_id", view.place().previousId().orElse(null));
        shown.putObject("state").set("values", values);
        return shown;
    }

    public static ArrayNode texts(List<String> texts) {
        ArrayNode array = Json.array();
        texts.forEach(array::add);
        return array;
    }

    private static void ensure(ObjectNode shown, String field, String value) {
        if (!shown.has(field)) {
            shown.put(field, value);
        }
    }
}
