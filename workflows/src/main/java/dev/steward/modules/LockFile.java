package dev.steward.modules;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * {@code modules.lock}: which digest of each module is accepted, sorted by name, one value per line, so that a change
 * of it reads well in a review.
 */
final class LockFile {
    static final String NAME = "modules.lock";
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final String HEAD = "# The accepted modules. Written by `./steward modules accept NAME`: not by hand.\n";

    private LockFile() {}

    /** One accepted module. */
    record Locked(String digest, String acceptedBy, Instant acceptedAt) {}

    /**
     * What the file says.
     *
     * @param problems
     *            what cannot be understood; then nothing in the file counts
     */
    record Content(Map<String, Locked> modules, List<Finding> problems) {
        Optional<Locked> of(String module) {
            return problems.isEmpty() ? Optional.ofNullable(modules.get(module)) : Optional.empty();
        }
    }

    /** Reads the file; one that is not there is empty. */
    static Content read(Path file) throws IOException {
        return Files.exists(file) ? parse(Files.readString(file)) : new Content(Map.of(), List.of());
    }

    static Content parse(String text) {
        var yaml = new YamlNodes(NAME);
        Map<String, Locked> modules = new TreeMap<>();
        if (!text.lines().allMatch(l -> l.isBlank() || l.startsWith("#"))) {
            yaml.root(text).ifPresent(root -> root.getValue().forEach(tuple -> {
                String name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
                if (!ModuleFiles.MODULE_NAME.matcher(name).matches()) {
                    yaml.problem(YamlNodes.line(tuple.getKeyNode()), "`" + name + "` is no name of a module",
                            "restore the file from version control");
                } else if (modules.put(name, locked(yaml, tuple.getValueNode())) != null) {
                    yaml.problem(YamlNodes.line(tuple.getKeyNode()), "`" + name + "` is there twice",
                            "restore the file from version control");
                }
            }));
        }
        return new Content(modules, yaml.problems());
    }

    private static Locked locked(YamlNodes yaml, Node node) {
        if (!(node instanceof MappingNode mapping)) {
            yaml.problem(YamlNodes.line(node), "an entry has no digest", "restore the file from version control");
            return new Locked("", "", Instant.EPOCH);
        }
        var fields = yaml.fields(mapping, Set.of("digest", "accepted_by", "accepted_at"));
        String digest = yaml.text(fields, "digest", node);
        if (!digest.isEmpty() && !DIGEST.matcher(digest).matches()) {
            yaml.problem(YamlNodes.line(node), "`" + digest + "` is no digest",
                    "restore the file from version control");
        }
        return new Locked(digest.replaceFirst("^sha256:", ""), yaml.text(fields, "accepted_by", node),
                instant(yaml, node, yaml.text(fields, "accepted_at", node)));
    }

    private static Instant instant(YamlNodes yaml, Node node, String text) {
        try {
            return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
        } catch (DateTimeException e) {
            yaml.problem(YamlNodes.line(node), "`" + text + "` is no time", "restore the file from version control");
            return Instant.EPOCH;
        }
    }

    static String text(Map<String, Locked> modules) {
        var text = new StringBuilder(HEAD);
        new TreeMap<>(modules).forEach((name, locked) -> text.append('\n').append(name).append(":\n  digest: sha256:")
                .append(locked.digest()).append("\n  accepted_by: \"").append(quoted(locked.acceptedBy()))
                .append("\"\n  accepted_at: \"").append(locked.acceptedAt()).append("\"\n"));
        return text.toString();
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** Replaces the file as a whole: a reader sees the old one or the new one. */
    static void write(Path file, Map<String, Locked> modules) throws IOException {
        Path next = Files.createTempFile(Folders.parentOf(file), ".modules-", ".lock");
        try {
            Files.writeString(next, text(modules));
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.setPosixFilePermissions(next,
                    PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }
}
