package dev.steward.playground.emulator.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.steward.playground.emulator.json.Json;

/**
 * What a message says.
 *
 * @param blocks      empty where there are none; every block has a {@code block_id}, every element an {@code action_id}
 * @param attachments a missing node where there are none
 * @param metadata    {@code {event_type, event_payload}}, or a missing node
 * @param subtype     what Slack itself notes for somebody, for example {@code channel_join}; empty for what was written
 */
public record Content(String text, ArrayNode blocks, JsonNode attachments, JsonNode metadata, String subtype) {
    public Content(String text, ArrayNode blocks, JsonNode attachments, JsonNode metadata) {
        this(text, blocks, attachments, metadata, "");
    }

    public static Content of(String text, ArrayNode blocks) {
        return new Content(text, blocks, MissingNode.getInstance(), MissingNode.getInstance());
    }

    /** What Slack notes in a channel when somebody has changed it. */
    static Content note(String subtype, String text) {
        return new Content(text, Json.array(), MissingNode.getInstance(), MissingNode.getInstance(), subtype);
    }

    /** Whether somebody has written it. */
    public boolean written() {
        return subtype.isEmpty();
    }
}
