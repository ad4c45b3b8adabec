package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.playground.emulator.StrictnessTest.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What each method of the table answers to an argument that it does not know, that is of another type, or missing. */
final class MethodArguments {
    /** Where a missing argument is not answered by {@code invalid_arguments}. */
    private static final Map<String, String> MISSING = Map.of("channel", "channel_not_found",
            "conversations.create name", "invalid_name_required", "conversations.rename name", "invalid_name_required",
            "conversations.invite users", "no_user", "users.info user", "user_not_found", "users.lookupByEmail email",
            "users_not_found", "usergroups.users.list usergroup", "no_such_subteam", "reactions.add timestamp",
            "no_item_specified", "reactions.add name", "invalid_name", "reactions.remove name", "invalid_name");

    private MethodArguments() {}

    static Stream<Refusal> rows() {
        return MethodRefusals.table().propertyStream()
                .flatMap(method -> rows(method.getKey(), method.getValue().path("args")).stream());
    }

    private static List<Refusal> rows(String method, JsonNode arguments) {
        List<Refusal> rows = new ArrayList<>();
        rows.add(invalid(method, Map.of("colour", "red"), "invalid additional property: colour [json-pointer:]"));
        for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
            String name = argument.getKey();
            String type = argument.getValue().asText();
            if (type.equals("boolean") || type.equals("number")) {
                rows.add(invalid(method, Map.of(name, "maybe"),
                        "must provide a " + type + " [json-pointer:/" + name + "]"));
            }
            if (type.startsWith("!")) {
                rows.add(without(method, name, arguments));
            }
        }
        return rows;
    }

    private static Refusal without(String method, String name, JsonNode arguments) {
        Map<String, String> others = new LinkedHashMap<>();
        arguments.properties().stream().filter(one -> one.getValue().asText().startsWith("!"))
                .filter(one -> !one.getKey().equals(name)).forEach(one -> others.put(one.getKey(), "x"));
        String error = MISSING.getOrDefault(method + " " + name, MISSING.getOrDefault(name, ""));
        return error.isEmpty()
                ? invalid(method, others, "missing required field: " + name + " [json-pointer:]")
                : new Refusal(method, others, List.of(error));
    }

    private static Refusal invalid(String method, Map<String, String> arguments, String reason) {
        return new Refusal(method, arguments, List.of("invalid_arguments", "[ERROR] " + reason));
    }
}
