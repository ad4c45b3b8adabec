package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One row of the table {@code methods.json}.
 *
 * @param scopes   any one suffices; empty means none is needed
 * @param json     whether a JSON body is taken
 * @param appLevel whether it takes the app-level token instead of the bot's
 */
record MethodSpec(String name, Set<String> scopes, String tier, boolean json, boolean appLevel,
        Map<String, Argument> arguments) {
    /**
     * One argument.
     *
     * @param types any of {@code string}, {@code boolean}, {@code number}, {@code array}, {@code null}; empty takes all
     */
    record Argument(boolean required, Set<String> types) {
        static Argument parse(String text) {
            boolean required = text.startsWith("!");
            String types = required ? text.substring(1) : text;
            return new Argument(required, types.isEmpty() ? Set.of() : Set.of(types.split("\\|")));
        }
    }

    /** Calls a minute, from the tier. Methods of a special tier have rules of their own. */
    OptionalInt perMinute() {
        String digits = tier.replaceAll("\\D", "");
        return digits.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
    }

    /** The table, by method name. */
    static Map<String, MethodSpec> table() {
        Map<String, MethodSpec> table = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> row : resource().path("methods").properties()) {
            table.put(row.getKey(), parse(row.getKey(), row.getValue()));
        }
        return table;
    }

    private static MethodSpec parse(String name, JsonNode row) {
        List<String> scopes = new ArrayList<>();
        row.path("bot_scopes").forEach(scope -> scopes.add(scope.asText()));
        Map<String, Argument> arguments = new LinkedHashMap<>();
        row.path("args").properties()
                .forEach(arg -> arguments.put(arg.getKey(), Argument.parse(arg.getValue().asText())));
        return new MethodSpec(name, Set.copyOf(scopes), row.path("tier").asText(), row.path("json").asBoolean(),
                row.path("app_level").asBoolean(), arguments);
    }

    private static ObjectNode resource() {
        try (InputStream in = MethodSpec.class.getResourceAsStream("methods.json")) {
            if (in == null) {
                throw new IllegalStateException("methods.json is not beside MethodSpec on the class path");
            }
            return Json.parseObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
