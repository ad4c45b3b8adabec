package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.forms.Form;
import dev.steward.playground.emulator.workspace.StoredView;
import java.util.List;
import java.util.Map;

/**
 * A modal or home tab as a person saw it when it was looked at.
 *
 * @param errors shown beside inputs after the last submission, by block id
 */
public record View(StoredView stored, Map<String, String> errors) {
    public View {
        errors = Map.copyOf(errors);
    }

    public String id() {
        return stored.id();
    }

    public String hash() {
        return stored.hash();
    }

    public String callbackId() {
        return stored.definition().path("callback_id").asText();
    }

    public String title() {
        return stored.definition().path("title").path("text").asText();
    }

    public String privateMetadata() {
        return stored.definition().path("private_metadata").asText();
    }

    public JsonNode blocks() {
        return stored.definition().path("blocks").deepCopy();
    }

    /** {@code state.values} as a submission would carry it now. */
    public ObjectNode values() {
        return new Form(stored.definition().path("blocks")).values(stored.values());
    }

    /** The action ids on it, in reading order. */
    public List<String> actionIds() {
        return new Form(stored.definition().path("blocks")).actionIds();
    }

    /** The error beside the input with this action id; empty when there is none. */
    public String errorAt(String actionId) {
        return new Form(stored.definition().path("blocks")).field(actionId)
                .map(field -> errors.getOrDefault(field.blockId(), "")).orElse("");
    }

    /** All that a reader sees, in reading order, without the title. */
    public String plainText() {
        return VisibleText.of("", stored.definition().path("blocks"));
    }
}
