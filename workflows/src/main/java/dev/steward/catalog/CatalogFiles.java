package dev.steward.catalog;

import dev.steward.database.Sha256;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Backstage catalog files, read and checked but not yet compared with the catalog.
 *
 * <p>
 * Bounds: a file has at most 1 MB, a folder at most 10,000 YAML files, an import at most 10,000 documents. Hidden
 * folders and symbolic links are passed over.
 */
public final class CatalogFiles {
    private static final long MAX_BYTES = 1_000_000;
    private static final int MAX_FILES = 10_000;
    private static final int MAX_DOCUMENTS = 10_000;
    private static final int MAX_DEPTH = 32;

    private final List<CatalogDocument> documents = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> digests = new ArrayList<>();
    private int documentCount;

    private CatalogFiles() {}

    /**
     * Reads one file, or the YAML files of a folder and the folders in it.
     *
     * @throws IOException
     *             if the file or folder cannot be read
     */
    public static CatalogFiles read(Path fileOrFolder) throws IOException {
        Path root = fileOrFolder.toRealPath();
        CatalogFiles files = new CatalogFiles();
        if (Files.isDirectory(root)) {
            for (Path file : yamlFiles(root)) {
                files.add(file, root.relativize(file).toString());
            }
        } else {
            files.add(root, String.valueOf(root.getFileName()));
        }
        return files;
    }

    /** What is wrong in the files themselves, in the order of the files. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** SHA-256 over the names and contents of the files. */
    public String digest() {
        return Sha256.of(String.join("\n", digests));
    }

    List<CatalogDocument> documents() {
        return List.copyOf(documents);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    private static List<Path> yamlFiles(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root, MAX_DEPTH)) {
            var files = paths.filter(path -> isYaml(root, path)).sorted().limit(MAX_FILES + 1L).toList();
            if (files.size() > MAX_FILES) {
                throw new IOException(
                        "more than %d YAML files in %s: import a folder of it".formatted(MAX_FILES, root));
            }
            return files;
        }
    }

    private static boolean isYaml(Path root, Path path) {
        for (Path part : root.relativize(path)) {
            if (part.toString().startsWith(".")) {
                return false;
            }
        }
        String name = path.toString().toLowerCase(Locale.ROOT);
        return (name.endsWith(".yaml") || name.endsWith(".yml"))
                && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    private void add(Path file, String name) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            problems.add(new Problem(name, 1, "larger than 1 MB: split it"));
            return;
        }
        byte[] bytes = Files.readAllBytes(file);
        digests.add(name + " " + Sha256.of(bytes));
        try {
            parse(name, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            problems.add(new Problem(name, 1, "not UTF-8: save it as UTF-8"));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add(new Problem(name, line, "not YAML, nothing of this file is imported: " + e.getProblem()));
        } catch (YAMLException e) {
            problems.add(new Problem(name, 1, "not YAML that can be read, nothing of this file is imported"));
        }
    }

    private void parse(String name, String text) {
        List<Node> nodes = new ArrayList<>();
        new Yaml(options()).composeAll(new StringReader(text)).forEach(nodes::add);
        CatalogParser parser = new CatalogParser(problems, notes);
        for (Node node : nodes) {
            documentCount++;
            if (documentCount > MAX_DOCUMENTS) {
                problems.add(new Problem(name, node.getStartMark().getLine() + 1,
                        "more than %d documents: import them in parts".formatted(MAX_DOCUMENTS)));
                return;
            }
            parser.read(name, node).ifPresent(documents::add);
        }
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit((int) MAX_BYTES);
        options.setMaxAliasesForCollections(20);
        options.setNestingDepthLimit(30);
        options.setAllowRecursiveKeys(false);
        return options;
    }
}
