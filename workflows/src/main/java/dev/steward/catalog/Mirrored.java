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
 *            accounts that Slack has not told us about yet: they decide nothing until they are met, and those of whom
 *            nothing is known are no members until the group is mirrored again. An administrator named by
 *            {@code steward init} begins as one of them
 */
public record Mirrored(Set<Long> added, Set<Long> removed, Set<Actor.SlackUser> unknown) {}
