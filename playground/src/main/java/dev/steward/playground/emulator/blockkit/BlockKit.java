package dev.steward.playground.emulator.blockkit;

import static dev.steward.playground.emulator.blockkit.Composition.ID;
import static dev.steward.playground.emulator.blockkit.Composition.OPTION_GROUP;
import static dev.steward.playground.emulator.blockkit.Composition.SELECT_OPTION;
import static dev.steward.playground.emulator.blockkit.Composition.plain;
import static dev.steward.playground.emulator.blockkit.Composition.text;
import static dev.steward.playground.emulator.blockkit.Schema.array;
import static dev.steward.playground.emulator.blockkit.Schema.bool;
import static dev.steward.playground.emulator.blockkit.Schema.byType;
import static dev.steward.playground.emulator.blockkit.Schema.string;
import static dev.steward.playground.emulator.blockkit.Schema.union;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The checks of Block Kit: what Slack would refuse in a message's blocks, in a view, or in a list of options. An empty
 * list means that Slack takes it. Limits as published at docs.slack.dev/reference/block-kit; texts as Slack sends them.
 */
public final class BlockKit {
    /** The largest view Slack stores, in bytes of JSON. */
    public static final int VIEW_BYTES = 250_000;
    /** About the number of characters in all blocks of one message; above it Slack answers {@code msg_blocks_too_long}. */
    public static final int MESSAGE_CHARACTERS = 13_200;

    private static final Schema BLOCK = byType(blocks());
    private static final Schema MESSAGE = array(BLOCK, 0, 50);
    private static final Schema VIEW = union(byType(Map.of("modal", modal(), "home", home())));
    private static final Schema OPTIONS = ObjectSchema.object().optional("options", array(SELECT_OPTION, 0, 100))
            .optional("option_groups", array(OPTION_GROUP, 0, 100)).rule(Composition::optionsOrGroups);

    private BlockKit() {}

    /** Problems of a message's {@code blocks}. */
    public static List<Problem> message(JsonNode blocks) {
        return blocks(blocks, "/blocks");
    }

    static List<Problem> blocks(JsonNode blocks, String at) {
        List<Problem> problems = new ArrayList<>();
        MESSAGE.check(blocks, at, problems);
        Uniqueness.check(blocks, at, problems);
        return List.copyOf(problems);
    }

    /** Problems of a modal or home tab. Its size is not checked here: see {@link #viewTooLarge}. */
    public static List<Problem> view(JsonNode view) {
        List<Problem> problems = new ArrayList<>();
        VIEW.check(view, "/view", problems);
        Uniqueness.check(view.path("blocks"), "/view/blocks", problems);
        submitWhereThereAreInputs(view, problems);
        return List.copyOf(problems);
    }

    /** Problems of an answer to {@code block_suggestion}. */
    public static List<Problem> suggestions(JsonNode answer) {
        List<Problem> problems = new ArrayList<>();
        OPTIONS.check(answer, "", problems);
        return List.copyOf(problems);
    }

    public static boolean viewTooLarge(JsonNode view) {
        return view.toString().getBytes(StandardCharsets.UTF_8).length > VIEW_BYTES;
    }

    /** The number of characters that a reader sees in these blocks: every {@code text} that is a string. */
    public static int characters(JsonNode node) {
        int sum = 0;
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            sum += property.getKey().equals("text") && property.getValue().isTextual()
                    ? property.getValue().textValue().length()
                    : characters(property.getValue());
        }
        if (node.isArray()) {
            for (JsonNode item : node) {
                sum += characters(item);
            }
        }
        return sum;
    }

    /** The options an element offers, those inside groups included, in order. */
    public static List<JsonNode> offeredOptions(JsonNode element) {
        List<JsonNode> offered = new ArrayList<>();
        element.path("options").forEach(offered::add);
        element.path("option_groups").forEach(group -> group.path("options").forEach(offered::add));
        return offered;
    }

    private static void submitWhereThereAreInputs(JsonNode view, List<Problem> problems) {
        if (!view.path("type").asText().equals("modal") || view.has("submit")) {
            return;
        }
        for (int i = 0; i < view.path("blocks").size(); i++) {
            if (view.get("blocks").get(i).path("type").asText().equals("input")) {
                problems.add(new Problem("must define `submit` to use an `input` block in modals",
                        "/view/blocks/" + i + "/input"));
            }
        }
    }

    private static ObjectSchema modal() {
        return ObjectSchema.typed("modal").required("title", plain(24)).required("blocks", array(BLOCK, 0, 100))
                .optional("submit", plain(24)).optional("close", plain(24))
                .optional("private_metadata", string(0, 3000))
                .optional("callback_id", string(0, 255)).optional("external_id", string(0, 255))
                .optional("clear_on_close", bool()).optional("notify_on_close", bool())
                .optional("submit_disabled", bool());
    }

    private static ObjectSchema home() {
        return ObjectSchema.typed("home").required("blocks", array(BLOCK, 0, 100))
                .optional("private_metadata", string(0, 3000)).optional("callback_id", string(0, 255))
                .optional("external_id", string(0, 255));
    }

    private static Map<String, Schema> blocks() {
        Map<String, Schema> blocks = new LinkedHashMap<>();
        blocks.put("divider", block("divider"));
        blocks.put("header", block("header").required("text", plain(150)));
        blocks.put("section", section());
        blocks.put("context", block("context").required("elements", array(contextElement(), 1, 10)));
        blocks.put("actions", block("actions").required("elements", array(byType(Elements.inActions()), 1, 25)));
        blocks.put("input",
                block("input").required("label", plain(2000)).required("element", byType(Elements.inInput()))
                        .optional("hint", plain(2000)).optional("optional", bool())
                        .optional("dispatch_action", bool()));
        blocks.put("image", image().optional("block_id", ID).optional("title", plain(2000)));
        blocks.put("rich_text", RichText.in(block("rich_text")));
        return blocks;
    }

    private static ObjectSchema section() {
        Map<String, Schema> accessories = new LinkedHashMap<>(Elements.besideSection());
        accessories.put("image", image());
        return block("section").optional("text", text(3000)).optional("fields", array(text(2000), 1, 10))
                .optional("accessory", byType(accessories)).optional("expand", bool())
                .rule((node, at, problems) -> {
                    if (!node.has("text") && !node.has("fields")) {
                        problems.add(new Problem("must define either `text` or `fields`", at + "/type"));
                    }
                });
    }

    private static Schema contextElement() {
        Schema any = text(3000);
        Schema picture = image();
        return (node, at, problems) -> (node.path("type").asText().equals("image") ? picture : any).check(node, at,
                problems);
    }

    private static ObjectSchema image() {
        Schema file = ObjectSchema.object().optional("id", string(1, 255)).optional("url", string(1, 3000));
        return ObjectSchema.typed("image").required("alt_text", string(1, 2000)).optional("image_url", string(1, 3000))
                .optional("slack_file", file).rule((node, at, problems) -> {
                    if (!node.has("image_url") && !node.has("slack_file")) {
                        problems.add(new Problem("missing required field: image_url", at));
                    }
                });
    }

    private static ObjectSchema block(String type) {
        return ObjectSchema.typed(type).optional("block_id", ID);
    }
}
