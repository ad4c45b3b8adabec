package dev.steward.modules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.steward.database.Json;
import dev.steward.modules.ModuleDescriptor.Output;
import dev.steward.modules.ModuleDescriptor.Variable;
import java.util.ArrayList;
import java.util.Optional;

/** A descriptor as the {@code module} table stores it. */
final class DescriptorJson {
    private DescriptorJson() {}

    static String write(ModuleDescriptor descriptor) {
        var root = JsonNodeFactory.instance.objectNode().put("name", descriptor.name())
                .put("title", descriptor.title()).put("description", descriptor.description());
        descriptor.credentials().ifPresent(profile -> root.put("credentials", profile));
        var variables = root.putArray("variables");
        for (Variable variable : descriptor.variables()) {
            var node = variables.addObject().put("name", variable.name()).put("type", variable.type())
                    .put("description", variable.description()).put("sensitive", variable.sensitive());
            variable.fallback().ifPresent(fallback -> node.set("default", fallback));
        }
        var outputs = root.putArray("outputs");
        for (Output output : descriptor.outputs()) {
            outputs.addObject().put("name", output.name()).put("description", output.description())
                    .put("sensitive", output.sensitive());
        }
        return Json.text(root);
    }

    static ModuleDescriptor read(String text) {
        JsonNode root = Json.tree(text);
        var variables = new ArrayList<Variable>();
        root.path("variables").forEach(v -> variables.add(new Variable(text(v, "name"), text(v, "type"),
                text(v, "description"), Optional.ofNullable(v.get("default")), v.path("sensitive").asBoolean())));
        var outputs = new ArrayList<Output>();
        root.path("outputs").forEach(
                o -> outputs.add(new Output(text(o, "name"), text(o, "description"), o.path("sensitive").asBoolean())));
        return new ModuleDescriptor(text(root, "name"), text(root, "title"), text(root, "description"),
                Optional.ofNullable(root.get("credentials")).map(JsonNode::asText), variables, outputs);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }
}
