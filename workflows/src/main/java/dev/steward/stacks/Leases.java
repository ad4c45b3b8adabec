package dev.steward.stacks;

import dev.steward.catalog.Standing;
import dev.steward.database.Database;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Ledger;
import dev.steward.terraform.StackId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The table of leases, with the ledger's entry of each change. What is due is found in current rows at every look, so
 * that neither a restart nor a clock that was set makes Steward forget one. A lease that somebody changed meanwhile is
 * left alone, and the caller told so.
 */
public final class Leases {
    private static final Duration FIRST_TRY_AGAIN = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final List<Duration> ASKED_AGAIN = List.of(Duration.ofHours(1), Duration.ofHours(4),
            Duration.ofDays(1));

    private final Ledger ledger;
    private final InstantSource clock;

    /** A store that writes to the ledger and takes the time from the clock given. */
    public Leases(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * A lease that has no row yet.
     *
     * @param request
     *            row of the request that asks for it
     * @param holder
     *            row of the person whom it is to serve
     */
    public record New(StackId stack, long request, long holder, Optional<Lease.Grant> grant, Duration lasts) {}

    /** Notes that the stack, once it is there, is to end by itself. */
    public void open(Handle handle, New lease) {
        handle.createUpdate("""
                INSERT INTO lease (stack, request, holder, entity, role, state, lasts)
                VALUES (:stack, :request, :holder, :entity, :role, 'pending', :lasts)""")
                .bind("stack", lease.stack().value()).bind("request", lease.request()).bind("holder", lease.holder())
                .bind("entity", lease.grant().map(Lease.Grant::entity).orElse(null))
                .bind("role", lease.grant().map(Lease.Grant::role).orElse(null))
                .bind("lasts", lease.lasts().toMillis()).execute();
    }

    /** Asks for another time before anything is there. */
    public void ask(Handle handle, StackId stack, Duration lasts) {
        handle.createUpdate("""
                UPDATE lease SET lasts = :lasts, version = version + 1 WHERE stack = :stack AND state = 'pending'""")
                .bind("lasts", lasts.toMillis()).bind("stack", stack.value()).execute();
    }

    /** The lease of that stack, if it is one. */
    public Optional<Lease> of(Handle handle, StackId stack) {
        return handle.createQuery("SELECT * FROM lease WHERE stack = :stack").bind("stack", stack.value())
                .map(LeaseRow::lease).findOne();
    }

    /** The lease that a request asked for. */
    public Optional<Lease> ofRequest(Handle handle, long request) {
        return handle.createQuery("SELECT * FROM lease WHERE request = :request").bind("request", request)
                .map(LeaseRow::lease).findOne();
    }

    /** What was or is asked for by a person and has not ended, the first to end first. */
    public List<Lease> heldBy(Handle handle, long person) {
        return handle.createQuery("""
                SELECT * FROM lease WHERE holder = :person AND state IN ('pending', 'active')
                ORDER BY ends_at IS NULL, ends_at, stack""").bind("person", person).map(LeaseRow::lease).list();
    }

    /** The grants on an entity that are there, the first to end first. */
    public List<Lease> on(Handle handle, long entity) {
        return handle.createQuery("""
                SELECT * FROM lease WHERE entity = :entity AND state = 'active' ORDER BY ends_at, stack""")
                .bind("entity", entity).map(LeaseRow::lease).list();
    }

    /** The grants that were there at that moment, by stack. */
    public List<Lease> at(Handle handle, Instant moment) {
        return handle
                .createQuery(
                        """
                                SELECT * FROM lease WHERE entity IS NOT NULL AND starts_at <= :at AND (ended_at IS NULL OR ended_at > :at)
                                ORDER BY stack""")
                .bind("at", moment.toEpochMilli()).map(LeaseRow::lease).list();
    }

    /** The grants that could have been given back at that moment, by stack; see {@link Suspensions}. */
    public List<Lease> suspendedAt(Handle handle, Instant moment) {
        return handle.createQuery("""
                SELECT l.* FROM lease l WHERE l.ended_at <= :at AND l.suspended_until > :at AND NOT EXISTS (
                    SELECT 1 FROM lease b JOIN request r ON r.id = b.request
                    WHERE b.request = l.given_back AND b.state <> 'never' AND r.created_at <= :at)
                ORDER BY l.stack""").bind("at", moment.toEpochMilli()).map(LeaseRow::lease).list();
    }

    /** Notes what an approved plan is about to create: its ending may delete this without another word. */
    public void mayDelete(Handle handle, StackId stack, Collection<String> addresses) {
        for (String address : addresses) {
            handle.createUpdate("INSERT OR IGNORE INTO lease_address (stack, address) VALUES (:stack, :address)")
                    .bind("stack", stack.value()).bind("address", address).execute();
        }
    }

    /** Which of these addresses no approved plan of the lease said it would create. */
    public List<String> notOf(Handle handle, StackId stack, Collection<String> addresses) {
        List<String> own = handle.createQuery("SELECT address FROM lease_address WHERE stack = :stack")
                .bind("stack", stack.value()).mapTo(String.class).list();
        return addresses.stream().filter(address -> !own.contains(address)).toList();
    }

    /** It is there: the clock starts now. Where part of it was there before, only the end is set anew. */
    public void activate(Handle handle, StackId stack) {
        of(handle, stack).filter(lease -> !(lease.state() instanceof LeaseState.Ending)).ifPresent(lease -> {
            long now = clock.millis();
            long ends = now + lease.lasts().toMillis();
            changed(handle, lease, """
                    state = 'active', starts_at = coalesce(starts_at, :now), ends_at = :ends, warned_at = NULL""",
                    Map.of("now", now, "ends", ends));
            append(handle, Actor.STEWARD, "lease.start", lease, Map.of("endsAt", ends));
        });
    }

    /** Nothing came of it. */
    public void never(Handle handle, StackId stack) {
        of(handle, stack).filter(lease -> lease.state() instanceof LeaseState.Pending)
                .ifPresent(lease -> changed(handle, lease, "state = 'never'", Map.of()));
    }

    /**
     * Lets it last longer.
     *
     * @return whether it was done: it may be ending already, or have been changed since it was seen
     */
    public boolean extend(Handle handle, Lease seen, Instant until, Actor by, Map<String, ?> facts) {
        if (!(seen.state() instanceof LeaseState.Active active)) {
            return false;
        }
        boolean done = change(handle, seen, "ends_at = :ends, warned_at = NULL, over_for = NULL",
                Map.of("ends", until.toEpochMilli()));
        if (done) {
            Map<String, Object> said = new HashMap<>(facts);
            said.put("before", active.endsAt().toEpochMilli());
            said.put("endsAt", until.toEpochMilli());
            append(handle, by, "lease.extend", seen, said);
        }
        return done;
    }

    /**
     * Lets it end now, since the incident that it was given for is over. Nothing happens to one that is over, or that
     * somebody changed meanwhile.
     *
     * @param incident
     *            its number
     */
    public boolean shorten(Handle handle, Lease seen, Actor by, long incident) {
        long now = clock.millis();
        boolean done = seen.state() instanceof LeaseState.Active active && active.endsAt().toEpochMilli() > now
                && change(handle, seen, "ends_at = :ends, over_for = :incident",
                        Map.of("ends", now, "incident", incident));
        if (done) {
            append(handle, by, "lease.shorten", seen, Map.of("incident", incident));
        }
        return done;
    }

    /** Notes until when its holder asks it to last: somebody decides on that. */
    public void wants(Handle handle, Lease seen, Instant until) {
        changed(handle, seen, "wants = :wants", Map.of("wants", until.toEpochMilli()));
    }

    /** Until when its holder last asked it to last. */
    public Optional<Instant> wanted(Handle handle, Lease lease) {
        return handle.createQuery("SELECT wants FROM lease WHERE stack = :stack AND wants IS NOT NULL")
                .bind("stack", lease.stack().value()).mapTo(Long.class).findOne().map(Instant::ofEpochMilli);
    }

    /**
     * Says that it is to end now. From here on it is ended, however often that has to be tried.
     *
     * @return whether it was done: somebody may have said so before
     */
    public boolean end(Handle handle, Lease seen, LeaseState.Word word) {
        boolean done = seen.state() instanceof LeaseState.Active && change(handle, seen,
                "cause = :cause, ended_by = :by, next_try = NULL",
                Map.of("cause", word.cause().name().toLowerCase(Locale.ROOT), "by", word.by().text()));
        if (done) {
            append(handle, word.by(), "lease.end", seen, Map.of("cause", word.cause().name().toLowerCase(Locale.ROOT)));
        }
        return done;
    }

    /**
     * Notes that somebody said it is still needed.
     *
     * @param at
     *            when that counts from
     * @return whether it was done: it may be ending already, or have been changed since it was seen
     */
    public boolean confirm(Handle handle, Lease seen, Instant at, Actor by, Map<String, ?> facts) {
        boolean done = seen.state() instanceof LeaseState.Active && change(handle, seen,
                "confirmed_at = :at, confirmed_by = :by", Map.of("at", at.toEpochMilli(), "by", by.text()));
        if (done) {
            append(handle, by, "lease.confirm", seen, facts);
        }
        return done;
    }

    /** Notes which request ends it. */
    public void endedBy(Handle handle, Lease ending, long request) {
        changed(handle, ending, "ending = :request, next_try = NULL", Map.of("request", request));
    }

    /** Notes that it could not be ended: it is tried again, each time after a longer while, up to an hour. */
    public Lease failed(Handle handle, StackId stack, String why) {
        Lease lease = of(handle, stack).orElseThrow();
        Duration wait = FIRST_TRY_AGAIN.multipliedBy(1L << Math.min(ending(lease).tries(), 6));
        return failed(handle, lease, why, wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
    }

    /**
     * Notes that whoever was asked to have it ended refused: they are asked again after an hour, then after four, then
     * daily.
     *
     * @param times
     *            how often they did
     */
    public Lease refused(Handle handle, StackId stack, String why, int times) {
        Duration wait = ASKED_AGAIN.get(Math.clamp(times, 1, ASKED_AGAIN.size()) - 1);
        return failed(handle, of(handle, stack).orElseThrow(), why, wait);
    }

    private Lease failed(Handle handle, Lease lease, String why, Duration after) {
        LeaseState.Ending ending = ending(lease);
        changed(handle, lease, "tries = tries + 1, next_try = :next, trouble = :trouble",
                Map.of("next", clock.millis() + after.toMillis(), "trouble", why));
        append(handle, Actor.STEWARD, "lease.end_failed", lease, Map.of("tries", ending.tries() + 1));
        return of(handle, lease.stack()).orElseThrow();
    }

    /** Notes that nothing of it is left. */
    public void gone(Handle handle, StackId stack) {
        Lease lease = of(handle, stack).orElseThrow();
        ending(lease);
        changed(handle, lease, "state = 'ended', ended_at = :now, trouble = NULL", Map.of("now", clock.millis()));
        append(handle, Actor.STEWARD, "lease.gone", lease, Map.of());
    }

    /** Notes that its holder was told of the end that it has now. */
    public boolean warned(Handle handle, Lease seen) {
        return change(handle, seen, "warned_at = :now", Map.of("now", clock.millis()));
    }

    /** Those whose time is up, the longest first. */
    public List<Lease> due(Handle handle, int limit) {
        return handle.createQuery("""
                SELECT * FROM lease WHERE state = 'active' AND cause IS NULL AND ends_at <= :now
                ORDER BY ends_at LIMIT :limit""").bind("now", clock.millis()).bind("limit", limit)
                .map(LeaseRow::lease).list();
    }

    /** Those whose holder has to be told that the end is an hour away, or a quarter of the whole time if that is less. */
    public List<Lease> toWarn(Handle handle, int limit) {
        return handle.createQuery("""
                SELECT * FROM lease WHERE state = 'active' AND cause IS NULL AND warned_at IS NULL AND ends_at > :now
                    AND ends_at - min(3600000, (ends_at - starts_at) / 4) <= :now
                ORDER BY ends_at LIMIT :limit""").bind("now", clock.millis()).bind("limit", limit)
                .map(LeaseRow::lease).list();
    }

    /** Those that are to be ended and may be tried now, and that neither Terraform nor people are at. */
    public List<Lease> toEnd(Handle handle, int limit) {
        return handle.createQuery("""
                SELECT * FROM lease WHERE state = 'active' AND cause IS NOT NULL
                    AND (next_try IS NULL OR next_try <= :now) AND NOT EXISTS (
                        SELECT 1 FROM request JOIN run ON run.id = request.run
                        WHERE request.id = lease.ending AND run.ended_at IS NULL)
                ORDER BY tries, ends_at LIMIT :limit""").bind("now", clock.millis()).bind("limit", limit)
                .map(LeaseRow::lease).list();
    }

    /** Grants to somebody who left or is a guest now, or to what is gone, that nobody has ended yet. */
    public List<Lease> orphaned(Handle handle, int limit) {
        return handle.createQuery("""
                SELECT l.* FROM lease l JOIN person p ON p.id = l.holder LEFT JOIN entity e ON e.id = l.entity
                WHERE l.state = 'active' AND l.cause IS NULL
                    AND (p.standing IN (<gone>) OR e.ended_at IS NOT NULL)
                ORDER BY l.stack LIMIT :limit""").bindList("gone", Standing.storedGone()).bind("limit", limit)
                .map(LeaseRow::lease).list();
    }

    /** Grants that are there and that nobody is ending, the first to end first. */
    public List<Lease> standing(Handle handle) {
        return handle.createQuery("""
                SELECT * FROM lease WHERE state = 'active' AND cause IS NULL AND entity IS NOT NULL
                ORDER BY ends_at, stack""").map(LeaseRow::lease).list();
    }

    /** When the next lease is due or may be tried again; empty where there is none. */
    public Optional<Instant> next(Handle handle) {
        return handle.createQuery("""
                SELECT min(CASE WHEN cause IS NULL THEN ends_at ELSE coalesce(next_try, 0) END) AS next
                FROM lease WHERE state = 'active'""").map((rs, c) -> {
            long next = rs.getLong("next");
            return rs.wasNull() ? Optional.<Instant>empty() : Optional.of(Instant.ofEpochMilli(next));
        }).one();
    }

    private static LeaseState.Ending ending(Lease lease) {
        if (lease.state() instanceof LeaseState.Ending ending) {
            return ending;
        }
        throw new IllegalStateException(lease.stack().text() + " is not being ended: it is " + lease.state());
    }

    /** In the caller's transaction nobody can have been first. */
    static void changed(Handle handle, Lease seen, String set, Map<String, ?> values) {
        if (!change(handle, seen, set, values)) {
            throw new IllegalStateException("the lease of " + seen.stack().text() + " was changed since it was read");
        }
    }

    static boolean change(Handle handle, Lease seen, String set, Map<String, ?> values) {
        return handle
                .createUpdate("UPDATE lease SET " + set
                        + ", version = version + 1 WHERE stack = :stack AND version = :seen")
                .bindMap(values).bind("stack", seen.stack().value()).bind("seen", seen.version()).execute() == 1;
    }

    private void append(Handle handle, Actor actor, String action, Lease lease, Map<String, ?> facts) {
        append(ledger, handle, actor, action, lease, facts);
    }

    /** Every entry on a lease names its request, its holder and, for a grant, what it is to. */
    static void append(Ledger ledger, Handle handle, Actor actor, String action, Lease lease, Map<String, ?> facts) {
        Map<String, Object> all = new HashMap<>(facts);
        all.put("request", lease.request());
        all.put("holder", lease.holder());
        lease.grant().ifPresent(grant -> {
            all.put("entity", grant.entity());
            all.put("role", grant.role());
        });
        ledger.append(handle, actor, action, lease.stack().text(), all);
    }
}
