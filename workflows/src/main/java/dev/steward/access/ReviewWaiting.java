package dev.steward.access;

import dev.steward.catalog.Entity;
import java.time.Instant;

/**
 * A review that waits for a person.
 *
 * @param channel
 *            where it is asked
 * @param asked
 *            on how many people's access, theirs excepted, somebody still has to say a word; at most 100 are counted
 * @param dueAt
 *            what nobody confirmed by then is suspended
 */
public record ReviewWaiting(ReviewId id, Entity entity, String channel, int asked, Instant dueAt) {}
