package dev.steward.playground.emulator;

import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.StoredMessage;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.List;
import java.util.Optional;

/** A channel, looked at anew with each call. */
public final class Channel {
    private final String id;
    private final Workspace workspace;

    Channel(String id, Workspace workspace) {
        this.id = id;
        this.workspace = workspace;
    }

    public String id() {
        return id;
    }

    public String name() {
        return conversation().name();
    }

    /** What stands in the channel itself, oldest first; replies are in their {@link #thread}. */
    public List<Message> messages() {
        return workspace.atomically(() -> workspace.conversations().messages(id).stream()
                .filter(message -> !message.reply()).map(Message::new).toList());
    }

    /** The replies to a message, oldest first. */
    public List<Message> thread(Message parent) {
        return workspace.atomically(() -> workspace.conversations().thread(id, parent.ts()).stream()
                .filter(StoredMessage::reply).map(Message::new).toList());
    }

    /** A message as it stands now, unless it was deleted. */
    public Optional<Message> message(String ts) {
        return workspace.atomically(() -> workspace.conversations().message(id, ts).map(Message::new));
    }

    /** Somebody who is in it says something; subscribed apps in the channel hear of it. */
    public Message post(Person person, String text) {
        return person.deeds().post(id, Optional.empty(), text);
    }

    public void archive() {
        workspace.change(() -> workspace.conversations().put(conversation().archive()));
    }

    /** Takes the bot out of the channel. */
    public void removeBot() {
        workspace.change(() -> workspace.conversations()
                .put(conversation().without(Seed.BOT_USER)));
    }

    public boolean archived() {
        return conversation().archived();
    }

    private Conversation conversation() {
        return workspace.atomically(() -> workspace.conversations().find(id))
                .orElseThrow(() -> new IllegalStateException("There is no conversation " + id));
    }
}
