package dev.steward.playground.emulator.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.playground.emulator.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** How far each person has read each conversation. A mark only moves on. */
public final class ReadMarks {
    private final Changes changes;
    private final Map<String, Map<String, String>> marks = new HashMap<>();

    ReadMarks(Changes changes) {
        this.changes = changes;
    }

    /** The ts of the last message read; empty where nothing was. */
    public String at(String personId, String conversationId) {
        return marks.getOrDefault(personId, Map.of()).getOrDefault(conversationId, "");
    }

    /** Notes that everything up to that ts was read. */
    public void move(String personId, String conversationId, String ts) {
        if (ts.compareTo(at(personId, conversationId)) > 0) {
            marks.computeIfAbsent(personId, key -> new HashMap<>()).put(conversationId, ts);
            changes.note(new Change.InConversation(conversationId, Set.of(personId)));
        }
    }

    JsonNode saved() {
        return Json.tree(marks);
    }

    void load(JsonNode saved) {
        marks.putAll(Saved.map(saved, of -> new HashMap<>(Saved.map(of, JsonNode::asText))));
    }
}
