package dev.steward.requests;

import dev.steward.catalog.EntityKind;
import dev.steward.definitions.FormLookups;
import java.util.Arrays;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** What a form asks the catalog while it is filled in and checked. */
final class Lookups {
    private final RequestParts parts;

    Lookups(RequestParts parts) {
        this.parts = parts;
    }

    /**
     * For the form of one request.
     *
     * @param own
     *            names of what it is about, which are not taken for it
     */
    FormLookups form(Set<String> own) {
        var catalog = parts.catalog();
        return new FormLookups(is((h, name) -> catalog.teams().byName(h, name).isPresent()),
                is((h, name) -> catalog.entities().byName(h, name).isPresent()),
                is((h, name) -> catalog.people().byName(h, name).isPresent()),
                is((h, name) -> !own.contains(name) && Arrays.stream(EntityKind.values())
                        .anyMatch(kind -> catalog.entities().nameTaken(h, kind, name).isPresent())));
    }

    private Predicate<String> is(BiPredicate<Handle, String> condition) {
        return name -> parts.store().database().read(h -> condition.test(h, name));
    }
}
