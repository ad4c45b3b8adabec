package dev.steward.oncall;

import dev.steward.catalog.Person;
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
 */
public record PageOrder(String team, String subject, String title, Optional<String> channel, Optional<Person> asker) {}
