package dev.steward.playground.emulator;

import dev.steward.playground.emulator.workspace.Seed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Requests that no good client sends, and what is answered. */
final class BadInput {
    private static final String BEARER = "Authorization: Bearer $bot";
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
    private static final String JSON = "Content-Type: application/json; charset=utf-8";
    private static final String POST = "/api/chat.postMessage";
    private static final String SAID = "\"channel\":\"" + Seed.GENERAL + "\",\"text\":";
    private static final int MOST = 4_000_000;

    private BadInput() {}

    /**
     * A request.
     *
     * @param body   as it is sent: a character for each byte
     * @param answer what its answer contains
     */
    record Bad(String name, String verb, String target, List<String> headers, String body, int status, String answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Bad> requests() {
        return Stream.of(methods(), tokens(), json(), forms(), contentTypes(), sizes(), values())
                .flatMap(List::stream);
    }

    /** A request with the bot's token and a form. */
    static Bad form(String name, String body, String error) {
        return ok(name, POST, List.of(BEARER, FORM), body, error);
    }

    private static Bad json(String name, String body, String error) {
        return ok(name, POST, List.of(BEARER, JSON), body, error);
    }

    private static Bad ok(String name, String target, List<String> headers, String body, String error) {
        return new Bad(name, "POST", target, headers, bytes(body), 200, error);
    }

    private static Bad get(String name, String target, int status, String answer) {
        return new Bad(name, "GET", target, List.of(BEARER), "", status, answer);
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static List<Bad> methods() {
        return List.of(ok("an unknown method", "/api/chat.shout", List.of(BEARER, FORM), "", "\"unknown_method\""),
                ok("a method in capitals", "/api/CHAT.POSTMESSAGE", List.of(BEARER, FORM), "", "\"unknown_method\""),
                ok("a method without a token", "/api/chat.shout", List.of(FORM), "", "\"unknown_method\""),
                get("a very long method", "/api/" + "x".repeat(3000), 200, "\"unknown_method\""),
                get("a method with odd letters", "/api/%E2%9C%93", 200, "\"unknown_method\""),
                get("no method", "/api/", 404, ""), get("a folder of methods", "/api/chat/postMessage", 404, ""),
                get("a broken escape in the path", "/api/%zz", 400, ""),
                get("a way out of the folder", "/api/../_control/nothing", 404, ""),
                get("an address that is too long", "/api/auth.test?x=" + "x".repeat(100_000), 414, ""),
                new Bad("an unknown verb", "BREW", "/api/auth.test", List.of(BEARER), "", 404, ""),
                new Bad("PUT", "PUT", "/api/auth.test", List.of(BEARER), "", 404, ""),
                new Bad("DELETE", "DELETE", "/api/auth.test", List.of(BEARER), "", 404, ""));
    }

    private static List<Bad> tokens() {
        String auth = "/api/auth.test";
        return List.of(ok("no token", auth, List.of(FORM), "", "\"not_authed\""),
                ok("an empty token in the header", auth, List.of("Authorization: Bearer ", FORM), "", "\"not_authed\""),
                ok("an empty token in the form", auth, List.of(FORM), "token=", "\"not_authed\""),
                ok("another scheme", auth, List.of("Authorization: Basic $bot", FORM), "", "\"not_authed\""),
                ok("no scheme", auth, List.of("Authorization: $bot", FORM), "", "\"not_authed\""),
                ok("a wrong token", auth, List.of("Authorization: Bearer xoxb-1", FORM), "", "\"invalid_auth\""),
                ok("a cut off token", auth, List.of("Authorization: Bearer xox", FORM), "", "\"invalid_auth\""),
                ok("a garbled token", auth, List.of("Authorization: Bearer \u00e9\u00ff{}", FORM), "",
                        "\"invalid_auth\""),
                ok("a wrong token in the form", auth, List.of(FORM), "token=xoxb-1", "\"invalid_auth\""),
                ok("a wrong token in the query", auth + "?token=xoxb-1", List.of(FORM), "", "\"invalid_auth\""),
                ok("the token in JSON", auth, List.of(JSON), "{\"token\":\"xoxb-1\"}", "\"not_authed\""),
                ok("a wrong token in the header, a right one in the query", auth + "?token=$bot",
                        List.of("Authorization: Bearer xoxb-1", FORM), "", "\"invalid_auth\""),
                ok("the app's token for a bot's method", auth, List.of("Authorization: Bearer $app", FORM), "",
                        "\"not_allowed_token_type\""),
                ok("the bot's token for an app's method", "/api/apps.connections.open", List.of(BEARER, FORM), "",
                        "\"not_allowed_token_type\""),
                ok("a small bearer, which is taken", auth, List.of("Authorization: bearer $bot", FORM), "",
                        "\"ok\":true"),
                new Bad("a token that is too long", "POST", auth,
                        List.of("Authorization: Bearer " + "x".repeat(100_000)),
                        "", 431, ""));
    }

    private static List<Bad> json() {
        List<Bad> rows = new ArrayList<>(List.of(json("JSON that is none", "{oops", "\"invalid_json\""),
                json("JSON that breaks off", "{\"channel\":\"C", "\"invalid_json\""),
                json("no JSON", "", "\"invalid_json\""), json("only white space", " \n", "\"invalid_json\""),
                json("a list", "[]", "\"json_not_object\""), json("a text", "\"x\"", "\"json_not_object\""),
                json("null", "null", "\"json_not_object\""),
                json("two objects", "{} {}", "\"invalid_json\""),
                json("a key twice", "{" + SAID + "\"x\",\"text\":\"y\"}", "\"invalid_json\""),
                json("a form as JSON", "channel=C1&text=x", "\"invalid_json\""),
                json("lists in lists without an end", "{\"blocks\":" + "[".repeat(100_000), "\"invalid_json\""),
                json("objects in objects", "{\"a\":".repeat(5000) + "1" + "}".repeat(5000), "\"invalid_json\""),
                json("a number of a thousand digits and one", "{\"limit\":" + "9".repeat(1001) + "}",
                        "\"invalid_json\""),
                json("more keys than any method has", keys(1001), "\"invalid_json\""),
                json("a bad name", "{\"" + "x".repeat(10_000) + "\":1}", "\"invalid_arg_name\""),
                json("an object where a text is due", "{\"channel\":{},\"text\":\"x\"}",
                        "must provide a string [json-pointer:/channel]"),
                json("half a character, which is taken", "{" + SAID + "\"\\ud800\"}", "\"ok\":true"),
                ok("a number that is too large", "/api/conversations.history", List.of(BEARER, JSON),
                        "{\"channel\":\"C1\",\"limit\":1" + "0".repeat(30) + "}",
                        "must provide a number [json-pointer:/limit]"),
                ok("a number beyond numbers", "/api/conversations.history", List.of(BEARER, JSON),
                        "{\"channel\":\"C1\",\"limit\":1e999}", "must provide a number [json-pointer:/limit]")));
        rows.add(latin("JSON that is no UTF-8", JSON, "{\"text\":\"\u00ff\"}", "\"invalid_json\""));
        return rows;
    }

    private static String keys(int count) {
        StringBuilder keys = new StringBuilder("{\"k0\":1");
        for (int i = 1; i < count; i++) {
            keys.append(",\"k").append(i).append("\":1");
        }
        return keys.append('}').toString();
    }

    private static Bad latin(String name, String type, String latin, String error) {
        return new Bad(name, "POST", POST, List.of(BEARER, type), latin, 200, error);
    }

    private static List<Bad> forms() {
        String good = "channel=" + Seed.GENERAL + "&text=";
        return List.of(form("a broken escape", good + "%zz", "\"invalid_form_data\""),
                form("half an escape", good + "100%", "\"invalid_form_data\""),
                form("a broken escape in a name", "%zz=x", "\"invalid_form_data\""),
                latin("a form that is no UTF-8", FORM, good + "\u00ff", "\"invalid_form_data\""),
                form("an escape of half a character, which is taken", good + "%FF", "\"ok\":true"),
                form("a field twice, of which the last counts", "channel=C9&" + good + "x", "\"ok\":true"),
                form("only separators", "&&&", "\"channel_not_found\""),
                form("a field without a name", "=x", "\"invalid_arg_name\""),
                form("a field without a value", "channel", "\"channel_not_found\""),
                form("a field of a list", "channel[0]=x", "\"invalid_array_arg\""),
                form("a field of a list without a number", "channel%5B%5D=x", "\"invalid_array_arg\""),
                form("JSON as a form", "{" + SAID + "\"x\"}", "\"invalid_arg_name\""),
                form("more fields than any method has", many(1001),
                        "\"invalid_form_data\""),
                form("a hundred thousand fields", many(100_000), "\"invalid_form_data\""),
                get("a broken escape in the query", "/api/auth.test?x=%zz", 200, "\"invalid_form_data\""),
                get("GET, which is taken", "/api/auth.test", 200, "\"ok\":true"),
                get("GET of a method that writes, which is taken", POST + "?" + good + "x", 200, "\"ok\":true"),
                ok("a mix of query and form, which is taken", POST + "?channel=" + Seed.GENERAL, List.of(BEARER, FORM),
                        "text=x", "\"ok\":true"));
    }

    private static String many(int count) {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < count; i++) {
            fields.append("&f").append(i).append("=1");
        }
        return fields.toString();
    }

    private static List<Bad> contentTypes() {
        String auth = "/api/auth.test";
        String odd = FORM + "; charset=klingon";
        return List.of(ok("a body without a type", auth, List.of(BEARER), "x=1", "\"missing_post_type\""),
                ok("a type that no method takes", auth, List.of(BEARER, "Content-Type: text/csv"), "a,b",
                        "\"invalid_post_type\""),
                ok("a type that is none", auth, List.of(BEARER, "Content-Type: ////"), "x", "\"invalid_post_type\""),
                ok("XML", auth, List.of(BEARER, "Content-Type: text/xml"), "<x/>", "\"invalid_post_type\""),
                ok("a charset that there is not", auth, List.of(BEARER, odd), "", "\"invalid_charset\""),
                ok("a charset that Slack does not take", auth,
                        List.of(BEARER, "Content-Type: application/json; charset=utf-16"), "{}", "\"invalid_charset\""),
                new Bad("Latin-1, which is taken", "POST", POST,
                        List.of(BEARER, "Content-Type: application/json; charset=ISO-8859-1"),
                        "{" + SAID + "\"caf\u00e9\"}", 200, "caf\u00e9"));
    }

    /** JSON where the table says that none is taken. */
    static Stream<Bad> jsonWhereNoneIsTaken() {
        return MethodRefusals.table().propertyStream().filter(method -> !method.getValue().path("json").asBoolean())
                .map(method -> ok(method.getKey() + " with JSON", "/api/" + method.getKey(), List.of(BEARER, JSON),
                        "{}", "\"invalid_post_type\""));
    }

    private static List<Bad> sizes() {
        String over = "text=" + "x".repeat(MOST - 4);
        String chunked = Integer.toHexString(over.length()) + "\r\n" + over + "\r\n0\r\n\r\n";
        List<String> headers = List.of(BEARER, FORM);
        return List.of(new Bad("one byte too many", "POST", POST, headers, over, 413, ""),
                new Bad("one byte too many, not announced", "POST", POST,
                        List.of(BEARER, FORM, "Transfer-Encoding: chunked"), chunked, 413, ""),
                new Bad("ten gigabytes announced", "POST", POST,
                        List.of(BEARER, FORM, "Content-Length: 10000000000"), "", 413, ""),
                new Bad("a body that breaks off", "POST", POST, List.of(BEARER, FORM, "Content-Length: 100"), "text=",
                        400, ""),
                new Bad("a chunk that breaks off", "POST", POST, List.of(BEARER, FORM, "Transfer-Encoding: chunked"),
                        "5\r\ntext", 400, ""),
                new Bad("a length that is none", "POST", POST, List.of(BEARER, FORM, "Content-Length: many"),
                        "", 400, ""),
                new Bad("a chunk that is none", "POST", POST, List.of(BEARER, FORM, "Transfer-Encoding: chunked"),
                        "zz\r\n", 400, ""),
                form("as large as may be, which is cut off", "channel=" + Seed.GENERAL + "&text="
                        + "x".repeat(MOST - 100), "message_truncated"));
    }

    private static List<Bad> values() {
        String blocks = "channel=" + Seed.GENERAL + "&text=x&blocks=";
        String view = "view=%7B%22type%22%3A%22home%22%2C%22blocks%22%3A";
        return List.of(form("blocks in blocks without an end", blocks + "[".repeat(100_000),
                "\"invalid_blocks_format\""),
                form("blocks in blocks", blocks + "[".repeat(900) + "]".repeat(900),
                        "must provide an object [json-pointer:/blocks/0]"),
                form("a hundred thousand blocks", blocks + "[" + "{},".repeat(100_000) + "{}]",
                        "no more than 50 items allowed [json-pointer:/blocks]"),
                form("metadata in metadata without an end", "channel=" + Seed.GENERAL + "&text=x&metadata="
                        + "{\"a\":".repeat(50_000), "\"invalid_metadata_format\""),
                ok("a view in a view without an end", "/api/views.publish", List.of(BEARER, FORM),
                        "user_id=" + Seed.DANA + "&" + view + "[".repeat(100_000), "\"invalid_arguments\""),
                ok("a limit beyond what fits", "/api/conversations.list", List.of(BEARER, FORM),
                        "limit=999999999999999999", "\"invalid_limit\""),
                ok("a limit of a thousand digits", "/api/conversations.list", List.of(BEARER, FORM),
                        "limit=" + "9".repeat(1000), "must provide a number"),
                ok("a number of fifty thousand digits", "/api/views.publish", List.of(BEARER, FORM),
                        "user_id=" + Seed.DANA + "&" + view + "[{\"type\":\"input\",\"label\":" + Kit.plain(1)
                                + ",\"element\":{\"type\":\"number_input\",\"is_decimal_allowed\":true,\"min_value\":\"1\","
                                + "\"max_value\":\"" + "9".repeat(50_000) + "\"}}]}",
                        "\"ok\":true"));
    }

    static Stream<Bad> responses() {
        List<String> json = List.of(JSON);
        String good = "{\"text\":\"x\"}";
        return Stream.of(new Bad("no JSON", "POST", "$url", json, "x", 400,
                "\"invalid_payload\""),
                new Bad("nothing", "POST", "$url", json, "", 400, "\"invalid_payload\""),
                new Bad("a list", "POST", "$url", json, "[]", 400,
                        "\"invalid_payload\""),
                new Bad("no UTF-8", "POST", "$url", json,
                        "{\"text\":\"\u00ff\"}", 400, "\"invalid_payload\""),
                new Bad("lists in lists without an end", "POST", "$url", json,
                        "[".repeat(100_000), 400, "\"invalid_payload\""),
                new Bad("nothing to say", "POST", "$url", json, "{}", 400,
                        "\"no_text\""),
                new Bad("an unknown property", "POST", "$url", json,
                        "{\"text\":\"x\",\"colour\":\"red\"}", 400,
                        "invalid additional property: colour [json-pointer:]"),
                new Bad("an unknown type", "POST", "$url", json,
                        "{\"text\":\"x\",\"response_type\":\"loud\"}", 400,
                        "must be a valid enum value [json-pointer:/response_type]"),
                new Bad("too much", "POST", "$url", json, "x".repeat(MOST + 1), 413, ""),
                new Bad("an unknown url", "POST", "$url0", json, good, 404, "\"invalid_url\""),
                new Bad("GET", "GET", "$url", List.of(), "", 404, ""));
    }
}
