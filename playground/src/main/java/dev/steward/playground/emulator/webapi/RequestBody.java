package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The fields and the token of a request. A token in a form or in the query counts; in a JSON body it does not.
 *
 * @param fields the arguments without the token
 * @param json   whether the body was JSON
 */
record RequestBody(ObjectNode fields, Optional<String> token, boolean json) {
    static RequestBody read(ApiRequest request) {
        ObjectNode fields = Json.object();
        request.query().forEach(fields::put);
        String type = request.contentType().orElse("").toLowerCase(Locale.ROOT);
        boolean json = type.startsWith("application/json");
        if (json) {
            fields.setAll(parsed(request.body()));
        } else if (type.startsWith("application/x-www-form-urlencoded")) {
            form(request.body(), fields);
        } else if (!request.body().isEmpty()) {
            throw ApiError.of(type.isEmpty() ? "missing_post_type" : "invalid_post_type");
        }
        Optional<String> bearer = request.authorization().filter(header -> header.startsWith("Bearer "))
                .map(header -> header.substring("Bearer ".length()).strip());
        JsonNode inline = fields.remove("token");
        Optional<String> token = bearer.or(() -> Optional.ofNullable(json ? null : inline).map(JsonNode::asText));
        return new RequestBody(fields, token, json);
    }

    private static ObjectNode parsed(String body) {
        JsonNode parsed = Json.parse(body).orElseThrow(() -> ApiError.of("invalid_json"));
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
