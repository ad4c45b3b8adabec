package dev.steward.catalog;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A reference of Backstage's to something in the catalog: {@code [kind:][namespace/]name}
 * (https://backstage.io/docs/features/software-catalog/references).
 *
 * @param kind
 *            lower case; the default when the text names none, empty when there is no default
 * @param name
 *            lower case
 */
record EntityRef(String kind, String name) {
    private static final Pattern FORM = Pattern.compile("(?:([A-Za-z]+):)?(?:([^/:]+)/)?([^/:]+)");

    /** Reads a reference; empty when it is none, or in another namespace than {@code default}. */
    static Optional<EntityRef> parse(String text, String defaultKind) {
        var match = FORM.matcher(text.strip());
        if (!match.matches() || !Names.valid(match.group(3))) {
            return Optional.empty();
        }
        if (match.group(2) != null && !match.group(2).equalsIgnoreCase("default")) {
            return Optional.empty();
        }
        String kind = match.group(1) == null ? defaultKind : match.group(1);
        return Optional.of(new EntityRef(Names.lower(kind), Names.lower(match.group(3))));
    }

    /** Whether an entity of that kind may be meant. */
    boolean means(EntityKind entityKind) {
        return kind.isEmpty() || EntityKind.of(kind).filter(entityKind::equals).isPresent();
    }

    @Override
    public String toString() {
        return kind.isEmpty() ? name : kind + ":" + name;
    }
}
