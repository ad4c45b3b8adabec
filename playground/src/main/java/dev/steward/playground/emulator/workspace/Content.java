package dev.steward.playground.emulator.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * What a message says.
 *
 * @param blocks      empty where there are none; every block has a {@code block_id}, every element an {@code action_id}
 * @param attachments a missing node where there are none
 * @param metadata    {@code {event_type, event_payload}}, or a missing node
 */
public record Content(String text, ArrayNode blocks, JsonNode attachments, JsonNode metadata) {
    public static Content of(String text, ArrayNode blocks) {
        return new Content(text, blocks, MissingNode.getInstance(), MissingNode.getInstance());
    }
}
