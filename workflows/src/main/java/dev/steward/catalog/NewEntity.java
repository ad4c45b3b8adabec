package dev.steward.catalog;

import java.util.List;

/**
 * An entity to be recorded.
 *
 * @param kind
 *            what it is
 * @param name
 *            unique for its kind, for ever; upper and lower case do not differ
 * @param responsibility
 *            who owns and runs it
 * @param profile
 *            what it says about itself
 * @param tags
 *            words to find it by
 * @param links
 *            where to read on
 * @param source
 *            where the record comes from: {@code request:42}, or {@code import}
 */
public record NewEntity(EntityKind kind, String name, Responsibility responsibility, Profile profile,
        List<String> tags, List<Link> links, String source) {

    /** Refuses names that are none, and copies the lists. */
    public NewEntity {
        if (!Names.valid(name)) {
            throw new IllegalArgumentException("not a valid name for an entity: " + name);
        }
        tags = List.copyOf(tags);
        links = List.copyOf(links);
    }
}
