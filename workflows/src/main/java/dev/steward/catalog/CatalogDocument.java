package dev.steward.catalog;

import java.util.List;
import java.util.Optional;

/** One document of a catalog file. Names are lower case, those of entities as they were written. */
sealed interface CatalogDocument {
    /** Where it stands. */
    Where where();

    /** A file, relative to the folder that is imported, and a line from 1. */
    record Where(String file, int line) {
        Problem problem(String text) {
            return new Problem(file, line, text);
        }
    }

    /** A team. */
    record Group(Where where, String name, Optional<String> title, Optional<String> channel, Optional<String> parent,
            List<String> children, List<Reference> members) implements CatalogDocument {}

    /** A person. */
    record User(Where where, String name, String displayName, Optional<String> email, List<Reference> memberOf)
            implements
                CatalogDocument {}

    /** A service, a resource or a system. */
    record Thing(Where where, NewEntity entity, Reference owner, Reference operator, List<Reference> dependsOn,
            List<Reference> dependencyOf) implements CatalogDocument {
        String label() {
            return entity.kind().text() + " " + entity.name();
        }
    }

    /** A reference and where it stands. */
    record Reference(EntityRef to, Where where) {}
}
