package dev.steward.stacks;

import dev.steward.ledger.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Which grants somebody said are still needed, and which nobody did for long. A grant that is being ended needs nobody's
 * word any more.
 */
public final class Confirmations {
    private static final String STANDING = "l.state = 'active' AND l.cause IS NULL AND l.entity IS NOT NULL";
    private static final String LAST_WORD = "coalesce(l.confirmed_at, l.starts_at)";

    /** Somebody's word that a grant is still needed. */
    public record Confirmation(Instant at, Actor by) {}

    /** The last word that this grant is still needed. */
    public Optional<Confirmation> of(Handle handle, Lease lease) {
        return handle.createQuery("""
                SELECT confirmed_at, confirmed_by FROM lease WHERE stack = :stack AND confirmed_at IS NOT NULL""")
                .bind("stack", lease.stack().value())
                .map((rs, c) -> new Confirmation(Instant.ofEpochMilli(rs.getLong("confirmed_at")),
                        Actor.parse(rs.getString("confirmed_by"))))
                .findOne();
    }

    /** Numbers of the entities with a grant that nobody gave or confirmed since that time, the longest first. */
    public List<Long> entitiesWithout(Handle handle, Instant since) {
        return handle.createQuery("""
                SELECT l.entity FROM lease l WHERE %s GROUP BY l.entity HAVING min(%s) <= :since
                ORDER BY min(%s)""".formatted(STANDING, LAST_WORD, LAST_WORD))
                .bind("since", since.toEpochMilli()).mapTo(Long.class).list();
    }

    /** The grants on an entity that were given before that time and not confirmed since, by stack. */
    public List<Lease> unconfirmed(Handle handle, long entity, Instant since, int limit) {
        return handle.createQuery("""
                SELECT l.* FROM lease l WHERE l.entity = :entity AND %s AND %s < :since
                ORDER BY l.stack LIMIT :limit""".formatted(STANDING, LAST_WORD))
                .bind("entity", entity).bind("since", since.toEpochMilli()).bind("limit", limit)
                .map(LeaseRow::lease).list();
    }

    /** The grants on an entity that were there at that time, whatever became of them, by stack. */
    public List<Lease> there(Handle handle, long entity, Instant at) {
        return handle.createQuery("""
                SELECT * FROM lease WHERE entity = :entity AND starts_at < :at
                    AND (state = 'active' OR (state = 'ended' AND ended_at >= :at))
                ORDER BY stack""").bind("entity", entity).bind("at", at.toEpochMilli()).map(LeaseRow::lease).list();
    }
}
