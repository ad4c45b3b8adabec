package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments of a call, checked against the method's row. From a form every value is text; structured values
 * ({@code blocks}, {@code view}, {@code metadata}, {@code attachments}) may be JSON in a text or, in a JSON body, as they
 * are.
 */
final class Arguments {
    private static final Set<String> STRUCTURED = Set.of("blocks", "attachments", "metadata", "view",
            "unfurled_attachments");
    /** What Slack answers when one of these is missing, where that is not {@code invalid_arguments}. */
    private static final Map<String, String> MISSING = Map.of("channel", "channel_not_found",
            "conversations.create/name", "invalid_name_required", "conversations.rename/name", "invalid_name_required",
            "users.info/user", "user_not_found", "users.lookupByEmail/email", "users_not_found",
            "usergroups.users.list/usergroup", "no_such_subteam", "reactions.add/timestamp", "no_item_specified",
            "reactions.add/name", "invalid_name", "reactions.remove/name", "invalid_name",
            "conversations.invite/users", "no_user");
    /** Characters of a bad name that are repeated to whoever sent it. */
    private static final int SHOWN = 100;
    /** What an empty text takes away. */
    private static final Set<String> MAY_BE_EMPTY = Set.of("topic", "purpose");

    private final ObjectNode values;

    private Arguments(ObjectNode values) {
        this.values = values;
    }

    /** Checks names, types and presence. Throws {@link ApiError} with every reason at once. */
    static Arguments checked(MethodSpec method, ObjectNode given, boolean fromJson) {
        List<String> reasons = new ArrayList<>();
        for (Map.Entry<String, JsonNode> argument : given.properties()) {
            String name = argument.getKey();
            if (name.matches("\\w{1,64}\\[\\w{0,64}]")) {
                throw ApiError.of("invalid_array_arg");
            }
            if (!name.matches("[A-Za-z0-9_]{1,64}")) {
                throw ApiError.named("invalid_arg_name",
                        List.of("invalid argument name: " + name.substring(0, Math.min(name.length(), SHOWN))));
            }
            MethodSpec.Argument spec = method.arguments().get(name);
            if (spec == null) {
                reasons.add("invalid additional property: " + name + " [json-pointer:]");
            } else {
                wrongType(name, spec, argument.getValue(), fromJson).ifPresent(reasons::add);
            }
        }
        if (!reasons.isEmpty()) {
            throw ApiError.invalidArguments(reasons);
        }
        Arguments arguments = new Arguments(given);
        arguments.requireAll(method);
        return arguments;
    }

    /** Arguments that no method's row describes, as those of a response URL. */
    static Arguments unchecked(ObjectNode given) {
        return new Arguments(given);
    }

    private void requireAll(MethodSpec method) {
        List<String> missing = new ArrayList<>();
        method.arguments().forEach((name, spec) -> {
            if (spec.required() && absent(name)) {
                String special = MISSING.get(method.name() + "/" + name);
                if (special != null || MISSING.containsKey(name)) {
                    throw ApiError.of(special != null ? special : MISSING.getOrDefault(name, "invalid_arguments"));
                }
                missing.add("missing required field: " + name + " [json-pointer:]");
            }
        });
        if (!missing.isEmpty()) {
            throw ApiError.invalidArguments(missing);
        }
    }

    private boolean absent(String name) {
        return values.path(name).isMissingNode()
                || (values.path(name).asText("x").isEmpty() && !MAY_BE_EMPTY.contains(name));
    }

    private static Optional<String> wrongType(String name, MethodSpec.Argument spec, JsonNode value, boolean fromJson) {
        Set<String> types = spec.types();
        boolean fits = types.isEmpty() || (fromJson && value.isContainerNode() && STRUCTURED.contains(name))
                || (value.isNull() && types.contains("null")) || (value.isBoolean() && types.contains("boolean"))
                || (value.canConvertToLong() && value.isIntegralNumber() && types.contains("number"))
                || (value.isArray() && types.contains("array"))
                || (value.isTextual() && fitsText(types, value.textValue()));
        if (fits) {
            return Optional.empty();
        }
        String wanted = types.contains("boolean") && !types.contains("string")
                ? "a boolean"
                : types.contains("number") ? "a number" : types.contains("array") ? "an array" : "a string";
        return Optional.of("must provide " + wanted + " [json-pointer:/" + name + "]");
    }

    private static boolean fitsText(Set<String> types, String text) {
        return types.contains("string") || types.contains("array")
                || (types.contains("boolean") && Set.of("true", "false", "1", "0").contains(text))
                || (types.contains("number") && text.matches("-?\\d{1,18}"));
    }

    /** A text that is there and not empty. */
    Optional<String> text(String name) {
        JsonNode value = values.path(name);
        return value.isMissingNode() || value.isNull() || value.asText().isEmpty()
                ? Optional.empty()
                : Optional.of(value.asText());
    }

    /** A required text: its presence has been checked. */
    String required(String name) {
        return text(name).orElseThrow(() -> ApiError.invalidArguments(
                List.of("missing required field: " + name + " [json-pointer:]")));
    }

    boolean given(String name) {
        return values.has(name) && !values.get(name).isNull();
    }

    boolean flag(String name) {
        JsonNode value = values.path(name);
        return value.equals(BooleanNode.TRUE) || Set.of("true", "1").contains(value.asText());
    }

    int number(String name, int fallback) {
        return text(name).map(Long::parseLong)
                .map(number -> Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE)).orElse(fallback);
    }

    /** A structured value; a missing node where none was given. Throws {@code error} when it is not JSON. */
    JsonNode structured(String name, String error) {
        JsonNode value = values.path(name);
        if (value.isNull() || value.isMissingNode() || (value.isTextual() && value.textValue().isEmpty())) {
            return MissingNode.getInstance();
        }
        return value.isTextual() ? Json.parse(value.textValue()).orElseThrow(() -> ApiError.of(error)) : value;
    }
}
