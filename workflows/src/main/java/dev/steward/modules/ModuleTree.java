package dev.steward.modules;

import dev.steward.database.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The regular files of a module's folder, and why the folder cannot be a module's. {@code .terraform} and {@code .git}
 * at any depth are not part of a module. Symbolic links are never followed.
 *
 * @param files
 *            by path relative to the root, with {@code /}, in the order of their UTF-16 code units
 * @param problems
 *            links, special files, unusual names, too much; a tree with problems has no digest
 */
record ModuleTree(Path root, Map<String, Path> files, List<Finding> problems) {
    static final int MAX_FILES = 2_000;
    static final long MAX_BYTES = 32L * 1024 * 1024;
    private static final Set<String> NOT_PART = Set.of(".terraform", ".git");

    /**
     * Walks the folder.
     *
     * @throws IOException
     *             if the folder cannot be read
     */
    static ModuleTree read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "not a folder");
        }
        var walk = new Walk(folder.toRealPath());
        Files.walkFileTree(walk.root, walk);
        return new ModuleTree(walk.root, walk.files, List.copyOf(walk.problems));
    }

    /**
     * SHA-256 over the sorted list of {@code mode sha256 path}; see {@link ModuleDigest}.
     *
     * @throws IllegalStateException
     *             if the tree has problems
     */
    String digest() throws IOException {
        if (!problems.isEmpty()) {
            throw new IllegalStateException("no digest of a folder with problems: " + problems.getFirst().text());
        }
        var list = new StringBuilder();
        for (var file : files.entrySet()) {
            list.append(executable(file.getValue()) ? "755 " : "644 ").append(sha256(file.getValue())).append(' ')
                    .append(file.getKey()).append('\n');
        }
        return Sha256.of(list.toString());
    }

    static boolean executable(Path file) throws IOException {
        return Files.readAttributes(file, PosixFileAttributes.class).permissions()
                .contains(PosixFilePermission.OWNER_EXECUTE);
    }

    private static String sha256(Path file) throws IOException {
        var digest = Sha256.digest();
        try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Map<String, Path> files = new TreeMap<>(Comparator.naturalOrder());
        private final List<Finding> problems = new ArrayList<>();
        private long bytes;

        Walk(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_PART.contains(nameOf(folder)) && !folder.equals(root)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (NOT_PART.contains(nameOf(file))) {
                return FileVisitResult.CONTINUE;
            }
            String path = root.relativize(file).toString();
            if (attributes.isSymbolicLink()) {
                problems.add(Finding.of(path, "is a symbolic link",
                        "put the file itself into the module, so that its content is part of the digest"));
            } else if (!attributes.isRegularFile()) {
                problems.add(Finding.of(path, "is neither a file nor a folder", "remove it"));
            } else if (path.chars().anyMatch(Character::isISOControl)) {
                problems.add(Finding.of(printable(path), "has a control character in its name", "rename it"));
            } else {
                files.put(path, file);
                bytes += attributes.size();
            }
            return withinBounds() ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        private boolean withinBounds() {
            if (files.size() <= MAX_FILES && bytes <= MAX_BYTES) {
                return true;
            }
            problems.add(Finding.of(".", "has more than " + MAX_FILES + " files or 32 MB",
                    "a module is HCL and small files: move the rest elsewhere"));
            return false;
        }

        private static String nameOf(Path path) {
            Path name = path.getFileName();
            return name == null ? "" : name.toString();
        }

        private static String printable(String path) {
            return path.replaceAll("\\p{Cntrl}", "?");
        }
    }
}
