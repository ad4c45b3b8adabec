package dev.steward.approvals;

import dev.steward.catalog.Principal;

/**
 * One step of a decision: some number of people out of a group.
 *
 * @param name
 *            for people, one word or two
 * @param by
 *            who may sign
 * @param need
 *            how many different people must sign, at least 1
 * @param why
 *            for people, one clause on why they are asked
 */
public record Stage(String name, Principal by, int need, String why) {
    /** Refuses a stage that nobody would have to sign. */
    public Stage {
        if (need < 1) {
            throw new IllegalArgumentException("stage " + name + " needs at least one signature, not " + need);
        }
        if (name.isBlank()) {
            throw new IllegalArgumentException("a stage has a name");
        }
    }
}
