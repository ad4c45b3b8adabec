package dev.steward.definitions;

import dev.steward.database.Sha256;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * A YAML file as nodes that know their lines. Nothing is constructed from it: tags that name classes are refused, and
 * so are aliases of lists and mappings, with which a small file can unfold to a huge one.
 */
record YamlFile(String digest, Node root) {
    static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_DEPTH = 20;

    static Optional<YamlFile> read(Path path, Problems problems) {
        try {
            long size = Files.size(path);
            if (size > MAX_BYTES) {
                problems.add(0, "The file has %d bytes".formatted(size),
                        "Keep it to %d kB at most".formatted(MAX_BYTES / 1024));
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(path);
            return compose(bytes, problems).map(root -> new YamlFile(Sha256.of(bytes), root));
        } catch (IOException e) {
            problems.add(0, "The file cannot be read (%s)".formatted(e.getClass().getSimpleName()),
                    "Check that it exists and that Steward may read it");
            return Optional.empty();
        }
    }

    private static Optional<Node> compose(byte[] bytes, Problems problems) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            problems.add(0, "The file is not UTF-8 text", "Save it as UTF-8");
            return Optional.empty();
        }
        try {
            Optional<Node> root = Optional.ofNullable(new Yaml(options()).compose(new StringReader(text)));
            if (root.isEmpty()) {
                problems.add(0, "The file is empty", "Describe a workflow in it, or delete it");
            }
            return root;
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            problems.add(line, "This is not YAML: " + e.getProblem(), "Check indentation, quotes and brackets");
        } catch (ReaderException e) {
            int line = 1 + (int) text.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count();
            problems.add(line, "The file has a character that YAML does not allow (U+%04X)".formatted(e.getCodePoint()),
                    "Remove it");
        } catch (YAMLException e) {
            problems.add(0, limit(String.valueOf(e.getMessage())), "Write every part out once, and nest it less");
        }
        return Optional.empty();
    }

    private static String limit(String message) {
        return message.contains("aliases")
                ? "The file repeats lists or mappings by alias, which is not read"
                : message.contains("Nesting")
                        ? "The file is nested more than %d deep".formatted(MAX_DEPTH)
                        : "This is not YAML that can be read";
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(MAX_BYTES);
        return options;
    }
}
