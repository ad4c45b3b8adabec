package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.steward.playground.emulator.workspace.Whisper;
import java.util.List;

/** A message that only one person sees. */
public record Ephemeral(Whisper stored) {
    public String ts() {
        return stored.ts();
    }

    /** The id of the conversation it appeared in. */
    public String channel() {
        return stored.channelId();
    }

    public String text() {
        return stored.content().text();
    }

    public ArrayNode blocks() {
        return stored.content().blocks().deepCopy();
    }

    public String plainText() {
        return VisibleText.of(text(), stored.content().blocks());
    }

    public List<Button> buttons() {
        return VisibleText.buttons(stored.content().blocks());
    }
}
