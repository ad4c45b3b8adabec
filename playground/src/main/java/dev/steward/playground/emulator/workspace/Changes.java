package dev.steward.playground.emulator.workspace;

import java.util.LinkedHashSet;
import java.util.Set;

/** The changes noted since they were last taken. Used inside the workspace's lock. */
final class Changes {
    private Set<Change> noted = new LinkedHashSet<>();

    void note(Change change) {
        noted.add(change);
    }

    Set<Change> take() {
        if (noted.isEmpty()) {
            return Set.of();
        }
        Set<Change> taken = noted;
        noted = new LinkedHashSet<>();
        return taken;
    }
}
