package dev.steward.catalog;

import java.time.Instant;
import java.util.List;

/** The answer to "who owns this?". */
public sealed interface Ownership {
    /**
     * A service, a resource or a system.
     *
     * @param entity
     *            the thing; a tombstone when it is gone
     * @param owner
     *            its owner team
     * @param tags
     *            sorted
     * @param links
     *            by title
     * @param around
     *            what it depends on and what depends on it
     * @param activity
     *            the stacks behind it and what changed last
     */
    record Found(Entity entity, Team owner, List<String> tags, List<Link> links, Around around, Activity activity)
            implements
                Ownership {}

    /**
     * A team, which owns itself.
     *
     * @param team
     *            the team
     * @param entities
     *            what it owns, by name
     */
    record TeamFound(Team team, List<Entity> entities) implements Ownership {}

    /**
     * Nothing in the catalog has that name.
     *
     * @param suggestions
     *            names that may have been meant, nearest first
     */
    record Unknown(List<String> suggestions) implements Ownership {}

    /**
     * The entity's neighbours, by name.
     *
     * @param dependencies
     *            what it depends on directly
     * @param dependents
     *            what depends on it directly
     */
    record Around(List<Entity> dependencies, List<Entity> dependents) {}

    /**
     * What stands behind the entity and what happened to it.
     *
     * @param stacks
     *            by name
     * @param changes
     *            the last changes, newest first, at most five
     */
    record Activity(List<StackLine> stacks, List<Change> changes) {}

    /**
     * A stack behind an entity.
     *
     * @param name
     *            the stack's
     * @param status
     *            pending, active, ended or abandoned
     * @param module
     *            name of the module it is an instance of
     */
    record StackLine(String name, String status, String module) {}

    /**
     * Something that changed.
     *
     * @param at
     *            when
     * @param what
     *            for people, in the past tense
     * @param by
     *            for people, who asked for it
     */
    record Change(Instant at, String what, String by) {}
}
