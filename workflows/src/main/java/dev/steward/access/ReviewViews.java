package dev.steward.access;

import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.ledger.Actor;
import dev.steward.requests.LeaseView;
import dev.steward.requests.RequestParts;
import dev.steward.requests.Requests;
import dev.steward.stacks.Confirmations;
import dev.steward.stacks.Lease;
import dev.steward.stacks.LeaseState;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Reads views of reviews. */
final class ReviewViews {
    private static final int COUNTED = 100;

    private final RequestParts.Catalog catalog;
    private final Requests requests;
    private final Confirmations confirmations;

    ReviewViews(RequestParts.Catalog catalog, Requests requests, Confirmations confirmations) {
        this.catalog = catalog;
        this.requests = requests;
        this.confirmations = confirmations;
    }

    ReviewView of(Handle handle, Review review) {
        return new ReviewView(review.id(), catalog.entities().byId(handle, review.entity()).orElseThrow(),
                review.state(), review.openedAt(), review.dueAt(),
                confirmations.there(handle, review.entity().value(), review.openedAt()).stream()
                        .map(lease -> item(handle, review, lease)).toList());
    }

    /** What waits for that person in a review that is open: somebody else's access to what a team of theirs owns. */
    Optional<ReviewWaiting> waiting(Handle handle, Review review, Person person, Set<String> teams) {
        Entity entity = catalog.entities().byId(handle, review.entity()).orElseThrow();
        if (!person.mayAct() || !teams.contains(entity.owner())) {
            return Optional.empty();
        }
        long asked = confirmations.unconfirmed(handle, review.entity().value(), review.openedAt(), COUNTED).stream()
                .filter(lease -> lease.holder() != person.id()).count();
        return asked == 0
                ? Optional.empty()
                : Optional.of(new ReviewWaiting(review.id(), entity, review.channel(), (int) asked, review.dueAt()));
    }

    private ReviewView.Item item(Handle handle, Review review, Lease lease) {
        Optional<ReviewView.Confirmed> confirmed = confirmations.of(handle, lease)
                .filter(word -> !word.at().isBefore(review.openedAt()))
                .map(word -> new ReviewView.Confirmed(name(handle, word.by()), word.at()));
        boolean asks = review.open() && confirmed.isEmpty() && lease.state() instanceof LeaseState.Active;
        return new ReviewView.Item(requests.view(handle, lease), since(lease.state()), confirmed, asks);
    }

    private static Instant since(LeaseState state) {
        return switch (state) {
            case LeaseState.Active active -> active.startsAt();
            case LeaseState.Ending ending -> ending.startsAt();
            case LeaseState.Ended ended -> ended.startsAt();
            case LeaseState.Pending _ -> throw new IllegalStateException("it has not begun");
            case LeaseState.Never _ -> throw new IllegalStateException("it never began");
        };
    }

    String name(Handle handle, Actor actor) {
        return catalog.people().nameOf(handle, actor);
    }

    /** Whose access, and in which role, for people. */
    String words(LeaseView lease) {
        return lease.holder().displayName()
                + lease.grant().map(grant -> " as " + grant.role() + " on " + grant.entity().name()).orElse("");
    }
}
