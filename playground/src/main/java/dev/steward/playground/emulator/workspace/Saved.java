package dev.steward.playground.emulator.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The workspace's values as they stand in its file, and back. What cannot be read back throws
 * {@link IllegalArgumentException}.
 */
final class Saved {
    private Saved() {}

    static ObjectNode of(Account one) {
        return Json.object().put("id", one.id()).put("name", one.name()).put("real_name", one.realName())
                .put("tz", one.tz()).put("team", one.teamId()).put("kind", one.kind().name());
    }

    static Account account(JsonNode one) {
        return new Account(text(one, "id"), text(one, "name"), text(one, "real_name"), text(one, "tz"),
                text(one, "team"), Account.Kind.valueOf(text(one, "kind")));
    }

    static ObjectNode of(UserGroup one) {
        return Json.object().put("id", one.id()).put("handle", one.handle()).put("name", one.name())
                .set("members", SlackJson.texts(one.members()));
    }

    static UserGroup group(JsonNode one) {
        return new UserGroup(text(one, "id"), text(one, "handle"), text(one, "name"),
                list(one.required("members"), JsonNode::asText));
    }

    static ObjectNode of(Conversation one) {
        ObjectNode saved = Json.object().put("id", one.id()).put("name", one.name()).put("kind", one.kind().name())
                .put("archived", one.archived()).put("creator", one.creator()).put("topic", one.about().topic())
                .put("purpose", one.about().purpose());
        return saved.set("members", SlackJson.texts(one.members()));
    }

    static Conversation conversation(JsonNode one) {
        return new Conversation(text(one, "id"), text(one, "name"), Conversation.Kind.valueOf(text(one, "kind")),
                list(one.required("members"), JsonNode::asText), one.required("archived").asBoolean(),
                text(one, "creator"), new Conversation.About(text(one, "topic"), text(one, "purpose")));
    }

    static ObjectNode of(StoredMessage one) {
        ObjectNode saved = said(one.channelId(), one.ts(), one.threadTs(), one.content()).put("author", one.author());
        one.editedTs().ifPresent(ts -> saved.put("edited_ts", ts));
        return saved;
    }

    static StoredMessage message(JsonNode one) {
        return new StoredMessage(text(one, "channel"), text(one, "ts"), text(one, "author"),
                optional(one, "thread_ts"), content(one), optional(one, "edited_ts"));
    }

    static ObjectNode of(Whisper one) {
        return said(one.channelId(), one.ts(), one.threadTs(), one.content()).put("person", one.personId());
    }

    static Whisper whisper(JsonNode one) {
        return new Whisper(text(one, "channel"), text(one, "ts"), text(one, "person"), optional(one, "thread_ts"),
                content(one));
    }

    static ObjectNode of(StoredView one) {
        ObjectNode saved = Json.object().put("id", one.id()).put("hash", one.hash())
                .put("owner", one.place().ownerId()).put("root", one.place().rootId());
        one.place().previousId().ifPresent(previous -> saved.put("previous", previous));
        saved.set("definition", one.definition());
        saved.set("values", one.values());
        return saved;
    }

    static StoredView view(JsonNode one) {
        return new StoredView(text(one, "id"), text(one, "hash"),
                new StoredView.Place(text(one, "owner"), text(one, "root"), optional(one, "previous")),
                object(one.required("definition")), object(one.required("values")));
    }

    static ObjectNode of(Notice one) {
        ObjectNode saved = Json.object().put("id", one.id()).put("at", one.at().toString())
                .put("person", one.personId()).put("text", one.text());
        one.channelId().ifPresent(channel -> saved.put("channel", channel));
        return saved;
    }

    static Notice notice(JsonNode one) {
        return new Notice(text(one, "id"), instant(one, "at"), text(one, "person"), optional(one, "channel"),
                text(one, "text"));
    }

    static <T> ArrayNode array(Iterable<T> all, Function<T, ? extends JsonNode> saved) {
        ArrayNode array = Json.array();
        all.forEach(one -> array.add(saved.apply(one)));
        return array;
    }

    static <T> List<T> list(JsonNode array, Function<JsonNode, T> one) {
        if (!array.isArray()) {
            throw new IllegalArgumentException("not a list: " + array.getNodeType());
        }
        return array.valueStream().map(one).toList();
    }

    static <T> Map<String, T> map(JsonNode object, Function<JsonNode, T> one) {
        Map<String, T> map = new LinkedHashMap<>();
        object(object).properties().forEach(entry -> map.put(entry.getKey(), one.apply(entry.getValue())));
        return map;
    }

    static ObjectNode object(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("not an object: " + node.getNodeType());
    }

    static String text(JsonNode node, String field) {
        JsonNode value = node.required(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("\"" + field + "\" is no text");
        }
        return value.textValue();
    }

    static Optional<String> optional(JsonNode node, String field) {
        return node.has(field) ? Optional.of(text(node, field)) : Optional.empty();
    }

    static Instant instant(JsonNode node, String field) {
        try {
            return Instant.parse(text(node, field));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + field + "\" is no time", e);
        }
    }

    static long number(JsonNode node, String field) {
        JsonNode value = node.required(field);
        if (!value.canConvertToLong()) {
            throw new IllegalArgumentException("\"" + field + "\" is no number");
        }
        return value.longValue();
    }

    private static ObjectNode said(String channel, String ts, Optional<String> threadTs, Content content) {
        ObjectNode saved = Json.object().put("channel", channel).put("ts", ts).put("text", content.text());
        threadTs.ifPresent(parent -> saved.put("thread_ts", parent));
        saved.set("blocks", content.blocks());
        if (!content.attachments().isMissingNode()) {
            saved.set("attachments", content.attachments());
        }
        if (!content.metadata().isMissingNode()) {
            saved.set("metadata", content.metadata());
        }
        if (!content.written()) {
            saved.put("subtype", content.subtype());
        }
        return saved;
    }

    private static Content content(JsonNode one) {
        if (!(one.required("blocks") instanceof ArrayNode blocks)) {
            throw new IllegalArgumentException("\"blocks\" is no list");
        }
        return new Content(text(one, "text"), blocks, given(one, "attachments"), given(one, "metadata"),
                optional(one, "subtype").orElse(""));
    }

    private static JsonNode given(JsonNode one, String field) {
        return one.has(field) ? one.get(field) : MissingNode.getInstance();
    }
}
