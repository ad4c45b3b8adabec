package dev.steward.stacks;

import dev.steward.ledger.Actor;
import dev.steward.ledger.Ledger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Grants that nobody confirmed in a review. Such a grant is ended like any other, and remains suspended for some time:
 * meanwhile its owners may give it back, for as long as it had left. What is given back is a grant of its own, by a
 * request of its own.
 */
public final class Suspensions {
    /** It was not given back, or nothing came of that. */
    private static final String OPEN = """
            l.suspended_until IS NOT NULL AND l.lapsed_at IS NULL
                AND (l.given_back IS NULL OR EXISTS (
                    SELECT 1 FROM lease b WHERE b.request = l.given_back AND b.state = 'never'))""";

    private final Ledger ledger;
    private final InstantSource clock;

    /** A store that writes to the ledger and takes the time from the clock given. */
    public Suspensions(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * What is left of a grant that nobody confirmed.
     *
     * @param until
     *            when it is over for good
     * @param remaining
     *            how long it would have lasted
     * @param open
     *            whether it can be given back as far as the rows say; its time may be up all the same
     * @param back
     *            who last gave it back, by which request
     */
    public record Suspension(Instant until, Duration remaining, boolean open, Optional<Back> back) {
        /** Whether it can be given back at that time. */
        public boolean openAt(Instant now) {
            return open && now.isBefore(until);
        }
    }

    /**
     * Somebody gave it back.
     *
     * @param request
     *            row of the request by which it comes back
     */
    public record Back(long request, Actor by) {}

    /**
     * Ends the grant, and lets it be given back until then.
     *
     * @return whether it was done: it may be ending already, or have been changed since it was seen
     */
    public boolean suspend(Handle handle, Lease seen, Instant until, LeaseState.Word word) {
        if (!(seen.state() instanceof LeaseState.Active active)) {
            return false;
        }
        long remaining = Math.max(1, active.endsAt().toEpochMilli() - clock.millis());
        boolean done = Leases.change(handle, seen, """
                cause = 'unconfirmed', ended_by = :by, next_try = NULL, suspended_until = :until,
                remaining = :remaining""",
                Map.of("by", word.by().text(), "until", until.toEpochMilli(), "remaining", remaining));
        if (done) {
            append(handle, word.by(), "lease.end", seen,
                    Map.of("cause", "unconfirmed", "suspendedUntil", until.toEpochMilli(), "remaining", remaining));
        }
        return done;
    }

    /** Notes that somebody gave it back by that request. */
    public void givenBack(Handle handle, Lease seen, long request, Actor by) {
        Leases.changed(handle, seen, "given_back = :request, given_back_by = :by",
                Map.of("request", request, "by", by.text()));
        append(handle, by, "lease.give_back", seen, Map.of("back", request));
    }

    /** Notes that nobody gave it back in time: it is over for good. */
    public boolean lapse(Handle handle, Lease seen) {
        boolean done = Leases.change(handle, seen, "lapsed_at = :now", Map.of("now", clock.millis()));
        if (done) {
            append(handle, Actor.STEWARD, "lease.lapse", seen, Map.of());
        }
        return done;
    }

    /** What is left of that grant, if it was suspended. */
    public Optional<Suspension> of(Handle handle, Lease lease) {
        return handle.createQuery("""
                SELECT l.suspended_until, l.remaining, l.given_back, l.given_back_by, %s AS open FROM lease l
                WHERE l.stack = :stack AND l.suspended_until IS NOT NULL""".formatted(OPEN))
                .bind("stack", lease.stack().value()).map((rs, c) -> suspension(rs)).findOne();
    }

    private static Suspension suspension(ResultSet rs) throws SQLException {
        long request = rs.getLong("given_back");
        Optional<Back> back = rs.wasNull()
                ? Optional.empty()
                : Optional.of(new Back(request, Actor.parse(rs.getString("given_back_by"))));
        return new Suspension(Instant.ofEpochMilli(rs.getLong("suspended_until")),
                Duration.ofMillis(rs.getLong("remaining")), rs.getBoolean("open"), back);
    }

    /** The suspended grant that this request gives back. */
    public Optional<Lease> behind(Handle handle, long request) {
        return handle.createQuery("SELECT * FROM lease WHERE given_back = :request").bind("request", request)
                .map(LeaseRow::lease).findOne();
    }

    /** What a person had and may be given back, the first to be over first. */
    public List<Lease> heldBy(Handle handle, long person) {
        return ended(handle, "holder", person);
    }

    /** The grants on an entity that may be given back, the first to be over first. */
    public List<Lease> on(Handle handle, long entity) {
        return ended(handle, "entity", entity);
    }

    /** What others had of what a person's teams own, and may be given back, the first to be over first. */
    public List<Lease> ofTeamsOf(Handle handle, long person) {
        return handle.createQuery("""
                SELECT l.* FROM lease l JOIN entity e ON e.id = l.entity
                WHERE l.state = 'ended' AND l.suspended_until > :now AND l.holder <> :person AND %s
                    AND e.owner IN (SELECT m.team FROM team_member m WHERE m.person = :person)
                ORDER BY l.suspended_until, l.stack""".formatted(OPEN)).bind("person", person)
                .bind("now", clock.millis()).map(LeaseRow::lease).list();
    }

    private List<Lease> ended(Handle handle, String column, long value) {
        return handle.createQuery("""
                SELECT l.* FROM lease l WHERE l.%s = :value AND l.state = 'ended' AND l.suspended_until > :now AND %s
                ORDER BY l.suspended_until, l.stack""".formatted(column, OPEN)).bind("value", value)
                .bind("now", clock.millis()).map(LeaseRow::lease).list();
    }

    /** Those that nobody gave back in time, as long as that is not noted. */
    public List<Lease> lapsing(Handle handle, int limit) {
        return handle.createQuery("""
                SELECT l.* FROM lease l WHERE l.suspended_until <= :now AND l.state = 'ended' AND %s
                ORDER BY l.suspended_until LIMIT :limit""".formatted(OPEN)).bind("now", clock.millis())
                .bind("limit", limit).map(LeaseRow::lease).list();
    }

    private void append(Handle handle, Actor actor, String action, Lease lease, Map<String, ?> facts) {
        Leases.append(ledger, handle, actor, action, lease, facts);
    }
}
