package dev.steward.playground.emulator.blockkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must be unique: a {@code block_id} in its surface, an {@code action_id} in its block, and one focused element. */
final class Uniqueness {
    private Uniqueness() {}

    static void check(JsonNode blocks, String at, List<Problem> problems) {
        Set<String> blockIds = new HashSet<>();
        List<String> focused = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            JsonNode block = blocks.path(i);
            String blockAt = at + "/" + i;
            claim("block_id", block, blockAt, blockIds, problems);
            Set<String> actionIds = new HashSet<>();
            for (int j = 0; j < block.path("elements").size(); j++) {
                claim("action_id", block.get("elements").path(j), blockAt + "/elements/" + j, actionIds, problems);
            }
            focus(block.path("element"), blockAt + "/element", focused);
            focus(block.path("accessory"), blockAt + "/accessory", focused);
            for (int j = 0; j < block.path("elements").size(); j++) {
                focus(block.get("elements").path(j), blockAt + "/elements/" + j, focused);
            }
        }
        focused.stream().skip(1).forEach(
                each -> problems
                        .add(new Problem("only one element can have `focus_on_load`", each + "/focus_on_load")));
    }

    private static void focus(JsonNode element, String at, List<String> focused) {
        if (element.path("focus_on_load").asBoolean()) {
            focused.add(at);
        }
    }

    private static void claim(String key, JsonNode node, String at, Set<String> taken, List<Problem> problems) {
        if (node.path(key).isTextual() && !taken.add(node.get(key).textValue())) {
            problems.add(
                    new Problem("`" + key + "` \"" + node.get(key).textValue() + "\" already exists", at + "/" + key));
        }
    }
}
