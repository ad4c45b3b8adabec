package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Content;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.MessageActs;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.SlackJson;
import dev.steward.playground.emulator.workspace.StoredMessage;
import dev.steward.playground.emulator.workspace.Whisper;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.Map;
import java.util.Optional;

/** The methods {@code chat.*}. */
final class ChatMethods {
    /** chat.update refuses longer text; posting cuts at ten times that. */
    private static final int UPDATE_TEXT = 4_000;

    private final Workspace workspace;
    private final Lookup lookup;
    private final MessageActs acts;

    ChatMethods(Workspace workspace) {
        this.workspace = workspace;
        this.lookup = new Lookup(workspace);
        this.acts = new MessageActs(workspace);
    }

    Map<String, Method> all() {
        return Map.of("chat.postMessage", this::post, "chat.update", this::update, "chat.delete", this::delete,
                "chat.postEphemeral", this::whisper, "chat.getPermalink", this::permalink);
    }

    private ObjectNode post(Arguments arguments) {
        Conversation where = lookup.destination(arguments);
        Content content = Messages.read(arguments);
        StoredMessage posted = acts.post(where, Seed.BOT_USER, thread(arguments, where), content);
        ObjectNode answer = said(where, posted.ts()).set("message", SlackJson.message(posted, true));
        return Messages.warned(answer, arguments);
    }

    private ObjectNode whisper(Arguments arguments) {
        Conversation where = lookup.destination(arguments);
        String personId = arguments.required("user");
        Content content = Messages.read(arguments);
        if (workspace.directory().account(personId).isEmpty() || !where.has(personId)) {
            throw ApiError.of("user_not_in_channel");
        }
        Whisper made = workspace.conversations().whisper(where.id(), personId, thread(arguments, where), content);
        return Messages.warned(Json.object().put("message_ts", made.ts()), arguments);
    }

    private ObjectNode update(Arguments arguments) {
        Conversation where = lookup.conversation(arguments);
        StoredMessage message = lookup.message(where, arguments.required("ts"), "message_not_found");
        if (!message.author().equals(Seed.BOT_USER)) {
            throw ApiError.of("cant_update_message");
        }
        if (where.archived()) {
            throw ApiError.of("is_inactive");
        }
        if (arguments.text("text").filter(text -> text.length() > UPDATE_TEXT).isPresent()) {
            throw ApiError.of("msg_too_long");
        }
        StoredMessage edited = acts.edit(message, changed(arguments, message.content()));
        return said(where, edited.ts()).put("text", edited.content().text()).set("message",
                SlackJson.message(edited, true));
    }

    /** What is not given stays as it was; an empty list of blocks takes them away. */
    private static Content changed(Arguments arguments, Content before) {
        if (arguments.given("markdown_text") && (arguments.given("text") || arguments.given("blocks"))) {
            throw ApiError.of("markdown_text_conflict");
        }
        if (!arguments.given("text") && !arguments.given("blocks") && !arguments.given("attachments")
                && !arguments.given("metadata") && !arguments.given("markdown_text")) {
            throw ApiError.of("no_text");
        }
        String text = arguments.text("text").or(() -> arguments.text("markdown_text")).orElse(before.text());
        var blocks = arguments.given("blocks")
                ? Messages.blocks(arguments.structured("blocks", "invalid_blocks_format"))
                : before.blocks();
        var attachments = arguments.given("attachments") ? Messages.attachments(arguments) : before.attachments();
        var metadata = arguments.given("metadata") ? Messages.metadata(arguments) : before.metadata();
        if (text.isEmpty() && blocks.isEmpty() && attachments.isEmpty()) {
            throw ApiError.of("no_text");
        }
        return new Content(text, blocks, attachments, metadata);
    }

    private ObjectNode delete(Arguments arguments) {
        Conversation where = lookup.conversation(arguments);
        StoredMessage message = lookup.message(where, arguments.required("ts"), "message_not_found");
        if (!message.author().equals(Seed.BOT_USER)) {
            throw ApiError.of("cant_delete_message");
        }
        acts.delete(message);
        return said(where, message.ts());
    }

    private ObjectNode permalink(Arguments arguments) {
        Conversation where = lookup.conversation(arguments);
        StoredMessage message = lookup.message(where, arguments.required("message_ts"), "message_not_found");
        return Json.object().put("channel", where.id()).put("permalink", SlackJson.permalink(message));
    }

    private Optional<String> thread(Arguments arguments, Conversation where) {
        return arguments.text("thread_ts").map(ts -> {
            StoredMessage parent = lookup.message(where, ts, "cannot_reply_to_message");
            return parent.threadTs().orElse(parent.ts());
        });
    }

    private static ObjectNode said(Conversation where, String ts) {
        return Json.object().put("channel", where.id()).put("ts", ts);
    }
}
