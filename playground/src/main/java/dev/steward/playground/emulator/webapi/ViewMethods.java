package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.blockkit.BlockKit;
import dev.steward.playground.emulator.blockkit.Problem;
import dev.steward.playground.emulator.forms.Form;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.SlackJson;
import dev.steward.playground.emulator.workspace.StoredView;
import dev.steward.playground.emulator.workspace.Triggers.Worth;
import dev.steward.playground.emulator.workspace.Views;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The methods {@code views.*}. A view that is refused leaves its trigger unused. */
final class ViewMethods {
    private final Workspace workspace;

    ViewMethods(Workspace workspace) {
        this.workspace = workspace;
    }

    Map<String, Method> all() {
        return Map.of("views.open", this::open, "views.push", this::push, "views.update", this::update,
                "views.publish", this::publish);
    }

    private ObjectNode open(Arguments arguments) {
        ObjectNode definition = definition(arguments, "modal");
        String personId = person(arguments);
        externalIdFree(definition, Optional.empty());
        exchange(arguments);
        return shown(workspace.views().open(personId, definition));
    }

    private ObjectNode push(Arguments arguments) {
        ObjectNode definition = definition(arguments, "modal");
        String personId = person(arguments);
        int depth = workspace.views().stack(personId).size();
        if (depth == 0) {
            throw ApiError.of("not_found");
        }
        if (depth >= Views.DEPTH) {
            throw ApiError.of("push_limit_reached");
        }
        externalIdFree(definition, Optional.empty());
        exchange(arguments);
        return shown(workspace.views().push(personId, definition));
    }

    private ObjectNode update(Arguments arguments) {
        Optional<String> id = arguments.text("view_id");
        Optional<String> externalId = arguments.text("external_id");
        if (id.isEmpty() && externalId.isEmpty()) {
            throw ApiError.invalidArguments(List.of("missing required field: view_id [json-pointer:]"));
        }
        ObjectNode given = definition(arguments, "any");
        StoredView view = id.flatMap(workspace.views()::byId)
                .or(() -> externalId.flatMap(workspace.views()::byExternalId))
                .orElseThrow(() -> ApiError.of("not_found"));
        if (!given.path("type").equals(view.definition().path("type"))) {
            throw ApiError.invalidArguments(List.of("must be a valid enum value [json-pointer:/view/type]"));
        }
        sameHash(arguments, view);
        externalIdFree(given, Optional.of(view));
        return shown(workspace.views().update(view, given));
    }

    private ObjectNode publish(Arguments arguments) {
        ObjectNode definition = definition(arguments, "home");
        String personId = arguments.required("user_id");
        if (workspace.directory().account(personId).isEmpty()) {
            throw ApiError.invalidArguments(List.of("invalid `user_id` [json-pointer:/user_id]"));
        }
        Optional<StoredView> home = workspace.views().home(personId);
        home.ifPresent(view -> sameHash(arguments, view));
        externalIdFree(definition, home);
        return shown(workspace.views().publish(personId, definition));
    }

    private static ObjectNode definition(Arguments arguments, String type) {
        JsonNode given = arguments.structured("view", "invalid_arguments");
        if (!(given instanceof ObjectNode view)) {
            throw ApiError.invalidArguments(List.of("must provide an object [json-pointer:/view]"));
        }
        if (BlockKit.viewTooLarge(view)) {
            throw ApiError.of("view_too_large");
        }
        List<Problem> problems = BlockKit.view(view);
        if (!problems.isEmpty()) {
            throw ApiError.invalidArguments(problems.stream().map(Problem::toString).toList());
        }
        if (!type.equals("any") && !view.path("type").asText().equals(type)) {
            throw ApiError.invalidArguments(List.of("must be a valid enum value [json-pointer:/view/type]"));
        }
        return view;
    }

    private String person(Arguments arguments) {
        String trigger = arguments.text("trigger_id").orElseThrow(
                () -> ApiError.invalidArguments(List.of("missing required field: trigger_id [json-pointer:]")));
        return switch (workspace.triggers().worth(trigger)) {
            case Worth.Good good -> good.personId();
            case Worth.Bad bad -> throw ApiError.of(bad.error());
        };
    }

    private void exchange(Arguments arguments) {
        workspace.triggers().exchange(arguments.required("trigger_id"));
    }

    private static void sameHash(Arguments arguments, StoredView view) {
        if (arguments.text("hash").filter(hash -> !hash.equals(view.hash())).isPresent()) {
            throw ApiError.of("hash_conflict");
        }
    }

    private void externalIdFree(JsonNode definition, Optional<StoredView> self) {
        String externalId = definition.path("external_id").asText();
        if (externalId.isEmpty()) {
            return;
        }
        Optional<StoredView> holder = workspace.views().byExternalId(externalId);
        if (holder.isPresent() && !holder.map(StoredView::id).equals(self.map(StoredView::id))) {
            throw ApiError.of("duplicate_external_id");
        }
    }

    private static ObjectNode shown(StoredView view) {
        return Json.object().set("view",
                SlackJson.view(view, new Form(view.definition().path("blocks")).values(view.values())));
    }
}
