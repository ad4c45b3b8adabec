package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.steward.playground.emulator.workspace.StoredMessage;
import java.util.List;
import java.util.Optional;

/** A message as it was when it was looked at; look again through its {@link Channel} for what it says now. */
public record Message(StoredMessage stored) {
    public String ts() {
        return stored.ts();
    }

    /** The id of the conversation. */
    public String channel() {
        return stored.channelId();
    }

    /** The id of the author. */
    public String user() {
        return stored.author();
    }

    /** The text beside the blocks, which notifications and screen readers use. */
    public String text() {
        return stored.content().text();
    }

    public ArrayNode blocks() {
        return stored.content().blocks().deepCopy();
    }

    /** {@code {event_type, event_payload}}; a missing node where there is none. */
    public JsonNode metadata() {
        return stored.content().metadata();
    }

    public boolean edited() {
        return stored.editedTs().isPresent();
    }

    /** The parent's ts, for replies and for parents of a thread. */
    public Optional<String> threadTs() {
        return stored.threadTs();
    }

    /** All that a reader sees, in reading order; buttons as {@code [label]}. */
    public String plainText() {
        return VisibleText.of(text(), stored.content().blocks());
    }

    public List<Button> buttons() {
        return VisibleText.buttons(stored.content().blocks());
    }
}
