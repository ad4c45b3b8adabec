package dev.steward.catalog;

import java.time.Instant;
import java.util.Optional;

/**
 * A service, a resource or a system in the catalog.
 *
 * @param id
 *            its number
 * @param kind
 *            what it is
 * @param name
 *            unique for its kind
 * @param responsibility
 *            who owns and runs it
 * @param profile
 *            what it says about itself
 * @param origin
 *            where the record comes from, and its age
 */
public record Entity(EntityId id, EntityKind kind, String name, Responsibility responsibility, Profile profile,
        Origin origin) {

    /**
     * Where a record comes from.
     *
     * @param source
     *            {@code request:42}, or {@code import}
     * @param version
     *            grows with every change
     * @param createdAt
     *            when it was recorded
     * @param endedAt
     *            set for a tombstone: the thing is gone, its name is not free
     */
    public record Origin(String source, long version, Instant createdAt, Optional<Instant> endedAt) {}

    /** Name of the owner team. */
    public String owner() {
        return responsibility.owner();
    }

    /** The operating model that follows from lifecycle and operator. */
    public OperatingModel operatingModel() {
        return responsibility.operatingModel();
    }

    /** Whether the thing still exists. */
    public boolean live() {
        return origin.endedAt().isEmpty();
    }

    /** The ledger's word for it, for example {@code service:checkout}. */
    public String subject() {
        return subject(kind, name);
    }

    static String subject(EntityKind kind, String name) {
        return Names.lower(kind.text()) + ":" + Names.lower(name);
    }
}
