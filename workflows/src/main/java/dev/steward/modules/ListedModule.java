package dev.steward.modules;

import java.time.Instant;
import java.util.Optional;

/**
 * A module in a list for people.
 *
 * @param title
 *            from the accepted descriptor; the name when there is none
 * @param problem
 *            why it cannot be used now, and what to do; empty when it can
 */
public record ListedModule(String name, String title, Optional<Accepted> accepted, Optional<String> problem) {
    /**
     * Who accepted what, and when.
     *
     * @param by
     *            the actor in its stored form
     */
    public record Accepted(String digest, String by, Instant at) {}
}
