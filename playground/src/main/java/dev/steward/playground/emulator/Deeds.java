package dev.steward.playground.emulator;

import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Account;
import dev.steward.playground.emulator.workspace.Content;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Conversations;
import dev.steward.playground.emulator.workspace.MessageActs;
import dev.steward.playground.emulator.workspace.StoredMessage;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a person does with messages in their client without the bot's answer: says, changes and takes back something,
 * reacts, pins. Apps hear of it where they have subscribed. What the client would not let them do throws {@link IllegalArgumentException} or
 * {@link IllegalStateException}.
 */
public final class Deeds {
    /** Slack's own limit of a message (docs.slack.dev/reference/methods/chat.postMessage). */
    private static final int TEXT = 40_000;

    private final Workspace workspace;
    private final Account who;
    private final MessageActs acts;

    Deeds(Workspace workspace, Account who) {
        this.workspace = workspace;
        this.who = who;
        this.acts = new MessageActs(workspace);
    }

    /** Says something, in the conversation or in a thread of it. */
    public Message post(String channelId, Optional<String> threadTs, String text) {
        checked(text);
        return workspace.atomically(() -> {
            Conversation where = joined(channelId);
            threadTs.ifPresent(parent -> parent(where, parent));
            StoredMessage posted = acts.post(where, who.id(), threadTs, Content.of(text, Json.array()));
            workspace.readMarks().move(who.id(), where.id(), posted.ts());
            return new Message(posted);
        });
    }

    private static void checked(String text) {
        if (text.length() > TEXT) {
            throw new IllegalArgumentException(
                    "A message has at most 40,000 characters; this one has " + text.length());
        }
    }

    public void react(String channelId, String ts, String name) {
        if (!name.matches("[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")) {
            throw new IllegalArgumentException("There is no emoji called \"" + name + "\"");
        }
        marked(channelId, ts, message -> acts.react(message, name, who.id()),
                who.name() + " has reacted with :" + name + ": before");
    }

    public void unreact(String channelId, String ts, String name) {
        marked(channelId, ts, message -> acts.unreact(message, name, who.id()),
                who.name() + " has not reacted with :" + name + ":");
    }

    public void pin(String channelId, String ts) {
        marked(channelId, ts, message -> acts.pin(message, who.id()), "That message is pinned");
    }

    public void unpin(String channelId, String ts) {
        marked(channelId, ts, message -> acts.unpin(message, who.id()), "That message is not pinned");
    }

    /** Says it differently: only of what this person said. */
    public Message edit(String channelId, String ts, String text) {
        checked(text);
        if (text.isBlank()) {
            throw new IllegalArgumentException("A message has to say something: delete it instead");
        }
        return workspace.atomically(() -> new Message(acts.edit(own(channelId, ts), Content.of(text, Json.array()))));
    }

    /** Takes back what this person said. */
    public void delete(String channelId, String ts) {
        workspace.change(() -> acts.delete(own(channelId, ts)));
    }

    private StoredMessage own(String channelId, String ts) {
        StoredMessage message = message(joined(channelId), ts);
        if (!message.author().equals(who.id()) || !message.content().written()) {
            throw new IllegalStateException("Only what " + who.name() + " wrote can be changed by " + who.name());
        }
        return message;
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

    /** Does something to a message; throws when it was so before. */
    private void marked(String channelId, String ts, Predicate<StoredMessage> mark, String otherwise) {
        workspace.change(() -> {
            if (!mark.test(message(joined(channelId), ts))) {
                throw new IllegalStateException(otherwise);
            }
        });
    }
}
