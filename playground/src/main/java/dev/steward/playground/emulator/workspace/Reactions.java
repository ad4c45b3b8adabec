package dev.steward.playground.emulator.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.playground.emulator.json.Json;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The reactions to messages: by message, then by name, the accounts in the order in which they reacted. */
final class Reactions {
    private final Map<String, Map<String, Set<String>>> byMessage = new LinkedHashMap<>();

    /** False when this account has reacted so before. */
    boolean add(String messageKey, String name, String userId) {
        return byMessage.computeIfAbsent(messageKey, key -> new LinkedHashMap<>())
                .computeIfAbsent(name, key -> new LinkedHashSet<>()).add(userId);
    }

    /** False when this account has not reacted so. */
    boolean remove(String messageKey, String name, String userId) {
        Map<String, Set<String>> names = byMessage.getOrDefault(messageKey, Map.of());
        Set<String> users = names.get(name);
        if (users == null || !users.remove(userId)) {
            return false;
        }
        names.values().removeIf(Set::isEmpty);
        return true;
    }

    void forget(String messageKey) {
        byMessage.remove(messageKey);
    }

    Map<String, List<String>> of(String messageKey) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        byMessage.getOrDefault(messageKey, Map.of()).forEach((name, users) -> copy.put(name, List.copyOf(users)));
        return copy;
    }

    JsonNode saved() {
        return Json.tree(byMessage);
    }

    void load(JsonNode saved) {
        byMessage.putAll(Saved.map(saved, names -> Saved.map(names,
                users -> new LinkedHashSet<>(Saved.list(users, JsonNode::asText)))));
    }
}
