package dev.steward.playground.emulator;

import dev.steward.playground.emulator.StrictnessTest.Refusal;
import dev.steward.playground.emulator.workspace.Seed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The refusals that several methods have in common, method by method, so that none of them is forgotten in one. */
final class MoreRefusals {
    private static final String NEVER = "1700000000.000001";
    private static final String NONSENSE = "[{\"type\":\"divider\",\"text\":\"x\"}]";
    private static final String METADATA = "{\"event_type\":\"card\",\"event_payload\":%s}";

    private MoreRefusals() {}

    static Stream<Refusal> rows() {
        return Stream.of(unknownConversations(), directMessages(), names(), said(), ofMessages(), marks(), bookmarks(),
                pages(), opening(), others()).flatMap(List::stream);
    }

    private static Refusal row(String method, String refusal, String... arguments) {
        return new Refusal(method, pairs(arguments), List.of(refusal));
    }

    private static Map<String, String> pairs(String... arguments) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            pairs.put(arguments[i], arguments[i + 1]);
        }
        return pairs;
    }

    /** Every method that takes a channel, with one that there is not. */
    private static List<Refusal> unknownConversations() {
        List<Refusal> rows = new ArrayList<>();
        MethodRefusals.table().properties().forEach(method -> {
            Map<String, String> arguments = new LinkedHashMap<>();
            method.getValue().path("args").properties().stream()
                    .filter(one -> one.getValue().asText().startsWith("!"))
                    .forEach(one -> arguments.put(one.getKey(), one.getKey().equals("type") ? "link" : "x"));
            for (String name : List.of("channel", "channel_id")) {
                if (method.getValue().path("args").has(name)) {
                    arguments.put(name, "C9");
                    rows.add(new Refusal(method.getKey(), arguments, List.of("channel_not_found")));
                }
            }
        });
        return rows;
    }

    /** What is for channels alone. */
    private static List<Refusal> directMessages() {
        List<Refusal> rows = new ArrayList<>();
        for (String where : List.of("$direct", "$group")) {
            for (String method : List.of("archive", "unarchive", "join", "leave")) {
                rows.add(row("conversations." + method, "method_not_supported_for_channel_type", "channel", where));
            }
            rows.add(row("conversations.invite", "method_not_supported_for_channel_type", "channel", where, "users",
                    Seed.PIA));
            rows.add(row("conversations.kick", "method_not_supported_for_channel_type", "channel", where, "user",
                    Seed.DANA));
            rows.add(row("conversations.rename", "method_not_supported_for_channel_type", "channel", where, "name",
                    "x"));
            rows.add(row("conversations.setTopic", "method_not_supported_for_channel_type", "channel", where, "topic",
                    "x"));
            rows.add(row("conversations.setPurpose", "method_not_supported_for_channel_type", "channel", where,
                    "purpose", "x"));
        }
        rows.add(row("conversations.join", "method_not_supported_for_channel_type", "channel", "$alone"));
        rows.add(row("conversations.leave", "last_member", "channel", "$alone"));
        return rows;
    }

    /** Names of channels, for a new one and for a new name. */
    private static List<Refusal> names() {
        List<Refusal> rows = new ArrayList<>();
        Map<String, String> names = Map.of("Upper", "invalid_name_specials", "a b", "invalid_name_specials", "a.b",
                "invalid_name_specials", "#a", "invalid_name_specials", "über", "invalid_name_specials", "-_-",
                "invalid_name_punctuation", "_", "invalid_name_punctuation", "general", "name_taken", "old-requests",
                "name_taken");
        names.forEach((name, error) -> {
            rows.add(row("conversations.create", error, "name", name));
            rows.add(row("conversations.rename", error, "channel", "$renamed", "name", name));
        });
        rows.add(row("conversations.create", "invalid_name_required", "name", ""));
        rows.add(row("conversations.rename", "is_archived", "channel", "$archive", "name", "x"));
        return rows;
    }

    /** What is said, in each of the methods that say something. */
    private static List<Refusal> said() {
        List<Refusal> rows = new ArrayList<>();
        for (List<String> one : List.of(List.of("invalid_blocks_format", "blocks", "{}"),
                List.of("invalid_attachments", "attachments", "{}"),
                List.of("markdown_text_conflict", "markdown_text", "x"))) {
            String[] said = {"channel", Seed.GENERAL, "text", "x", one.get(1), one.getLast()};
            rows.add(row("chat.postMessage", one.getFirst(), said));
            rows.add(row("chat.update", one.getFirst(), with(said, "ts", "$own")));
            rows.add(row("chat.postEphemeral", one.getFirst(), with(said, "user", Seed.DANA)));
        }
        for (String metadata : List.of("{}", "{\"event_type\":\"\",\"event_payload\":{}}",
                "{\"event_type\":7,\"event_payload\":{}}", "{\"event_type\":\"card\"}", "{\"event_payload\":{}}",
                METADATA.formatted("[]"), METADATA.formatted("\"x\""), METADATA.formatted("{},\"more\":1"))) {
            rows.add(row("chat.postMessage", "invalid_metadata_schema", "channel", Seed.GENERAL, "text", "x",
                    "metadata", metadata));
            rows.add(row("chat.update", "invalid_metadata_schema", "channel", Seed.GENERAL, "ts", "$own", "metadata",
                    metadata));
        }
        for (String metadata : List.of("nonsense", "[]", "7")) {
            rows.add(row("chat.postMessage", "invalid_metadata_format", "channel", Seed.GENERAL, "text", "x",
                    "metadata", metadata));
            rows.add(row("chat.update", "invalid_metadata_format", "channel", Seed.GENERAL, "ts", "$own", "metadata",
                    metadata));
        }
        rows.addAll(attachments());
        return rows;
    }

    private static List<Refusal> attachments() {
        Map<String, String> refused = Map.of("[\"x\"]", "must provide an object [json-pointer:/attachments/0]",
                "[{\"title\":\"x\",\"blocks\":[{\"type\":\"divider\"}]}]", "invalid_keys",
                "[{\"color\":\"#36a64f\",\"blocks\":" + NONSENSE + "}]",
                "invalid additional property: text [json-pointer:/attachments/0/blocks/0]",
                "[{\"blocks\":{}}]", "must provide an array [json-pointer:/attachments/0/blocks]",
                "[{\"text\":\"x\"},{\"blocks\":[{\"type\":\"divider\",\"block_id\":\"b\"},{\"type\":\"divider\",\"block_id\":\"b\"}]}]",
                "`block_id` \"b\" already exists [json-pointer:/attachments/1/blocks/1/block_id]");
        List<Refusal> rows = new ArrayList<>();
        refused.forEach((attachments, reason) -> {
            List<String> refusal = List.of("invalid_attachments", "[ERROR] " + reason);
            rows.add(new Refusal("chat.postMessage", pairs("channel", Seed.GENERAL, "attachments", attachments),
                    refusal));
            rows.add(new Refusal("chat.update", pairs("channel", Seed.GENERAL, "ts", "$own", "attachments",
                    attachments), refusal));
        });
        return rows;
    }

    private static List<Refusal> ofMessages() {
        String reason = "[ERROR] invalid additional property: text [json-pointer:/blocks/0]";
        return List.of(
                new Refusal("chat.update", pairs("channel", Seed.GENERAL, "ts", "$own", "blocks", NONSENSE),
                        List.of("invalid_blocks", reason)),
                new Refusal("chat.postEphemeral", pairs("channel", Seed.GENERAL, "user", Seed.DANA, "blocks",
                        NONSENSE), List.of("invalid_blocks", reason)),
                row("chat.update", "no_text", "channel", Seed.GENERAL, "ts", "$own"),
                row("chat.update", "cant_update_message", "channel", Seed.GENERAL, "ts", "$danas", "text", "x"),
                row("chat.update", "is_inactive", "channel", "$archive", "ts", "$in-archive", "text", "x"),
                row("chat.delete", "cant_delete_message", "channel", Seed.GENERAL, "ts", "$danas"),
                row("chat.postEphemeral", "no_text", "channel", Seed.GENERAL, "user", Seed.DANA),
                row("chat.postEphemeral", "is_archived", "channel", Seed.OLD_REQUESTS, "user", Seed.DANA, "text", "x"),
                row("chat.postEphemeral", "not_in_channel", "channel", Seed.NO_BOT, "user", Seed.DANA, "text", "x"),
                row("chat.postEphemeral", "cannot_reply_to_message", "channel", Seed.GENERAL, "user", Seed.DANA, "text",
                        "x", "thread_ts", NEVER),
                row("chat.postEphemeral", "user_not_in_channel", "channel", Seed.GENERAL, "user", "U9", "text", "x"));
    }

    private static List<Refusal> marks() {
        return List.of(
                row("reactions.remove", "bad_timestamp", "channel", Seed.GENERAL, "timestamp", "x", "name", "eyes"),
                row("reactions.remove", "no_reaction", "channel", Seed.GENERAL, "timestamp", "$danas", "name", "eyes"),
                row("reactions.remove", "is_archived", "channel", "$archive", "timestamp", "$in-archive", "name",
                        "eyes"),
                row("reactions.get", "bad_timestamp", "channel", Seed.GENERAL, "timestamp", "x"),
                row("pins.add", "is_archived", "channel", "$archive", "timestamp", "$in-archive"),
                row("pins.remove", "is_archived", "channel", "$archive", "timestamp", "$in-archive"),
                row("pins.remove", "not_in_channel", "channel", Seed.NO_BOT, "timestamp", NEVER),
                row("pins.remove", "bad_timestamp", "channel", Seed.GENERAL, "timestamp", "x"),
                row("pins.remove", "no_pin", "channel", Seed.GENERAL, "timestamp", "$danas"));
    }

    private static List<Refusal> bookmarks() {
        String[] bookmark = {"channel_id", Seed.GENERAL, "bookmark_id", "$bookmark"};
        return List.of(row("bookmarks.edit", "invalid_link", with(bookmark, "link", "mailto:x@example.com")),
                row("bookmarks.edit", "invalid_emoji", with(bookmark, "emoji", "book")),
                row("bookmarks.edit", "permission_denied", "channel_id", Seed.NO_BOT, "bookmark_id", "$bookmark"),
                row("bookmarks.remove", "permission_denied", "channel_id", "$archive", "bookmark_id", "$bookmark"));
    }

    private static String[] with(String[] arguments, String name, String value) {
        return Stream.concat(Stream.of(arguments), Stream.of(name, value)).toArray(String[]::new);
    }

    private static List<Refusal> pages() {
        return List.of(row("conversations.list", "invalid_cursor", "cursor", "x"),
                row("conversations.list", "invalid_limit", "limit", "-1"),
                row("conversations.list", "invalid_limit", "limit", "99999999999"),
                row("conversations.members", "invalid_limit", "channel", Seed.GENERAL, "limit", "-1"),
                row("conversations.members", "invalid_cursor", "channel", Seed.GENERAL, "cursor", "x"),
                row("conversations.replies", "invalid_cursor", "channel", Seed.GENERAL, "ts", "$own", "cursor", "x"),
                row("conversations.replies", "invalid_ts_oldest", "channel", Seed.GENERAL, "ts", "$own", "oldest", "x"),
                row("conversations.replies", "invalid_ts_latest", "channel", Seed.GENERAL, "ts", "$own", "latest", "x"),
                row("conversations.replies", "not_in_channel", "channel", Seed.NO_BOT, "ts", NEVER),
                row("conversations.history", "invalid_ts_latest", "channel", Seed.GENERAL, "latest", "x"),
                row("users.list", "invalid_cursor", "cursor", "x"));
    }

    private static List<Refusal> opening() {
        return List.of(row("conversations.open", "method_not_supported_for_channel_type", "channel", Seed.GENERAL),
                row("conversations.open", "not_enough_users", "users", " , "),
                row("conversations.open", "invalid_user_combination", "users", Seed.BOT_USER),
                row("conversations.open", "invalid_user_combination", "users", Seed.DANA + "," + Seed.BOT_USER),
                row("conversations.open", "user_not_found", "users", Seed.DANA + ",U9"),
                row("conversations.open", "user_disabled", "users", Seed.DANA + "," + Seed.INES),
                row("conversations.open", "channel_not_found", "users", Seed.PIA + "," + Seed.PAUL, "prevent_creation",
                        "true"));
    }

    private static List<Refusal> others() {
        String modal = Kit.modal("", "");
        return List.of(row("apps.connections.open", "forbidden_team"),
                row("views.push", "not_found", "trigger_id", "$trigger", "view", modal),
                new Refusal("views.update", pairs("view", modal), List.of("invalid_arguments",
                        "[ERROR] missing required field: view_id [json-pointer:]")),
                new Refusal("views.update", pairs("view_id", "$view", "view", "{\"type\":\"home\",\"blocks\":[]}"),
                        List.of("invalid_arguments",
                                "[ERROR] must be a valid enum value [json-pointer:/view/type]")),
                row("conversations.setTopic", "is_archived", "channel", Seed.OLD_REQUESTS, "topic", "x"),
                row("conversations.setPurpose", "not_in_channel", "channel", Seed.NO_BOT, "purpose", "x"),
                row("conversations.kick", "is_archived", "channel", "$archive", "user", Seed.DANA),
                row("team.info", "team_not_found", "domain", "elsewhere"));
    }
}
