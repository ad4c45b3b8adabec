package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Cursor pages: {@code limit} items from {@code cursor}, and {@code response_metadata.next_cursor} for the rest. */
final class Pages {
    private static final String PREFIX = "offset:";

    private Pages() {}

    static ObjectNode page(Arguments arguments, String field, List<? extends JsonNode> all, int usual) {
        int limit = arguments.number("limit", usual);
        if (limit < 1 || limit > 1000) {
            limit = usual;
        }
        int from = arguments.text("cursor").map(Pages::offset).orElse(0);
        if (from > all.size()) {
            throw ApiError.of("invalid_cursor");
        }
        int to = Math.min(all.size(), from + limit);
        ObjectNode answer = Json.object();
        ArrayNode items = answer.putArray(field);
        all.subList(from, to).forEach(items::add);
        answer.putObject("response_metadata").put("next_cursor", to < all.size() ? cursor(to) : "");
        return answer;
    }

    private static String cursor(int offset) {
        return Base64.getEncoder().encodeToString((PREFIX + offset).getBytes(StandardCharsets.UTF_8));
    }

    private static int offset(String cursor) {
        try {
            String text = new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (text.matches(PREFIX + "\\d{1,8}")) {
                return Integer.parseInt(text.substring(PREFIX.length()));
            }
        } catch (IllegalArgumentException notBase64) {
            throw ApiError.of("invalid_cursor");
        }
        throw ApiError.of("invalid_cursor");
    }
}
