package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields and the token of a request. A token in a form or in the query counts; in a JSON body it does not.
 *
 * @param fields the arguments without the token
 * @param json   whether the body was JSON
 */
record RequestBody(ObjectNode fields, Optional<String> token, boolean json) {
    /** Fields of one request. Slack gives no number: this one is ours, and the largest method takes twenty. */
    static final int FIELDS = 1000;

    private static final Pattern CHARSET = Pattern.compile(";\\s*charset=\"?([^\";\\s]*)");
    private static final Set<String> CHARSETS = Set.of("utf-8", "iso-8859-1");
    private static final String BEARER = "bearer ";

    static RequestBody read(ApiRequest request) {
        ObjectNode fields = Json.object();
        form(request.query(), fields);
        String type = request.contentType().orElse("").toLowerCase(Locale.ROOT);
        if (!CHARSETS.contains(charset(type))) {
            throw ApiError.of("invalid_charset");
        }
        boolean json = type.startsWith("application/json");
        if (json) {
            fields.setAll(parsed(request.body()));
        } else if (type.startsWith("application/x-www-form-urlencoded")) {
            form(request.body().orElseThrow(() -> ApiError.of("invalid_form_data")), fields);
        } else if (!request.body().equals(Optional.of(""))) {
            throw ApiError.of(type.isEmpty() ? "missing_post_type" : "invalid_post_type");
        }
        if (fields.size() > FIELDS) {
            throw ApiError.of(json ? "invalid_json" : "invalid_form_data");
        }
        JsonNode inline = fields.remove("token");
        Optional<String> token = bearer(request)
                .or(() -> Optional.ofNullable(json ? null : inline).map(JsonNode::asText))
                .filter(one -> !one.isEmpty());
        return new RequestBody(fields, token, json);
    }

    /** The charset that a content type names, in lower case; UTF-8 where it names none. */
    static String charset(String contentType) {
        Matcher named = CHARSET.matcher(contentType.toLowerCase(Locale.ROOT));
        return named.find() ? named.group(1) : "utf-8";
    }

    private static Optional<String> bearer(ApiRequest request) {
        return request.authorization().filter(header -> header.toLowerCase(Locale.ROOT).startsWith(BEARER))
                .map(header -> header.substring(BEARER.length()).strip()).filter(token -> !token.isEmpty());
    }

    private static ObjectNode parsed(Optional<String> body) {
        JsonNode parsed = body.flatMap(Json::parse).orElseThrow(() -> ApiError.of("invalid_json"));
        if (parsed instanceof ObjectNode object) {
            return object;
        }
        throw ApiError.of("json_not_object");
    }

    private static void form(String body, ObjectNode fields) {
        for (String pair : body.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            try {
                fields.put(decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            } catch (IllegalArgumentException badEscape) {
                throw ApiError.of("invalid_form_data");
            }
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
