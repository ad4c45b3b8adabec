package dev.steward.playground.emulator.workspace;

import java.util.Optional;

/** What people and the bot do with messages; apps hear of each. What may be done is for the caller to know. Used inside the lock. */
public final class MessageActs {
    private final Workspace workspace;
    private final Events events;

    public MessageActs(Workspace workspace) {
        this.workspace = workspace;
        this.events = new Events(workspace);
    }

    public StoredMessage post(Conversation where, String author, Optional<String> threadTs, Content content) {
        StoredMessage posted = workspace.conversations().post(where.id(), author, threadTs, content);
        events.said(where, posted);
        return posted;
    }

    public StoredMessage edit(StoredMessage message, Content content) {
        StoredMessage edited = workspace.conversations().edit(message, content);
        events.edited(where(message), message, edited);
        return edited;
    }

    public void delete(StoredMessage message) {
        workspace.conversations().delete(message);
        events.deleted(where(message), message);
    }

    /** False when this account has reacted so before. */
    public boolean react(StoredMessage message, String name, String userId) {
        if (!workspace.conversations().react(message, name, userId)) {
            return false;
        }
        events.reaction("reaction_added", where(message), message, name, userId);
        return true;
    }

    /** False when this account has not reacted so. */
    public boolean unreact(StoredMessage message, String name, String userId) {
        if (!workspace.conversations().unreact(message, name, userId)) {
            return false;
        }
        events.reaction("reaction_removed", where(message), message, name, userId);
        return true;
    }

    /** False when it was pinned before. */
    public boolean pin(StoredMessage message, String userId) {
        if (!workspace.conversations().marks().pin(message, userId)) {
            return false;
        }
        events.pin("pin_added", where(message), message, pinned(message, userId));
        return true;
    }

    /** False when it was not pinned. */
    public boolean unpin(StoredMessage message, String userId) {
        Pin pin = pinned(message, userId);
        if (!workspace.conversations().marks().unpin(message)) {
            return false;
        }
        events.pin("pin_removed", where(message), message,
                new Pin(pin.channelId(), pin.ts(), userId, pin.at()));
        return true;
    }

    private Pin pinned(StoredMessage message, String userId) {
        return workspace.conversations().marks().pin(message).orElseGet(
                () -> new Pin(message.channelId(), message.ts(), userId, workspace.clock().instant()));
    }

    private Conversation where(StoredMessage message) {
        return workspace.conversations().find(message.channelId()).orElseThrow();
    }
}
