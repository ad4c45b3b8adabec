package dev.steward.oncall;

import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A team that is or was paged.
 *
 * @param team
 *            the team
 * @param subject
 *            what it is about: {@code INC-7}, or free text
 * @param title
 *            what happened, in a line
 * @param channel
 *            where people are mentioned; empty where no channel is known
 * @param asker
 *            who asked for it; Steward itself when empty
 * @param state
 *            how far it is
 * @param steps
 *            whom it went to, the first first
 * @param at
 *            the place that was reached
 */
public record Page(PageId id, Team team, String subject, String title, Optional<String> channel,
        Optional<Person> asker, PageState state, List<Step> steps, Place at) {
    public Page {
        steps = List.copyOf(steps);
    }

    /**
     * Where a page stands.
     *
     * @param round
     *            from 1
     * @param layer
     *            from 0
     * @param version
     *            grows with each change
     * @param since
     *            when it was asked for
     */
    public record Place(int round, int layer, long version, Instant since) {}

    /**
     * One step.
     *
     * @param id
     *            its number
     * @param layer
     *            name of the layer
     * @param to
     *            whom it went to
     */
    public record Step(long id, int round, String layer, To to, Instant at) {}

    /** Whom a step went to. */
    public sealed interface To {
        /** Who was on call in the layer. */
        record Somebody(Person person) implements To {}

        /** Nobody was on call in the layer, so that it was passed over. */
        record Nobody(String why) implements To {}

        /** Everybody in the team's channel: there was nobody else. */
        record WholeTeam() implements To {}
    }

    /** Whether somebody can still acknowledge it. */
    public boolean unanswered() {
        return state instanceof PageState.Open || state instanceof PageState.Exhausted;
    }
}
