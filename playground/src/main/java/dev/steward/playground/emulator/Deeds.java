package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Account;
import dev.steward.playground.emulator.workspace.Content;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Conversations;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.SlackJson;
import dev.steward.playground.emulator.workspace.StoredMessage;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a person does in their client without the bot's answer: says something, reacts, pins, comes and goes. Apps hear of
 * it where they have subscribed. What the client would not let them do throws {@link IllegalArgumentException} or
 * {@link IllegalStateException}.
 */
public final class Deeds {
    /** Slack's own limit of a message (docs.slack.dev/reference/methods/chat.postMessage). */
    private static final int TEXT = 40_000;

    private final Workspace workspace;
    private final Account who;

    Deeds(Workspace workspace, Account who) {
        this.workspace = workspace;
        this.who = who;
    }

    /** Says something, in the conversation or in a thread of it. */
    public Message post(String channelId, Optional<String> threadTs, String text) {
        if (text.length() > TEXT) {
            throw new IllegalArgumentException(
                    "A message has at most 40,000 characters; this one has " + text.length());
        }
        return workspace.atomically(() -> {
            Conversation where = joined(channelId);
            threadTs.ifPresent(parent -> parent(where, parent));
            StoredMessage posted = conversations().post(where.id(), who.id(), threadTs,
                    Content.of(text, Json.array()));
            workspace.readMarks().move(who.id(), where.id(), posted.ts());
            said(where, posted);
            return new Message(posted);
        });
    }

    public void react(String channelId, String ts, String name) {
        if (!name.matches("[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")) {
            throw new IllegalArgumentException("There is no emoji called \"" + name + "\"");
        }
        marked(channelId, ts, message -> conversations().react(message, name, who.id()),
                message -> reaction("reaction_added", message, name),
                who.name() + " has reacted with :" + name + ": before");
    }

    public void unreact(String channelId, String ts, String name) {
        marked(channelId, ts, message -> conversations().unreact(message, name, who.id()),
                message -> reaction("reaction_removed", message, name),
                who.name() + " has not reacted with :" + name + ":");
    }

    public void pin(String channelId, String ts) {
        marked(channelId, ts, message -> conversations().pin(message), message -> pinned("pin_added", message),
                "That message is pinned");
    }

    public void unpin(String channelId, String ts) {
        marked(channelId, ts, message -> conversations().unpin(message), message -> pinned("pin_removed", message),
                "That message is not pinned");
    }

    /** Puts away what only this person sees: an ephemeral message by its ts, or a notice by its id. */
    public void dismiss(String tsOrId) {
        workspace
                .change(() -> conversations().whisper(who.id(), tsOrId).ifPresentOrElse(conversations()::delete, () -> {
                    if (!workspace.dismissNotice(who.id(), tsOrId)) {
                        throw new IllegalArgumentException(who.name() + " sees no private message " + tsOrId);
                    }
                }));
    }

    public void join(String channelId) {
        workspace.change(() -> {
            Conversation where = open(channelId);
            if (where.has(who.id())) {
                return;
            }
            conversations().put(where.with(who.id()));
            conversations().messages(where.id()).stream().map(StoredMessage::ts).reduce((one, next) -> next)
                    .ifPresent(latest -> workspace.readMarks().move(who.id(), where.id(), latest));
            workspace.happened("member_joined_channel", membership("member_joined_channel", where));
        });
    }

    public void leave(String channelId) {
        workspace.change(() -> {
            Conversation where = joined(channelId);
            if (where.direct() || where.id().equals(Seed.GENERAL)) {
                throw new IllegalStateException("Nobody can leave " + where.name());
            }
            conversations().put(where.without(who.id()));
            workspace.happened("member_left_channel", membership("member_left_channel", where));
        });
    }

    /** A command that no app offers, in the words of Slack's client. */
    void mistyped(String channelId, String command) {
        workspace.change(() -> workspace.notice(who.id(), Optional.of(channelId), command + " is not a valid command. "
                + "In Slack, all messages that start with the \"/\" character are interpreted as commands.\n"
                + "If you are trying to send a message and not run a command, try preceding the \"/\" with an empty "
                + "space."));
    }

    /** A conversation where this person can type. */
    Conversation joined(String channelId) {
        Conversation where = open(channelId);
        if (!where.has(who.id())) {
            throw new IllegalStateException(who.name() + " is not in #" + where.name() + ", and has to join it first");
        }
        return where;
    }

    private Conversation open(String channelId) {
        if (who.deactivated()) {
            throw new IllegalStateException(who.name() + " is deactivated and cannot act");
        }
        Conversation where = conversations().find(channelId).filter(one -> one.visibleTo(who))
                .orElseThrow(() -> new IllegalArgumentException(who.name() + " sees no conversation " + channelId));
        if (where.archived()) {
            throw new IllegalStateException("#" + where.name() + " is archived: nothing changes there");
        }
        return where;
    }

    private StoredMessage message(Conversation where, String ts) {
        return conversations().message(where.id(), ts)
                .orElseThrow(() -> new IllegalArgumentException("There is no message " + ts));
    }

    private void parent(Conversation where, String ts) {
        if (message(where, ts).reply()) {
            throw new IllegalArgumentException("The message " + ts + " is a reply itself: answer in its thread");
        }
    }

    private Conversations conversations() {
        return workspace.conversations();
    }

    /** Does something to a message, which there is an event for; throws when it was so before. */
    private void marked(String channelId, String ts, Predicate<StoredMessage> mark,
            Function<StoredMessage, ObjectNode> event, String otherwise) {
        workspace.change(() -> {
            StoredMessage message = message(joined(channelId), ts);
            if (!mark.test(message)) {
                throw new IllegalStateException(otherwise);
            }
            ObjectNode told = event.apply(message);
            workspace.happened(told.path("type").asText(), told);
        });
    }

    private void said(Conversation where, StoredMessage posted) {
        if (!where.has(Seed.BOT_USER)) {
            return;
        }
        String type = switch (where.kind()) {
            case DIRECT -> "im";
            case PRIVATE -> "group";
            case PUBLIC -> "channel";
        };
        Supplier<ObjectNode> event = () -> SlackJson.message(posted, true).put("channel", where.id());
        workspace.happened("message." + (where.direct() ? type : type + "s"), event.get().put("channel_type", type));
        if (!where.direct() && posted.content().text().contains("<@" + Seed.BOT_USER + ">")) {
            workspace.happened("app_mention", event.get().put("type", "app_mention"));
        }
    }

    private ObjectNode reaction(String type, StoredMessage message, String name) {
        ObjectNode event = Json.object().put("type", type).put("user", who.id()).put("reaction", name)
                .put("item_user", message.author());
        event.putObject("item").put("type", "message").put("channel", message.channelId()).put("ts", message.ts());
        return event;
    }

    private ObjectNode pinned(String type, StoredMessage message) {
        ObjectNode event = Json.object().put("type", type).put("user", who.id()).put("channel_id",
                message.channelId());
        event.putObject("item").put("type", "message").put("channel", message.channelId())
                .set("message", SlackJson.message(message, false));
        return event;
    }

    private ObjectNode membership(String type, Conversation where) {
        return Json.object().put("type", type).put("user", who.id()).put("channel", where.id())
                .put("channel_type", where.kind() == Conversation.Kind.PRIVATE ? "G" : "C").put("team", Seed.TEAM);
    }
}
