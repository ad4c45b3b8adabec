package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.blockkit.Attachments;
import dev.steward.playground.emulator.blockkit.BlockKit;
import dev.steward.playground.emulator.blockkit.Problem;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Content;
import java.util.List;

/** What a bot wants to say, read and checked from the arguments that all saying methods share. */
final class Messages {
    /** Text beyond this is cut off by chat.postMessage (docs.slack.dev/changelog/2018-truncating-really-long-messages). */
    static final int TEXT = 40_000;

    private Messages() {}

    /** The content; throws {@code no_text} when there is nothing to say, and Slack's errors for what it refuses. */
    static Content read(Arguments arguments) {
        String text = arguments.text("text").or(() -> arguments.text("markdown_text")).orElse("");
        ArrayNode blocks = blocks(arguments.structured("blocks", "invalid_blocks_format"));
        JsonNode attachments = attachments(arguments);
        if (arguments.given("markdown_text") && (arguments.given("text") || !blocks.isEmpty())) {
            throw ApiError.of("markdown_text_conflict");
        }
        if (text.isEmpty() && blocks.isEmpty() && attachments.isEmpty()) {
            throw ApiError.of("no_text");
        }
        return new Content(text.substring(0, Math.min(text.length(), TEXT)), blocks, attachments, metadata(arguments));
    }

    /** Notes on an answer, as Slack does, that a text was cut off. */
    static ObjectNode warned(ObjectNode answer, Arguments arguments) {
        if (arguments.text("text").filter(text -> text.length() > TEXT).isPresent()) {
            ObjectNode about = answer.putObject("response_metadata");
            about.putArray("messages")
                    .add("[WARN] Your message was truncated but still posted. The `text` field accepts"
                            + " up to 40,000 characters.");
            about.putArray("warnings").add("message_truncated");
        }
        return answer;
    }

    static JsonNode attachments(Arguments arguments) {
        JsonNode given = arguments.structured("attachments", "invalid_attachments");
        if (!given.isMissingNode() && !given.isArray()) {
            throw ApiError.of("invalid_attachments");
        }
        if (given.size() > Attachments.MOST) {
            throw ApiError.of("too_many_attachments");
        }
        List<String> problems = Attachments.problems(given);
        if (!problems.isEmpty()) {
            throw ApiError.named("invalid_attachments", problems);
        }
        return given;
    }

    static ArrayNode blocks(JsonNode given) {
        if (given.isMissingNode()) {
            return Json.array();
        }
        if (!(given instanceof ArrayNode blocks)) {
            throw ApiError.of("invalid_blocks_format");
        }
        List<Problem> problems = BlockKit.message(blocks);
        if (!problems.isEmpty()) {
            throw ApiError.invalidBlocks(problems);
        }
        if (BlockKit.characters(blocks) > BlockKit.MESSAGE_CHARACTERS) {
            throw ApiError.of("msg_blocks_too_long");
        }
        return blocks;
    }

    /** Metadata is {@code {event_type: text, event_payload: object}} and nothing else. */
    static JsonNode metadata(Arguments arguments) {
        JsonNode given = arguments.structured("metadata", "invalid_metadata_format");
        if (given.isMissingNode()) {
            return given;
        }
        boolean shaped = given instanceof ObjectNode object && object.size() == 2
                && object.path("event_type").isTextual() && !object.path("event_type").asText().isEmpty()
                && object.path("event_payload").isObject();
        if (!shaped) {
            throw ApiError.of(given.isObject() ? "invalid_metadata_schema" : "invalid_metadata_format");
        }
        return given;
    }
}
