package dev.steward.terraform;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files and folders that only Steward's own account can read, whatever its umask is. */
final class PrivateFiles {
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> FILE = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final Set<String> OUTSIDE_DIGEST = Set.of(".terraform", ".git");

    private PrivateFiles() {}

    /** Makes the folder, and those above it that are missing, with mode 0700. */
    static Path folder(Path folder) throws IOException {
        return Files.createDirectories(folder, FOLDER);
    }

    /** Makes an empty file with mode 0600, in the place of one that may be there. */
    static Path emptyFile(Path file) throws IOException {
        Files.deleteIfExists(file);
        return Files.createFile(file, FILE);
    }

    /** Writes a file with mode 0600. */
    static Path write(Path file, byte[] bytes) throws IOException {
        return Files.write(emptyFile(file), bytes, StandardOpenOption.WRITE);
    }

    /**
     * Copies a module's folder with all below it, except {@code .terraform} and {@code .git}, which its digest does not
     * cover; the copy belongs to its owner alone, who may write it.
     *
     * @throws IOException
     *             also if there is a symbolic link: it would lead out of what was vetted
     */
    static void copyModule(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path source : (Iterable<Path>) all::iterator) {
                Path target = to.resolve(from.relativize(source).toString());
                if (outsideDigest(from.relativize(source))) {
                    continue;
                }
                if (Files.isSymbolicLink(source)) {
                    throw new IOException("a symbolic link may not be copied: " + source);
                } else if (Files.isDirectory(source)) {
                    folder(target);
                } else {
                    copyFile(source, target);
                }
            }
        }
    }

    private static boolean outsideDigest(Path relative) {
        for (Path name : relative) {
            if (OUTSIDE_DIGEST.contains(name.toString())) {
                return true;
            }
        }
        return false;
    }

    private static void copyFile(Path source, Path target) throws IOException {
        boolean executable = Files.isExecutable(source);
        Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        var mode = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        if (executable) {
            mode.add(PosixFilePermission.OWNER_EXECUTE);
        }
        Files.setPosixFilePermissions(target, mode);
    }

    /** Deletes a folder with all below it, if it is there, read-only or not; links are deleted, not followed. */
    static void deleteFolder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                Files.delete(path);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, @Nullable IOException failure) throws IOException {
                Files.delete(path);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
