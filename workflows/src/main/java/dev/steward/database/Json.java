package dev.steward.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/**
 * JSON text as the database stores it: compact, with sorted keys, so that equal values have equal text and equal
 * hashes.
 */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder().enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    private Json() {}

    /** The canonical text of any value that Jackson can write: keys sorted at every depth, no white space. */
    public static String text(Object value) {
        try {
            Object plain = value instanceof JsonNode node ? MAPPER.treeToValue(node, Object.class) : value;
            return MAPPER.writeValueAsString(plain);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not representable as JSON: " + value.getClass(), e);
        }
    }

    /**
     * Parses JSON text.
     *
     * @throws IllegalArgumentException if it is not JSON; neither the message nor a cause quotes the text
     */
    public static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            // Jackson's message quotes the word that it stumbled over, so it may not be the cause.
            throw new IllegalArgumentException("not valid JSON: " + e.getClass().getSimpleName());
        }
    }

    /** Any value as a tree. */
    public static JsonNode toTree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** A JSON object's text as a map. */
    public static Map<String, Object> map(String text) {
        return MAPPER.convertValue(tree(text), new TypeReference<>() {
        });
    }

    /** Reads JSON text as a value of the type given. */
    public static <T> T read(String text, Class<T> type) {
        return MAPPER.convertValue(tree(text), type);
    }
}
