package dev.steward.oncall;

import dev.steward.catalog.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody is to be on call in another's place.
 *
 * @param team
 *            catalog name
 * @param layer
 *            name of the layer; the first when empty
 * @param person
 *            who is to be on call
 * @param from
 *            when it begins; now when empty
 * @param lasts
 *            for how long
 * @param asker
 *            who asks for it
 * @param inReturn
 *            when the asker is on call in the other's place, if the two change their shifts
 */
public record OverrideOrder(String team, Optional<String> layer, Person person, Optional<Instant> from, Duration lasts,
        Person asker, Optional<Time> inReturn) {

    /** From when, for how long. */
    public record Time(Instant from, Duration lasts) {}

    /** An order that wants nothing in return. */
    public OverrideOrder(String team, Optional<String> layer, Person person, Optional<Instant> from, Duration lasts,
            Person asker) {
        this(team, layer, person, from, lasts, asker, Optional.empty());
    }
}
