package dev.steward.access;

import dev.steward.catalog.EntityId;
import dev.steward.jobs.Job;
import dev.steward.ledger.Actor;
import dev.steward.requests.RequestParts;
import dev.steward.requests.Requests;
import dev.steward.stacks.Confirmations;
import dev.steward.stacks.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the reviews that are due and looks after those that are open. It looks at current rows each time, and each review
 * is a transaction of its own.
 */
final class ReviewSweep implements Job.Handler {
    static final String JOB = "access.review";
    /** The longest that anything waits, whatever the clock did meanwhile. */
    private static final Duration EVERY = Duration.ofHours(1);
    /** How late a message may be in saying what became of access that was ended elsewhere. */
    private static final Duration WHILE_OPEN = Duration.ofMinutes(1);
    private static final int AT_ONCE = 100;
    private static final Logger LOG = LoggerFactory.getLogger(ReviewSweep.class);

    private final RequestParts.Store store;
    private final Requests requests;
    private final Confirmations confirmations;
    private final ReviewStore reviews;
    private final ReviewCourse course;
    private final Reviews.Rhythm rhythm;

    ReviewSweep(RequestParts.Store store, Requests requests, Confirmations confirmations, ReviewStore reviews,
            ReviewCourse course,
            Reviews.Rhythm rhythm) {
        this.store = store;
        this.requests = requests;
        this.confirmations = confirmations;
        this.reviews = reviews;
        this.course = course;
        this.rhythm = rhythm;
    }

    /** The sweep, due at once. */
    static Job.Order job() {
        return Job.Order.now(JOB, JOB, Map.of(), Job.Lane.GENERAL);
    }

    @Override
    public Job.Outcome run(Job job) {
        rhythm.every().ifPresent(every -> due(every).forEach(
                entity -> step("entity " + entity.value(), h -> course.open(h, entity, rhythm.within()))));
        List<Review> open = store.database().read(reviews::open);
        for (Review review : open) {
            if (store.database().read(h -> course.needsLook(h, review))) {
                step(review.id().text(), h -> reviews.find(h, review.id()).filter(Review::open)
                        .ifPresent(now -> look(h, now)));
            }
        }
        lapse();
        return new Job.Outcome.Again(store.database().read(this::pause));
    }

    /** What nobody gave back in time is over for good. */
    private void lapse() {
        for (Lease lease : store.database().read(h -> requests.lapsing(h, AT_ONCE))) {
            step(lease.stack().text(), h -> {
                requests.lapse(h, lease);
                lease.grant().ifPresent(grant -> course.renew(h, grant.entity()));
            });
        }
    }

    private List<EntityId> due(Duration every) {
        Instant since = store.clock().instant().minus(every);
        return store.database().read(h -> confirmations.entitiesWithout(h, since).stream().map(EntityId::new)
                .filter(entity -> reviews.openOn(h, entity).isEmpty()).toList());
    }

    private void step(String what, Consumer<Handle> how) {
        try {
            store.database().writing(how);
        } catch (IllegalStateException e) {
            LOG.error("the review of {} could not go on; the others do", what, e);
        }
    }

    private void look(Handle handle, Review review) {
        if (course.due(review) && course.asks(handle, review)) {
            course.overdue(handle, review, rhythm.suspended());
        } else {
            course.settle(handle, review, Actor.STEWARD);
        }
    }

    /** Until the next step that is known, and never longer than one round. */
    private Duration pause(Handle handle) {
        List<Review> open = reviews.open(handle);
        if (open.isEmpty()) {
            return EVERY;
        }
        Instant now = store.clock().instant();
        Optional<Duration> next = open.stream().map(review -> Duration.between(now, review.dueAt()))
                .min(Duration::compareTo).filter(until -> until.compareTo(WHILE_OPEN) < 0);
        return next.map(until -> until.isPositive() ? until.plusMillis(1) : Duration.ofSeconds(1)).orElse(WHILE_OPEN);
    }
}
