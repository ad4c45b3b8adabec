package dev.steward.playground.emulator;

import dev.steward.playground.emulator.workspace.Bookmark;
import dev.steward.playground.emulator.workspace.ChannelActs;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.StoredMessage;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.List;
import java.util.Map;
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

    /** What was written in the channel itself, oldest first; replies are in their {@link #thread}. */
    public List<Message> messages() {
        return workspace.atomically(() -> workspace.conversations().messages(id).stream()
                .filter(message -> !message.reply() && message.content().written()).map(Message::new).toList());
    }

    /** What Slack itself noted in the channel, oldest first: who came, what was renamed. */
    public List<Message> notes() {
        return workspace.atomically(() -> workspace.conversations().messages(id).stream()
                .filter(message -> !message.content().written()).map(Message::new).toList());
    }

    public String topic() {
        return conversation().about().topic();
    }

    public String purpose() {
        return conversation().about().purpose();
    }

    public boolean isPrivate() {
        return conversation().kind() == Conversation.Kind.PRIVATE;
    }

    /** Ids of those who are in it, in the order in which they came. */
    public List<String> members() {
        return conversation().members();
    }

    /** The pinned messages, in the order in which they were pinned. */
    public List<Message> pinned() {
        return workspace.atomically(() -> workspace.conversations().marks().pins(id).stream()
                .flatMap(pin -> message(pin.ts()).stream()).toList());
    }

    public List<Bookmark> bookmarks() {
        return workspace.atomically(() -> workspace.conversations().marks().bookmarks(id));
    }

    /** The reactions to a message by name, and who reacted so. */
    public Map<String, List<String>> reactions(Message message) {
        return workspace.atomically(() -> workspace.conversations().reactions(message.stored()));
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

    /** An administrator archives it. */
    public void archive() {
        workspace.change(() -> new ChannelActs(workspace).archive(conversation(), Seed.LENA));
    }

    /** An administrator takes the bot out of the channel. */
    public void removeBot() {
        workspace.change(() -> new ChannelActs(workspace).leave(conversation(), Seed.BOT_USER, Seed.LENA));
    }

    public boolean archived() {
        return conversation().archived();
    }

    private Conversation conversation() {
        return workspace.atomically(() -> workspace.conversations().find(id))
                .orElseThrow(() -> new IllegalStateException("There is no conversation " + id));
    }
}
