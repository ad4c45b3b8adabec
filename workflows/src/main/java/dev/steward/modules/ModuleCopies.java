package dev.steward.modules;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Read-only copies of accepted modules, each in a folder named by its digest: what runs use, so that a change of the
 * modules folder reaches nothing that is under way. Safe for many threads and processes: a copy appears whole.
 */
final class ModuleCopies {
    private static final Logger LOG = LoggerFactory.getLogger(ModuleCopies.class);

    private final Path root;

    /** Copies in the folder given, which is made when the first is. */
    ModuleCopies(Path root) {
        this.root = root.toAbsolutePath();
    }

    /**
     * The copy with that digest; made from the source when there is none, or when the one that is there was altered.
     *
     * @return empty if the source does not have that digest (any longer)
     */
    Optional<Path> provide(String digest, Path source) throws IOException {
        Path copy = root.resolve(digest);
        if (intact(digest, copy)) {
            return Optional.of(copy);
        }
        if (Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
            LOG.warn("the copy of a module at {} was altered; it is replaced", copy);
            setAside(copy);
        }
        return make(digest, source, copy);
    }

    /** Whether the folder is a copy with exactly that digest. */
    boolean intact(String digest, Path copy) throws IOException {
        if (!Files.isDirectory(copy, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            ModuleTree tree = ModuleTree.read(copy);
            return tree.problems().isEmpty() && tree.digest().equals(digest);
        } catch (NoSuchFileException e) {
            return false; // replaced at this moment, or altered under our eyes
        }
    }

    private Optional<Path> make(String digest, Path source, Path copy) throws IOException {
        Files.createDirectories(root);
        Path made = Files.createTempDirectory(root, ".new-");
        try {
            ModuleTree tree = ModuleTree.read(source);
            if (!tree.problems().isEmpty()) {
                return Optional.empty();
            }
            Folders.copy(tree, made);
            Folders.makeReadOnly(made);
            if (!intact(digest, made)) {
                return Optional.empty();
            }
            return publish(made, copy) || intact(digest, copy) ? Optional.of(copy) : Optional.empty();
        } finally {
            if (Files.exists(made)) {
                Folders.delete(made);
            }
        }
    }

    /** False if another was first. */
    private static boolean publish(Path made, Path copy) throws IOException {
        try {
            Files.move(made, copy, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            return false;
        } catch (FileSystemException e) {
            if (Files.isDirectory(copy, LinkOption.NOFOLLOW_LINKS)) {
                return false; // the JDK has no exception of its own for ENOTEMPTY from rename
            }
            throw e;
        }
    }

    /** Beside, not below: a read-only folder can be renamed, but not moved into another. */
    private void setAside(Path copy) throws IOException {
        Path aside = root.resolve(".altered-" + UUID.randomUUID());
        try {
            Files.move(copy, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            LOG.debug("{} was set aside by another", copy);
            return;
        }
        if (Files.isDirectory(aside, LinkOption.NOFOLLOW_LINKS)) {
            Folders.delete(aside);
        } else {
            Files.delete(aside);
        }
    }
}
