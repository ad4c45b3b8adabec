package dev.steward.oncall;

import dev.steward.catalog.Person;
import java.time.Instant;
import java.util.Optional;

/**
 * A stretch of time in one layer, with who is on call in it.
 *
 * @param team
 *            catalog name
 * @param layer
 *            name of the layer
 * @param who
 *            somebody, or why nobody
 * @param from
 *            when it began or begins
 * @param until
 *            when somebody else's turn comes
 * @param override
 *            what put that person in the place of the one whose turn it is
 */
public record Shift(String team, String layer, Who who, Instant from, Instant until, Optional<OverrideId> override) {

    /** Who is on call. */
    public sealed interface Who {
        /** Somebody who can be reached. */
        record On(Person person) implements Who {}

        /**
         * A gap.
         *
         * @param why
         *            for people, without a full stop
         */
        record Nobody(String why) implements Who {}
    }

    /** Who is on call, if anybody is. */
    public Optional<Person> person() {
        return who instanceof Who.On(Person person) ? Optional.of(person) : Optional.empty();
    }
}
