package dev.steward.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The outputs that a state holds. */
final class StateOutputs {
    private StateOutputs() {}

    /** The values of those that are not marked sensitive; the state has been read as one before. */
    static Map<String, JsonNode> of(byte[] state) {
        Map<String, JsonNode> outputs = new LinkedHashMap<>();
        Json.tree(new String(state, StandardCharsets.UTF_8)).path("outputs").properties().forEach(output -> {
            JsonNode value = output.getValue().path("value");
            if (!output.getValue().path("sensitive").asBoolean(false) && !value.isMissingNode()) {
                outputs.put(output.getKey(), value);
            }
        });
        return outputs;
    }
}
