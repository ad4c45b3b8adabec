package dev.steward.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;

/**
 * Finds the values that {@code show -json} of a plan marks as sensitive.
 *
 * <p>
 * A mark has the form of its value: {@code true} covers all below it, an object or a list goes along with the value.
 *
 * @see <a href="https://developer.hashicorp.com/terraform/internals/json-format">JSON output format</a>
 */
final class SensitiveValues {
    private final Consumer<JsonNode> found;

    SensitiveValues(Consumer<JsonNode> found) {
        this.found = found;
    }

    void plan(JsonNode show) {
        variables(show);
        for (String changes : new String[]{"resource_changes", "resource_drift"}) {
            show.path(changes).forEach(resource -> change(resource.path("change")));
        }
        show.path("output_changes").forEach(this::change);
        values(show.path("prior_state").path("values"));
        values(show.path("planned_values"));
    }

    private void variables(JsonNode show) {
        show.path("configuration").path("root_module").path("variables").properties().forEach(variable -> {
            if (variable.getValue().path("sensitive").asBoolean()) {
                found.accept(show.path("variables").path(variable.getKey()).path("value"));
                found.accept(variable.getValue().path("default"));
            }
        });
    }

    private void change(JsonNode change) {
        marked(change.path("before"), change.path("before_sensitive"));
        marked(change.path("after"), change.path("after_sensitive"));
    }

    private void values(JsonNode values) {
        values.path("outputs").forEach(output -> marked(output.path("value"), output.path("sensitive")));
        module(values.path("root_module"));
    }

    private void module(JsonNode module) {
        module.path("resources").forEach(r -> marked(r.path("values"), r.path("sensitive_values")));
        module.path("child_modules").forEach(this::module);
    }

    private void marked(JsonNode value, JsonNode mark) {
        if (mark.isBoolean()) {
            if (mark.asBoolean()) {
                found.accept(value);
            }
        } else if (mark.isObject()) {
            mark.properties().forEach(e -> marked(value.path(e.getKey()), e.getValue()));
        } else if (mark.isArray()) {
            for (int i = 0; i < mark.size(); i++) {
                marked(value.path(i), mark.get(i));
            }
        }
    }
}
