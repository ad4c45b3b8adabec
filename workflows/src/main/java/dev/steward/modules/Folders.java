package dev.steward.modules;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Copies and deletes whole folders. */
final class Folders {
    private Folders() {}

    /** Copies the tree's files with their executable bits into a folder, which is made. */
    static void copy(ModuleTree tree, Path target) throws IOException {
        Files.createDirectories(target);
        for (var file : tree.files().entrySet()) {
            Path copy = target.resolve(file.getKey());
            Files.createDirectories(parentOf(copy));
            Files.copy(file.getValue(), copy);
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString(
                    ModuleTree.executable(file.getValue()) ? "rwx------" : "rw-------"));
        }
    }

    /** Takes everybody's permission to write, from the leaves up. */
    static void makeReadOnly(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(
                        ModuleTree.executable(file) ? "r-xr-xr-x" : "r--r--r--"));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                Files.setPosixFilePermissions(visited, PosixFilePermissions.fromString("r-xr-xr-x"));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Deletes the folder with all that is in it, read-only or not; links are deleted, never followed. */
    static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
                Files.setPosixFilePermissions(visited, PosixFilePermissions.fromString("rwx------"));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static Path parentOf(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("has no parent folder: " + path);
        }
        return parent;
    }
}
