package dev.steward.access;

import dev.steward.catalog.Entity;
import dev.steward.requests.LeaseView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What there is to see of a review of access.
 *
 * @param entity
 *            what the access is to; a tombstone, where it is gone
 * @param openedAt
 *            when it was first asked
 * @param dueAt
 *            what nobody confirmed by then is suspended
 * @param items
 *            the access that was there when it was asked, in the order in which it was asked for
 */
public record ReviewView(ReviewId id, Entity entity, ReviewState state, Instant openedAt, Instant dueAt,
        List<Item> items) {
    public ReviewView {
        items = List.copyOf(items);
    }

    /**
     * One person's access in one role.
     *
     * @param lease
     *            whose state says whether it is there, is being ended or is gone
     * @param since
     *            when it began
     * @param confirmed
     *            who said in this review that it is still needed
     * @param asks
     *            whether somebody still has to say so
     */
    public record Item(LeaseView lease, Instant since, Optional<Confirmed> confirmed, boolean asks) {}

    /**
     * Somebody's word.
     *
     * @param by
     *            for people
     */
    public record Confirmed(String by, Instant at) {}

    /** Those on which somebody still has to say a word. */
    public List<Item> asked() {
        return items.stream().filter(Item::asks).toList();
    }
}
