package dev.steward.definitions;

import dev.steward.database.Json;
import dev.steward.definitions.Facts.Requester;
import dev.steward.modules.ModuleDescriptor;
import dev.steward.modules.ModuleDescriptor.Variable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Modules, people and lookups that the tests of this package share. */
final class Fixtures {
    static final ModuleDescriptor SERVICE = new ModuleDescriptor("service", "Service", "A service", Optional.empty(),
            List.of(required("name"), required("description"), required("owner"), required("operated_by"),
                    optional("tier", "string", "\"tier-3\""),
                    optional("service_lifecycle", "string", "\"application-bound\""),
                    optional("stage", "string", "\"experimental\""), optional("audience", "string", "\"internal\""),
                    optional("data_class", "string", "\"internal\""), optional("tags", "map(string)", "{}")),
            List.of());
    static final ModuleDescriptor SERVICE_ACCESS = new ModuleDescriptor("service-access", "Access", "A grant",
            Optional.empty(), List.of(required("entity"), required("kind"), required("role"), required("holder")),
            List.of());
    static final ModuleDescriptor SANDBOX = new ModuleDescriptor("sandbox", "Sandbox", "A sandbox", Optional.empty(),
            List.of(required("name"), required("owner"), required("purpose")), List.of());
    static final Requester DANA = new Requester("dana", "Dana", Optional.of("payments"), List.of("payments"));
    static final FormLookups LOOKUPS = new FormLookups(Set.of("payments", "platform", "search")::contains,
            Set.of("ledger-api")::contains, Set.of("dana", "omar")::contains, Set.of("ledger-api")::contains);

    private Fixtures() {}

    static Variable required(String name) {
        return new Variable(name, "string", "The " + name, Optional.empty(), false);
    }

    static Variable optional(String name, String type, String json) {
        return new Variable(name, type, "The " + name, Optional.of(Json.tree(json)), false);
    }

    static ModuleDescriptor module(Variable... variables) {
        return new ModuleDescriptor("box", "Box", "A box", Optional.empty(), List.of(variables), List.of());
    }

    static Function<String, Optional<ModuleDescriptor>> modules(ModuleDescriptor... known) {
        return name -> List.of(known).stream().filter(module -> module.name().equals(name)).findFirst();
    }

    static Loaded shipped() {
        return WorkflowFolder.read(Path.of(System.getProperty("steward.root"), "workflows/definitions"),
                modules(SERVICE, SERVICE_ACCESS, SANDBOX));
    }

    static Workflow newService() {
        return shipped().workflow("new-service").orElseThrow();
    }

    /** Reads one file from a folder called {@code workflows}. */
    static Loaded load(Path temporary, String yaml, ModuleDescriptor... modules) {
        return load(temporary, Map.of("test.yaml", yaml), modules);
    }

    static Loaded load(Path temporary, Map<String, String> files, ModuleDescriptor... modules) {
        try {
            Path folder = Files.createDirectories(temporary.resolve("workflows"));
            for (var file : files.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
            return WorkflowFolder.read(folder, modules(modules));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> texts(Loaded loaded) {
        return loaded.problems().stream().map(Problem::text).toList();
    }
}
