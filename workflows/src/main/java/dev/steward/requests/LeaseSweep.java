package dev.steward.requests;

import dev.steward.catalog.Person;
import dev.steward.catalog.Standing;
import dev.steward.jobs.Job;
import dev.steward.ledger.Actor;
import dev.steward.stacks.Lease;
import dev.steward.stacks.LeaseState;
import dev.steward.terraform.StackId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one sweep that ends what is due. It looks at current rows each time: what came due while Steward was down, while a
 * clock was wrong or while nobody could be asked is found like any other. Each lease is a transaction of its own.
 */
final class LeaseSweep implements Job.Handler {
    static final String JOB = "lease.sweep";
    /** The longest that anything due waits, apart from the time that Terraform takes. */
    static final Duration EVERY = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(LeaseSweep.class);
    private static final int AT_ONCE = 100;

    private final RequestParts parts;
    private final RequestStore requests;
    private final LeaseEndings endings;
    private final Deciding deciding;
    private final Leasing leasing;
    private final Notices notices;
    private final DesertedTeams deserted;
    private final Leavers leavers;

    LeaseSweep(RequestParts parts, RequestStore requests, LeaseEndings endings, Deciding deciding, Leasing leasing,
            Notices notices, Leavers leavers) {
        this.parts = parts;
        this.requests = requests;
        this.endings = endings;
        this.deciding = deciding;
        this.leasing = leasing;
        this.notices = notices;
        this.leavers = leavers;
        deserted = new DesertedTeams(parts);
    }

    /** The sweep, due at once. */
    static Job.Order job() {
        return Job.Order.now(JOB, JOB, java.util.Map.of(), Job.Lane.GENERAL);
    }

    @Override
    public Job.Outcome run(Job job) {
        leavers.look();
        endOfIncidents();
        each(parts.store().leases()::due, (h, lease) -> end(h, lease, LeaseState.Cause.EXPIRED));
        each(parts.store().leases()::orphaned, (h, lease) -> end(h, lease, orphaned(h, lease)));
        each(parts.store().leases()::toWarn, this::warn);
        cancelOfLeavers();
        endOfMovers();
        each(parts.store().leases()::toEnd, endings::proceed);
        deserted.look();
        return new Job.Outcome.Again(pause());
    }

    /** What was given for an incident is not needed longer than that. */
    private void endOfIncidents() {
        parts.store().database().read(requests::grantsForIncidents).stream()
                .filter(request -> parts.store().database()
                        .read(h -> parts.emergencies().over(h, request.incident().orElseThrow())))
                .forEach(request -> parts.store().database()
                        .writing(h -> parts.store().leases().of(h, request.stack()).ifPresent(lease -> parts.store()
                                .leases().shorten(h, lease, Actor.STEWARD, request.incident().orElseThrow()))));
    }

    private void each(BiFunction<Handle, Integer, List<Lease>> which, BiConsumer<Handle, Lease> what) {
        each(which, lease -> parts.store().database().writing(h -> what.accept(h, lease)));
    }

    /** All of them, each once, however many there are; one that fails holds up no other. */
    private void each(BiFunction<Handle, Integer, List<Lease>> which, Consumer<Lease> what) {
        Set<StackId> seen = new HashSet<>();
        List<Lease> some = List.of();
        do {
            some = parts.store().database().read(h -> which.apply(h, AT_ONCE + seen.size())).stream()
                    .filter(lease -> seen.add(lease.stack())).toList();
            some.forEach(lease -> swept(lease, what));
        } while (!some.isEmpty());
    }

    private static void swept(Lease lease, Consumer<Lease> what) {
        try {
            what.accept(lease);
        } catch (IllegalStateException e) {
            LOG.error("{} could not be swept; the others are", lease.stack().text(), e);
        }
    }

    /** Nobody waits any more for what somebody asked for who has left: what came about after that, or failed then. */
    private void cancelOfLeavers() {
        for (Request request : parts.store().database().read(h -> requests.ofLeavers(h, AT_ONCE))) {
            parts.store().database().writing(h -> deciding.cancelForLeaver(h, requests.byId(h, request.id())));
        }
    }

    /**
     * What was given by a rule ends where the rule holds no more, whyever. Not while the members of some team are unknown.
     */
    private void endOfMovers() {
        if (parts.store().database().read(leasing::teamsKnown)) {
            parts.store().database().read(parts.store().leases()::standing).stream()
                    .filter(lease -> parts.store().database().read(h -> leasing.lapsed(h, lease)))
                    .forEach(lease -> parts.store().database()
                            .writing(h -> end(h, lease, LeaseState.Cause.LEFT)));
        }
    }

    /** Says that it is to end, and has the sweep see to it at once. */
    boolean endNow(Handle handle, Lease lease, LeaseState.Word word) {
        parts.store().jobs().enqueue(handle, job());
        return end(handle, lease, word);
    }

    private boolean end(Handle handle, Lease lease, LeaseState.Cause cause) {
        return end(handle, lease, new LeaseState.Word(cause, Actor.STEWARD));
    }

    /** The same, and lets it be given back until then. */
    boolean suspendNow(Handle handle, Lease lease, Instant until) {
        parts.store().jobs().enqueue(handle, job());
        return ended(handle, lease, parts.suspensions().suspend(handle, lease, until,
                new LeaseState.Word(LeaseState.Cause.UNCONFIRMED, Actor.STEWARD)));
    }

    private boolean end(Handle handle, Lease lease, LeaseState.Word word) {
        return ended(handle, lease, parts.store().leases().end(handle, lease, word));
    }

    private boolean ended(Handle handle, Lease lease, boolean done) {
        if (done) {
            Request request = requests.byId(handle, new RequestId(lease.request()));
            leasing.withdraw(handle, request);
            notices.lease(handle, request);
        }
        return done;
    }

    private LeaseState.Cause orphaned(Handle handle, Lease lease) {
        boolean left = parts.catalog().people().byId(handle, lease.holder()).map(Person::standing)
                .filter(Standing::gone).isPresent();
        return left ? LeaseState.Cause.LEFT : LeaseState.Cause.RETIRED;
    }

    private void warn(Handle handle, Lease lease) {
        if (parts.store().leases().warned(handle, lease)) {
            Request request = requests.byId(handle, new RequestId(lease.request()));
            notices.warning(handle, request, lease);
        }
    }

    /** Until the next is due, and never longer than one round. */
    private Duration pause() {
        Optional<Instant> next = parts.store().database().read(parts.store().leases()::next);
        Duration until = next.map(at -> Duration.between(parts.store().clock().instant(), at)).orElse(EVERY);
        if (until.compareTo(EVERY) > 0) {
            return EVERY;
        }
        return until.isPositive() ? until.plusMillis(1) : EVERY;
    }
}
