package dev.steward.incidents;

import java.util.List;

/**
 * What changed before an incident.
 *
 * @param nearest
 *            the nearest first, and of those the newest
 * @param total
 *            how many there are, with those that are left out
 */
public record Changes(List<Change> nearest, int total) {
    static final Changes NONE = new Changes(List.of(), 0);
}
