package dev.steward.playground.emulator.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Conversation.About;
import java.util.List;
import java.util.Optional;

/**
 * What people and the bot do with channels. Each leaves Slack's own note there, a message with a subtype, and apps hear of
 * it. What may be done is for the caller to know. Used inside the workspace's lock.
 */
public final class ChannelActs {
    private final Workspace workspace;
    private final Events events;
    private final MessageActs messages;

    public ChannelActs(Workspace workspace) {
        this.workspace = workspace;
        this.events = new Events(workspace);
        this.messages = new MessageActs(workspace);
    }

    /** A channel with its creator as the only member. */
    public Conversation create(String name, Conversation.Kind kind, String creator) {
        Conversation made = workspace.conversations().create(name, kind, List.of(), creator);
        if (kind == Conversation.Kind.PUBLIC) {
            events.channel("created", made,
                    Json.object().set("channel",
                            named(made).put("creator", creator).put("context_team_id", Seed.TEAM)));
        }
        return join(made, creator, Optional.empty());
    }

    /** Puts somebody in, by themselves or by who invites them; whoever is in stays in. */
    public Conversation join(Conversation where, String userId, Optional<String> inviter) {
        if (where.has(userId)) {
            return where;
        }
        Conversation joined = put(where.with(userId));
        note(joined, userId, "channel_join", "<@" + userId + "> has joined the channel");
        ObjectNode event = events.membership("member_joined_channel", joined, userId);
        inviter.ifPresent(by -> event.put("inviter", by));
        events.tell(joined, "member_joined_channel", event);
        return joined;
    }

    /** Takes somebody out, by themselves or by who removes them. */
    public Conversation leave(Conversation where, String userId, String by) {
        Conversation left = put(where.without(userId));
        note(left, by, "channel_leave", by.equals(userId)
                ? "<@" + userId + "> has left the channel"
                : "<@" + userId + "> was removed from the channel by <@" + by + ">");
        if (userId.equals(Seed.BOT_USER)) {
            events.channel("left", left, Json.object().put("channel", left.id()).put("actor_id", by));
        } else {
            events.tell(left, "member_left_channel", events.membership("member_left_channel", left, userId));
        }
        return left;
    }

    public Conversation archive(Conversation where, String by) {
        note(where, by, "channel_archive", "<@" + by + "> has archived the channel");
        return archived(where, by, true, "archive");
    }

    public Conversation unarchive(Conversation where, String by) {
        Conversation opened = archived(where, by, false, "unarchive");
        note(opened, by, "channel_unarchive", "<@" + by + "> has un-archived the channel");
        return opened;
    }

    private Conversation archived(Conversation where, String by, boolean archived, String what) {
        Conversation changed = put(where.archived(archived));
        if (changed.has(Seed.BOT_USER)) {
            events.channel(what, changed, Json.object().put("channel", changed.id()).put("user", by));
        }
        return changed;
    }

    public Conversation rename(Conversation where, String name, String by) {
        Conversation renamed = put(where.named(name));
        note(renamed, by, "channel_name", "<@" + by + "> has renamed the channel from \"" + where.name() + "\" to \""
                + name + "\"");
        if (renamed.has(Seed.BOT_USER)) {
            events.channel("rename", renamed, Json.object().set("channel", named(renamed)));
        }
        return renamed;
    }

    public Conversation topic(Conversation where, String topic, String by) {
        Conversation changed = put(where.with(new About(topic, where.about().purpose())));
        note(changed, by, "channel_topic", topic.isEmpty()
                ? "<@" + by + "> has cleared the channel topic"
                : "<@" + by + "> set the channel topic: " + topic);
        return changed;
    }

    public Conversation purpose(Conversation where, String purpose, String by) {
        Conversation changed = put(where.with(new About(where.about().topic(), purpose)));
        note(changed, by, "channel_purpose", purpose.isEmpty()
                ? "<@" + by + "> has cleared the channel description"
                : "<@" + by + "> set the channel description: " + purpose);
        return changed;
    }

    private static ObjectNode named(Conversation where) {
        return Json.object().put("id", where.id()).put("name", where.name()).put("name_normalized", where.name())
                .put("created", SlackJson.CREATED).put("is_channel", true)
                .put("is_private", where.kind() == Conversation.Kind.PRIVATE);
    }

    private Conversation put(Conversation changed) {
        workspace.conversations().put(changed);
        return changed;
    }

    private void note(Conversation where, String by, String subtype, String text) {
        messages.post(where, by, Optional.empty(), Content.note(subtype, text));
    }
}
