package dev.steward.oncall;

import dev.steward.catalog.Person;
import java.util.List;
import java.util.Optional;

/**
 * A team is to be paged.
 *
 * @param team
 *            catalog name
 * @param subject
 *            what it is about: {@code INC-7}, or free text; a team is paged once at a time about a subject
 * @param title
 *            what happened, in a line
 * @param channel
 *            id or name of the channel to mention people in; the team's own when empty
 * @param asker
 *            who asks for it; Steward itself when empty
 * @param then
 *            the teams that are paged if nobody of that team answers, one after the other
 */
public record PageOrder(String team, String subject, String title, Optional<String> channel, Optional<Person> asker,
        List<String> then) {
    public PageOrder {
        then = List.copyOf(then);
    }

    /** An order that nobody else is paged for. */
    public PageOrder(String team, String subject, String title, Optional<String> channel, Optional<Person> asker) {
        this(team, subject, title, channel, asker, List.of());
    }
}
