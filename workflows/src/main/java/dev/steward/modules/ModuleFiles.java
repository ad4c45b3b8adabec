package dev.steward.modules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Json;
import dev.steward.modules.ModuleDescriptor.Output;
import dev.steward.modules.ModuleDescriptor.Variable;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a module's {@code module.yaml}, strictly: an unknown key is a mistake, never ignored. */
final class ModuleFiles {
    static final String NAME = "module.yaml";
    /** What vetting refuses unless {@code exemptions} says why. */
    static final Set<String> EXEMPTABLE = Set.of("provisioner", "data.external", "data.http",
            "data.terraform_remote_state");
    /** A module's name; it is a folder's name too, so it can lead nowhere else. */
    static final Pattern MODULE_NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern PROFILE = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]*");

    private final YamlNodes yaml = new YamlNodes(NAME);
    private final Map<String, Integer> variableLines = new LinkedHashMap<>();
    private final Map<String, Integer> outputLines = new LinkedHashMap<>();

    private ModuleFiles() {}

    /** What reading found. */
    sealed interface Reading {
        /** All of it is understood. */
        record Understood(Manifest manifest) implements Reading {}

        /** Something is wrong; every problem is in the list. */
        record NotUnderstood(List<Finding> findings) implements Reading {}
    }

    /** Reads the descriptor of the module in the folder, which must have the module's name. */
    static Reading read(Path folder, String moduleName) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new Reading.NotUnderstood(List.of(Finding.of(NAME, "is missing",
                    "write what the module is called, what it creates and what its variables mean")));
        }
        try {
            return parse(Files.readString(file), moduleName);
        } catch (CharacterCodingException e) {
            return new Reading.NotUnderstood(List.of(Finding.of(NAME, "is not UTF-8 text", "save it as UTF-8")));
        }
    }

    static Reading parse(String text, String moduleName) {
        var files = new ModuleFiles();
        Optional<Manifest> manifest = files.yaml.root(text).map(root -> files.manifest(root, moduleName));
        List<Finding> problems = files.yaml.problems();
        return manifest.isPresent() && problems.isEmpty()
                ? new Reading.Understood(manifest.get())
                : new Reading.NotUnderstood(problems);
    }

    private Manifest manifest(MappingNode root, String moduleName) {
        var fields = yaml.fields(root, Set.of("name", "title", "description", "credentials", "variables", "outputs",
                "exemptions"));
        String name = yaml.text(fields, "name", root);
        Node nameNode = fields.get("name");
        if (nameNode != null && !name.isEmpty() && !name.equals(moduleName)) {
            yaml.problem(YamlNodes.line(nameNode), "is called `" + name + "` in the folder `" + moduleName + "`",
                    "give both the same name");
        }
        var descriptor = new ModuleDescriptor(name, yaml.text(fields, "title", root),
                yaml.text(fields, "description", root), credentials(fields, root),
                yaml.mappings(fields, "variables").stream().map(this::variable).toList(),
                yaml.mappings(fields, "outputs").stream().map(this::output).toList());
        List<Manifest.Exemption> exemptions = yaml.mappings(fields, "exemptions").stream().map(this::exemption)
                .toList();
        return new Manifest(descriptor, exemptions, new Manifest.Lines(variableLines, outputLines));
    }

    private Optional<String> credentials(Map<String, Node> fields, MappingNode root) {
        if (!fields.containsKey("credentials")) {
            return Optional.empty();
        }
        String profile = yaml.text(fields, "credentials", root);
        if (!profile.isEmpty() && !PROFILE.matcher(profile).matches()) {
            yaml.problem(YamlNodes.line(fields.get("credentials")), "`credentials` is no name of a profile",
                    "name a profile of steward.yaml, in lower case letters, digits and dashes; never write a secret here");
        }
        return Optional.of(profile);
    }

    private Variable variable(MappingNode node) {
        var fields = yaml.fields(node, Set.of("name", "type", "description", "default", "sensitive"));
        String name = identifier(fields, node, variableLines);
        Optional<JsonNode> fallback = Optional.ofNullable(fields.get("default")).map(yaml::json)
                .map(json -> Json.tree(Json.text(json))); // as it will come back from the database
        return new Variable(name, yaml.text(fields, "type", node), yaml.text(fields, "description", node), fallback,
                yaml.flag(fields, "sensitive"));
    }

    private Output output(MappingNode node) {
        var fields = yaml.fields(node, Set.of("name", "description", "sensitive"));
        return new Output(identifier(fields, node, outputLines), yaml.text(fields, "description", node),
                yaml.flag(fields, "sensitive"));
    }

    private Manifest.Exemption exemption(MappingNode node) {
        var fields = yaml.fields(node, Set.of("use", "why"));
        String use = yaml.text(fields, "use", node);
        if (!use.isEmpty() && !EXEMPTABLE.contains(use)) {
            yaml.problem(YamlNodes.line(node), "`" + use + "` cannot be exempted",
                    "choose from " + String.join(", ", EXEMPTABLE.stream().sorted().toList()));
        }
        return new Manifest.Exemption(use, yaml.text(fields, "why", node), YamlNodes.line(node));
    }

    private String identifier(Map<String, Node> fields, MappingNode node, Map<String, Integer> lines) {
        String name = yaml.text(fields, "name", node);
        if (!name.isEmpty() && !IDENTIFIER.matcher(name).matches()) {
            yaml.problem(YamlNodes.line(node), "`" + name + "` is no name of a variable or output",
                    "use lower case letters, digits and underscores");
        } else if (lines.put(name, YamlNodes.line(node)) != null) {
            yaml.problem(YamlNodes.line(node), "`" + name + "` is described twice", "keep one of them");
        }
        return name;
    }
}
