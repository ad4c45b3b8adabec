package dev.steward.playground.emulator.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Gives blocks and elements the ids they came without, as Slack does. */
final class BlockIds {
    private static final Set<String> WITHOUT_ACTION = Set.of("image", "mrkdwn", "plain_text");

    private BlockIds() {}

    static ArrayNode filled(ArrayNode blocks, Ids ids) {
        ArrayNode filled = blocks.deepCopy();
        for (JsonNode block : filled) {
            if (!(block instanceof ObjectNode one)) {
                continue;
            }
            if (!one.has("block_id")) {
                one.put("block_id", ids.next("b"));
            }
            if (!one.path("type").asText().equals("rich_text")) {
                one.path("elements").forEach(element -> name(element, ids));
            }
            name(one.path("element"), ids);
            name(one.path("accessory"), ids);
        }
        return filled;
    }

    private static void name(JsonNode element, Ids ids) {
        if (element instanceof ObjectNode one && !one.has("action_id")
                && !WITHOUT_ACTION.contains(one.path("type").asText())) {
            one.put("action_id", ids.next("a"));
        }
    }
}
