package dev.steward.playground.emulator.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;

/**
 * The events of conversations in Slack's shape (docs.slack.dev/reference/events), sent to apps that are in the
 * conversation. Each has an {@code event_ts}.
 */
final class Events {
    private final Workspace workspace;

    Events(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Something was said, by a person, the bot or Slack itself. */
    void said(Conversation where, StoredMessage message) {
        ObjectNode event = SlackJson.message(message, true).put("channel", where.id());
        if (message.reply()) {
            workspace.conversations().message(where.id(), message.threadTs().orElseThrow())
                    .ifPresent(parent -> event.put("parent_user_id", parent.author()));
        }
        told(where, event, message.ts());
        if (!where.direct() && message.content().text().contains("<@" + Seed.BOT_USER + ">")
                && !message.author().equals(Seed.BOT_USER) && message.content().written()) {
            ObjectNode mention = event.deepCopy().put("type", "app_mention");
            mention.remove("channel_type");
            tell(where, "app_mention", mention);
        }
    }

    void edited(Conversation where, StoredMessage before, StoredMessage after) {
        String at = after.editedTs().orElseThrow();
        ObjectNode event = hidden("message_changed", where).put("ts", at);
        event.set("message", SlackJson.message(after, true));
        event.set("previous_message", SlackJson.message(before, true));
        told(where, event, at);
    }

    void deleted(Conversation where, StoredMessage message) {
        String at = workspace.newTs();
        ObjectNode event = hidden("message_deleted", where).put("ts", at).put("deleted_ts", message.ts());
        event.set("previous_message", SlackJson.message(message, true));
        told(where, event, at);
    }

    private static ObjectNode hidden(String subtype, Conversation where) {
        return Json.object().put("type", "message").put("subtype", subtype).put("channel", where.id()).put("hidden",
                true);
    }

    /** An event of type {@code message}, which apps subscribe to by the kind of conversation. */
    private void told(Conversation where, ObjectNode event, String at) {
        String kind = switch (where.kind()) {
            case DIRECT -> "im";
            case GROUP -> "mpim";
            case PRIVATE -> "group";
            case PUBLIC -> "channel";
        };
        tell(where, "message." + (where.channel() ? kind + "s" : kind),
                event.put("event_ts", at).put("channel_type", kind));
    }

    /** {@code reaction_added} or {@code reaction_removed}. */
    void reaction(String type, Conversation where, StoredMessage message, String name, String by) {
        ObjectNode event = Json.object().put("type", type).put("user", by).put("reaction", name).put("item_user",
                message.author());
        event.putObject("item").put("type", "message").put("channel", message.channelId()).put("ts", message.ts());
        tell(where, type, event.put("event_ts", workspace.newTs()));
    }

    /** {@code pin_added} or {@code pin_removed}. */
    void pin(String type, Conversation where, StoredMessage message, Pin pin) {
        ObjectNode event = Json.object().put("type", type).put("user", pin.by()).put("channel_id", where.id());
        event.putObject("item").put("type", "message").put("channel", where.id())
                .put("created", pin.at().getEpochSecond()).put("created_by", pin.by())
                .set("message", SlackJson.message(message, false));
        int left = workspace.conversations().marks().pins(where.id()).size();
        event.put("item_user", message.author()).put("pin_count", left);
        if (type.equals("pin_removed")) {
            event.put("has_pins", left > 0);
        }
        tell(where, type, event.put("event_ts", workspace.newTs()));
    }

    /** {@code member_joined_channel} or {@code member_left_channel}. */
    ObjectNode membership(String type, Conversation where, String userId) {
        return Json.object().put("type", type).put("user", userId).put("channel", where.id())
                .put("channel_type", where.kind() == Conversation.Kind.PRIVATE ? "G" : "C").put("team", Seed.TEAM)
                .put("event_ts", workspace.newTs());
    }

    /** {@code archive}, {@code unarchive}, {@code rename}, {@code left} and {@code created}, of a channel or a group. */
    void channel(String what, Conversation where, ObjectNode event) {
        String type = (where.kind() == Conversation.Kind.PRIVATE ? "group_" : "channel_") + what;
        workspace.happened(type, Json.object().put("type", type).<ObjectNode>setAll(event).put("event_ts",
                workspace.newTs()));
    }

    /** Tells apps that are in the conversation. */
    void tell(Conversation where, String subscription, ObjectNode event) {
        if (where.has(Seed.BOT_USER)) {
            workspace.happened(subscription, event);
        }
    }
}
