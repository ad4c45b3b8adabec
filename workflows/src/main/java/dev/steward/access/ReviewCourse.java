package dev.steward.access;

import dev.steward.catalog.Entity;
import dev.steward.catalog.EntityId;
import dev.steward.catalog.Team;
import dev.steward.database.Sha256;
import dev.steward.ledger.Actor;
import dev.steward.outbox.Destination;
import dev.steward.outbox.Message;
import dev.steward.outbox.Priority;
import dev.steward.requests.RequestParts;
import dev.steward.requests.Requests;
import dev.steward.stacks.Confirmations;
import dev.steward.stacks.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The steps that a review takes, with all that has to be said; always in the caller's transaction. */
final class ReviewCourse {
    /** How many are ended in one transaction. */
    static final int AT_ONCE = 50;

    private final RequestParts.Store store;
    private final RequestParts.Catalog catalog;
    private final Requests requests;
    private final Confirmations confirmations;
    private final ReviewStore reviews;

    ReviewCourse(RequestParts.Store store, RequestParts.Catalog catalog, Requests requests,
            Confirmations confirmations, ReviewStore reviews) {
        this.store = store;
        this.catalog = catalog;
        this.requests = requests;
        this.confirmations = confirmations;
        this.reviews = reviews;
    }

    /** Opens the review of an entity, unless one is open or there is nothing to ask. */
    void open(Handle handle, EntityId id, Duration within) {
        Instant now = store.clock().instant();
        List<Lease> asked = confirmations.unconfirmed(handle, id.value(), now, AT_ONCE);
        if (asked.isEmpty() || reviews.openOn(handle, id).isPresent()) {
            return;
        }
        Entity entity = catalog.entities().byId(handle, id).orElseThrow();
        Instant due = now.plus(within);
        ReviewId review = reviews.insert(handle, id, channel(handle, entity, asked.getFirst()), now, due);
        store.ledger().append(handle, Actor.STEWARD, "access.review_open", review.text(),
                Map.of("entity", entity.subject(), "dueAt", due.toEpochMilli()));
        settle(handle, reviews.find(handle, review).orElseThrow(), Actor.STEWARD);
    }

    private String channel(Handle handle, Entity entity, Lease first) {
        return catalog.teams().byName(handle, entity.owner()).flatMap(Team::channel)
                .orElseGet(() -> requests.view(handle, first).channel());
    }

    /** Says what there is to say now; a review in which nothing is left to be asked is done. */
    void settle(Handle handle, Review review, Actor actor) {
        if (!review.open()) {
            return;
        }
        if (!asks(handle, review)) {
            reviews.done(handle, review, store.clock().instant());
            ended(handle, review, "access.review_done", actor);
            return;
        }
        String digest = digest(handle, review);
        if (!digest.equals(review.shown())) {
            reviews.shown(handle, review, digest);
            tell(handle, review);
        }
        if (remind(handle, review)) {
            put(handle, review, reminderKey(review));
        }
    }

    /** Suspends what nobody confirmed while there was time; the rest of a long list the next time. */
    void overdue(Handle handle, Review review, Duration suspended) {
        Instant until = store.clock().instant().plus(suspended);
        List<Lease> late = confirmations.unconfirmed(handle, review.entity().value(), review.openedAt(), AT_ONCE);
        late.forEach(lease -> requests.suspend(handle, lease, until));
        if (!asks(handle, review)) {
            reviews.overdue(handle, review, store.clock().instant());
            ended(handle, review, "access.review_overdue", Actor.STEWARD);
        }
    }

    /** Whether its message does not say what is so, or it is time for another step. */
    boolean needsLook(Handle handle, Review review) {
        return due(review) || !asks(handle, review) || remind(handle, review)
                || !digest(handle, review).equals(review.shown());
    }

    boolean due(Review review) {
        return !store.clock().instant().isBefore(review.dueAt());
    }

    private boolean remind(Handle handle, Review review) {
        return !store.clock().instant().isBefore(review.remindAt()) && !due(review)
                && !store.outbox().knows(handle, reminderKey(review));
    }

    /** Whether somebody still has to say a word. */
    boolean asks(Handle handle, Review review) {
        return !confirmations.unconfirmed(handle, review.entity().value(), review.openedAt(), 1).isEmpty();
    }

    private String digest(Handle handle, Review review) {
        return Sha256.of(confirmations.there(handle, review.entity().value(), review.openedAt()).stream()
                .map(lease -> lease.stack().value() + ":" + lease.version()).collect(Collectors.joining(" ")));
    }

    private void ended(Handle handle, Review review, String action, Actor actor) {
        store.ledger().append(handle, actor, action, review.id().text(), Map.of("entity",
                catalog.entities().byId(handle, review.entity()).map(Entity::subject).orElseThrow()));
        tell(handle, review);
    }

    /** Renews the message, and the reminder where one was sent. */
    private void tell(Handle handle, Review review) {
        homes(handle, review);
        put(handle, review, key(review.id()));
        Optional.of(reminderKey(review)).filter(key -> store.outbox().knows(handle, key))
                .ifPresent(key -> put(handle, review, key));
    }

    /** Has the last review of that entity whose time was up say what became of what was suspended then. */
    void renew(Handle handle, long entity) {
        reviews.lastOverdue(handle, new EntityId(entity)).ifPresent(review -> tell(handle, review));
    }

    private void homes(Handle handle, Review review) {
        catalog.entities().byId(handle, review.entity())
                .flatMap(entity -> catalog.teams().byName(handle, entity.owner()))
                .ifPresent(team -> requests.homes().changed(handle, catalog.teams().memberIds(handle, team.id()),
                        Priority.HOME));
    }

    private void put(Handle handle, Review review, String key) {
        store.outbox().put(handle, new Message(key, new Destination.Channel(review.channel()), Reviews.VIEW,
                Map.of("review", review.id().value()), Priority.DECISION));
    }

    static String key(ReviewId review) {
        return "review:" + review.value();
    }

    private static String reminderKey(Review review) {
        return key(review.id()) + ":reminder";
    }
}
