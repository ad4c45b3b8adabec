package dev.steward.modules;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What names a module's content: 64 hexadecimal digits, SHA-256 over the sorted lines {@code mode sha256 path} of all
 * its files, scripts and the lock file of providers included, {@code .terraform} and {@code .git} excluded.
 *
 * <p>
 * The mode is 755 for what its owner may execute and 644 for all else: git keeps no more than that, so that neither a
 * checkout nor an umask alters the digest. Folders have no lines: an empty one changes nothing.
 */
public final class ModuleDigest {
    private ModuleDigest() {}

    /**
     * The digest of the folder as it is now.
     *
     * @throws IOException
     *             if the folder cannot be read, or holds what has no digest: a symbolic link, a special file
     */
    public static String of(Path folder) throws IOException {
        ModuleTree tree = ModuleTree.read(folder);
        if (!tree.problems().isEmpty()) {
            throw new IOException(folder + " has no digest: " + tree.problems().getFirst().text());
        }
        return tree.digest();
    }
}
