package dev.steward.catalog;

import dev.steward.ledger.Actor;
import java.util.Set;

/**
 * What mirroring a Slack user group changed.
 *
 * @param added
 *            numbers of the people who are members now and were not
 * @param removed
 *            numbers of the people who were members and are not
 * @param unknown
 *            accounts nobody has met: they are no members until they are met and the group is mirrored again
 */
public record Mirrored(Set<Long> added, Set<Long> removed, Set<Actor.SlackUser> unknown) {}
