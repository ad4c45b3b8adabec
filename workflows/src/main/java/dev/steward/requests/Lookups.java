package dev.steward.requests;

import dev.steward.catalog.EntityKind;
import dev.steward.definitions.FormLookups;
import java.util.Arrays;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What a form asks the catalog while it is checked. */
final class Lookups {
    private Lookups() {}

    static FormLookups over(Handle handle, RequestParts parts) {
        var catalog = parts.catalog();
        return new FormLookups(name -> catalog.teams().byName(handle, name).isPresent(),
                name -> catalog.entities().byName(handle, name).isPresent(),
                name -> catalog.people().byName(handle, name).isPresent(),
                name -> Arrays.stream(EntityKind.values()).map(kind -> catalog.entities().nameTaken(handle, kind, name))
                        .anyMatch(Optional::isPresent));
    }
}
