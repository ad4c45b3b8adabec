package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.steward.playground.emulator.forms.Form;
import java.util.ArrayList;
import java.util.List;

/** What a reader sees of blocks, as plain lines in reading order; controls stand in square brackets. */
final class VisibleText {
    private final List<String> lines = new ArrayList<>();

    private VisibleText() {}

    /** The lines of these blocks, or the text where there are none. */
    static String of(String text, JsonNode blocks) {
        if (blocks.isEmpty()) {
            return text;
        }
        VisibleText visible = new VisibleText();
        blocks.forEach(visible::block);
        return String.join("\n", visible.lines);
    }

    static List<Button> buttons(ArrayNode blocks) {
        return new Form(blocks).fields().stream().filter(field -> field.type().equals("button"))
                .map(field -> new Button(field.actionId(), text(field.element()),
                        field.element().path("value").asText()))
                .toList();
    }

    private void block(JsonNode block) {
        switch (block.path("type").asText()) {
            case "divider" -> lines.add("---");
            case "input" -> {
                lines.add(text(block, "label"));
                add(control(block.path("element")));
                add(text(block, "hint"));
            }
            case "image" -> add("(image: " + block.path("alt_text").asText() + ")");
            case "actions" -> add(joined(block.path("elements"), true));
            case "context" -> add(joined(block.path("elements"), false));
            case "rich_text" -> {
                StringBuilder rich = new StringBuilder();
                rich(block, rich);
                add(rich.toString().strip());
            }
            default -> {
                add(text(block));
                block.path("fields").forEach(field -> add(field.path("text").asText()));
                add(block.has("accessory") ? control(block.get("accessory")) : "");
            }
        }
    }

    private static String joined(JsonNode elements, boolean controls) {
        return String.join(" ", elements.valueStream()
                .map(element -> controls
                        ? control(element)
                        : element.path("text").asText(element.path("alt_text").asText()))
                .toList());
    }

    private static String control(JsonNode element) {
        if (element.path("type").asText().equals("image")) {
            return "(image: " + element.path("alt_text").asText() + ")";
        }
        String label = text(element);
        return "[" + (label.isEmpty() ? text(element, "placeholder") : label) + "]";
    }

    private static void rich(JsonNode node, StringBuilder out) {
        out.append(node.path("text").asText());
        out.append(node.path("url").asText(""));
        node.path("elements").forEach(element -> rich(element, out));
        if (node.path("type").asText().startsWith("rich_text_")) {
            out.append('\n');
        }
    }

    private static String text(JsonNode node) {
        return text(node, "text");
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).path("text").asText();
    }

    private void add(String line) {
        if (!line.isEmpty() && !line.equals("[]")) {
            lines.add(line);
        }
    }
}
