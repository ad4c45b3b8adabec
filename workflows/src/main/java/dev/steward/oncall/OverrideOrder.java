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
 */
public record OverrideOrder(String team, Optional<String> layer, Person person, Optional<Instant> from, Duration lasts,
        Person asker) {}
