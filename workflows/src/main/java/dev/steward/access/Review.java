package dev.steward.access;

import dev.steward.catalog.EntityId;
import java.time.Duration;
import java.time.Instant;

/**
 * The question whether the access that people have to one thing is still needed.
 *
 * @param channel
 *            where it is asked
 * @param openedAt
 *            what was given or confirmed after this needs no word
 * @param dueAt
 *            what nobody confirmed by then is suspended
 * @param shown
 *            digest of what its message was last told to show
 * @param version
 *            of the row: a change is made only to the version that was seen
 */
record Review(ReviewId id, EntityId entity, String channel, ReviewState state, Instant openedAt, Instant dueAt,
        String shown, long version) {

    boolean open() {
        return state instanceof ReviewState.Open;
    }

    /** When people are reminded: after half the time. */
    Instant remindAt() {
        return openedAt.plus(Duration.between(openedAt, dueAt).dividedBy(2));
    }
}
