package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.StrictnessTest.Refusal;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What Slack refuses whatever its size, method by method. */
final class MethodRefusals {
    private static final String NEVER = "1700000000.000001";

    private MethodRefusals() {}

    static Stream<Refusal> rows() {
        return Stream.of(calls(), chat(), marks(), conversations(), membership(), views(), directory(),
                MoreRefusals.rows()).flatMap(rows -> rows);
    }

    /** The emulator's table of methods. */
    static ObjectNode table() {
        try (InputStream in = SlackEmulator.class.getResourceAsStream("webapi/methods.json")) {
            return (ObjectNode) Json.parseObject(new String(in.readAllBytes(), StandardCharsets.UTF_8)).path("methods");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Refusal row(String method, Map<String, String> arguments, String... refusal) {
        return new Refusal(method, arguments, List.of(refusal));
    }

    private static Stream<Refusal> calls() {
        return Stream.of(row("chat.shout", Map.of(), "unknown_method"),
                row("users.info", Map.of("a-b", "x"), "invalid_arg_name", "[ERROR] invalid argument name: a-b"),
                row("users.info", Map.of("user[0]", "x"), "invalid_array_arg"));
    }

    private static Stream<Refusal> chat() {
        return Stream.of(row("chat.postMessage", Map.of("text", "x"), "channel_not_found"),
                row("chat.postMessage", Map.of("channel", "C9", "text", "x"), "channel_not_found"),
                row("chat.postMessage", Map.of("channel", Seed.NO_BOT, "text", "x"), "not_in_channel"),
                row("chat.postMessage", Map.of("channel", Seed.OLD_REQUESTS, "text", "x"), "is_archived"),
                row("chat.postMessage", said(), "no_text"), row("chat.postMessage", said("text", ""), "no_text"),
                row("chat.postMessage", said("blocks", "nonsense"), "invalid_blocks_format"),
                row("chat.postMessage", said("text", "x", "metadata", "[]"), "invalid_metadata_format"),
                row("chat.postMessage", said("text", "x", "metadata", "{}"), "invalid_metadata_schema"),
                row("chat.postMessage", said("text", "x", "thread_ts", NEVER), "cannot_reply_to_message"),
                row("chat.postMessage", said("text", "x", "markdown_text", "x"), "markdown_text_conflict"),
                row("chat.update", said("text", "x", "ts", NEVER), "message_not_found"),
                row("chat.delete", said("ts", NEVER), "message_not_found"),
                row("chat.getPermalink", said("message_ts", NEVER), "message_not_found"),
                row("chat.postEphemeral", Map.of("channel", Seed.PAYMENTS, "user", Seed.OLGA, "text", "x"),
                        "user_not_in_channel"),
                row("reactions.add", said("timestamp", NEVER, "name", "eyes"), "message_not_found"),
                row("reactions.add", said("timestamp", "yesterday", "name", "eyes"), "bad_timestamp"),
                row("reactions.add", said("timestamp", NEVER, "name", ":eyes:"), "invalid_name"),
                row("pins.add", said(), "no_item_specified"));
    }

    private static Stream<Refusal> marks() {
        return Stream.of(row("reactions.remove", said("timestamp", NEVER, "name", "eyes"), "message_not_found"),
                row("reactions.remove", said("name", "eyes"), "no_item_specified"),
                row("reactions.remove", said("timestamp", NEVER), "invalid_name"),
                row("reactions.get", said(), "no_item_specified"),
                row("reactions.get", said("timestamp", NEVER), "message_not_found"),
                row("reactions.add", Map.of("channel", Seed.OLD_REQUESTS, "timestamp", NEVER, "name", "eyes"),
                        "is_archived"),
                row("pins.add", said("timestamp", NEVER), "message_not_found"),
                row("pins.add", said("timestamp", "x"), "bad_timestamp"),
                row("pins.add", Map.of("channel", Seed.NO_BOT, "timestamp", NEVER), "not_in_channel"),
                row("pins.remove", said(), "no_item_specified"),
                row("pins.remove", said("timestamp", NEVER), "message_not_found"),
                row("pins.list", Map.of("channel", "C9"), "channel_not_found"),
                row("bookmarks.add", Map.of("channel_id", Seed.GENERAL, "type", "link"), "invalid_arguments",
                        "[ERROR] missing required field: title [json-pointer:]"),
                row("bookmarks.add", bookmark("type", "folder"), "invalid_bookmark_type"),
                row("bookmarks.add", bookmark("link", "mailto:x@example.com"), "invalid_link"),
                row("bookmarks.add", bookmark("link", ""), "invalid_link"),
                row("bookmarks.add", bookmark("emoji", "book"), "invalid_emoji"),
                row("bookmarks.add", bookmark("channel_id", "C9"), "channel_not_found"),
                row("bookmarks.add", bookmark("channel_id", Seed.NO_BOT), "permission_denied"),
                row("bookmarks.add", bookmark("channel_id", Seed.OLD_REQUESTS), "permission_denied"),
                row("bookmarks.edit", Map.of("channel_id", Seed.GENERAL, "bookmark_id", "Bk9"), "not_found"),
                row("bookmarks.remove", Map.of("channel_id", Seed.GENERAL, "bookmark_id", "Bk9"), "not_found"),
                row("bookmarks.list", Map.of(), "channel_not_found"));
    }

    /** Arguments of a good bookmark, but for one. */
    private static Map<String, String> bookmark(String name, String value) {
        Map<String, String> arguments = new LinkedHashMap<>(Map.of("channel_id", Seed.GENERAL, "title", "Runbook",
                "type", "link", "link", "https://example.com/runbook"));
        arguments.put(name, value);
        return arguments;
    }

    private static Stream<Refusal> membership() {
        return Stream.of(row("conversations.leave", Map.of("channel", Seed.GENERAL), "cant_leave_general"),
                row("conversations.leave", Map.of("channel", Seed.OLD_REQUESTS), "is_archived"),
                row("conversations.leave", Map.of("channel", "C9"), "channel_not_found"),
                row("conversations.kick", Map.of("channel", Seed.PAYMENTS), "user_not_found"),
                row("conversations.kick", Map.of("channel", Seed.PAYMENTS, "user", "U9"), "user_not_found"),
                row("conversations.kick", Map.of("channel", Seed.PAYMENTS, "user", Seed.BOT_USER), "cant_kick_self"),
                row("conversations.kick", Map.of("channel", Seed.PAYMENTS, "user", Seed.GUS), "not_in_channel"),
                row("conversations.kick", Map.of("channel", Seed.GENERAL, "user", Seed.GUS), "cant_kick_from_general"),
                row("conversations.kick", Map.of("channel", Seed.NO_BOT, "user", Seed.DANA), "not_in_channel"),
                row("conversations.unarchive", Map.of("channel", Seed.GENERAL), "not_archived"),
                row("conversations.unarchive", Map.of("channel", Seed.OLD_REQUESTS), "not_in_channel"),
                row("conversations.rename", Map.of("channel", Seed.PAYMENTS, "name", "pay"), "not_authorized"),
                row("conversations.rename", Map.of("channel", Seed.PAYMENTS), "invalid_name_required"),
                row("conversations.rename", Map.of("channel", Seed.NO_BOT, "name", "pay"), "not_in_channel"),
                row("conversations.setTopic", Map.of("channel", Seed.GENERAL), "invalid_arguments",
                        "[ERROR] missing required field: topic [json-pointer:]"));
    }

    /** Arguments of a call in the general channel. */
    private static Map<String, String> said(String... more) {
        return switch (more.length) {
            case 0 -> Map.of("channel", Seed.GENERAL);
            case 2 -> Map.of("channel", Seed.GENERAL, more[0], more[1]);
            default -> Map.of("channel", Seed.GENERAL, more[0], more[1], more[2], more[3]);
        };
    }

    private static Stream<Refusal> conversations() {
        return Stream.of(row("conversations.create", Map.of(), "invalid_name_required"),
                row("conversations.create", Map.of("name", "Upper"), "invalid_name_specials"),
                row("conversations.create", Map.of("name", "a b"), "invalid_name_specials"),
                row("conversations.create", Map.of("name", "-_-"), "invalid_name_punctuation"),
                row("conversations.create", Map.of("name", "general"), "name_taken"),
                row("conversations.invite", Map.of("channel", Seed.PAYMENTS, "users", Seed.BOT_USER),
                        "cant_invite_self"),
                row("conversations.invite", Map.of("channel", Seed.PAYMENTS, "users", "U9"), "user_not_found"),
                row("conversations.invite", Map.of("channel", Seed.PAYMENTS, "users", Seed.INES), "cant_invite"),
                row("conversations.invite", Map.of("channel", Seed.NO_BOT, "users", Seed.GUS), "not_in_channel"),
                row("conversations.invite", Map.of("channel", Seed.OLD_REQUESTS, "users", Seed.GUS), "is_archived"),
                row("conversations.join", Map.of("channel", Seed.OLD_REQUESTS), "is_archived"),
                row("conversations.archive", Map.of("channel", Seed.OLD_REQUESTS), "already_archived"),
                row("conversations.archive", Map.of("channel", Seed.GENERAL), "cant_archive_general"),
                row("conversations.archive", Map.of("channel", Seed.NO_BOT), "not_in_channel"),
                row("conversations.setTopic", Map.of("channel", Seed.NO_BOT, "topic", "x"), "not_in_channel"),
                row("conversations.setPurpose", Map.of("channel", Seed.OLD_REQUESTS, "purpose", "x"), "is_archived"),
                row("conversations.info", Map.of("channel", "C9"), "channel_not_found"),
                row("conversations.history", Map.of("channel", Seed.NO_BOT), "not_in_channel"),
                row("conversations.history", said("oldest", "soon"), "invalid_ts_oldest"),
                row("conversations.history", said("cursor", "x"), "invalid_cursor"),
                row("conversations.replies", said("ts", NEVER), "thread_not_found"),
                row("conversations.list", Map.of("types", "secret"), "invalid_types"),
                row("conversations.open", Map.of(), "users_list_not_supplied"),
                row("conversations.open", Map.of("users", "U9"), "user_not_found"),
                row("conversations.open", Map.of("users", Seed.INES), "user_disabled"));
    }

    private static Stream<Refusal> views() {
        String modal = Kit.modal("", "");
        return Stream.of(row("views.open", Map.of("trigger_id", "1.2.3", "view", modal), "invalid_trigger_id"),
                row("views.push", Map.of("trigger_id", "1.2.3", "view", modal), "invalid_trigger_id"),
                row("views.update", Map.of("view_id", "VNONE", "view", modal), "not_found"),
                row("views.open", Map.of("view", modal), "invalid_arguments",
                        "[ERROR] missing required field: trigger_id [json-pointer:]"),
                row("views.publish", Map.of("user_id", Seed.DANA, "view", modal), "invalid_arguments",
                        "[ERROR] must be a valid enum value [json-pointer:/view/type]"),
                row("views.publish", Map.of("user_id", "U9", "view", "{\"type\":\"home\",\"blocks\":[]}"),
                        "invalid_arguments", "[ERROR] invalid `user_id` [json-pointer:/user_id]"));
    }

    private static Stream<Refusal> directory() {
        return Stream.of(row("users.info", Map.of("user", "U9"), "user_not_found"),
                row("users.lookupByEmail", Map.of("email", "nobody@example.com"), "users_not_found"),
                row("usergroups.users.list", Map.of("usergroup", "S9"), "no_such_subteam"),
                row("team.info", Map.of("team", "T9"), "team_not_found"));
    }
}
