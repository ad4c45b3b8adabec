package dev.steward.modules;

import java.nio.file.Path;

/** Whether a module may be used now. */
public sealed interface ModuleCheck {
    /**
     * Folder, table and {@code modules.lock} agree.
     *
     * @param copy
     *            read-only folder with exactly that digest, for runs
     */
    record Usable(ModuleDescriptor descriptor, String digest, Path copy) implements ModuleCheck {}

    /**
     * They do not, or there is no such module.
     *
     * @param reason
     *            for people: what is wrong, and what to do
     */
    record Unusable(String reason) implements ModuleCheck {}
}
