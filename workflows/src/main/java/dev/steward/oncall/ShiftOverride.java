package dev.steward.oncall;

import dev.steward.catalog.Person;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody on call in the place of whoever's turn it is.
 *
 * @param team
 *            catalog name
 * @param layer
 *            name of the layer
 * @param person
 *            who is on call instead
 * @param covers
 *            whose turn it was at its beginning, when it was asked for
 * @param from
 *            when it begins
 * @param until
 *            when it ends
 * @param askedBy
 *            who asked for it
 * @param state
 *            how far it is
 * @param swap
 *            the other half, where two people change their shifts
 */
public record ShiftOverride(OverrideId id, String team, String layer, Person person, Optional<Person> covers,
        Instant from,
        Instant until, Person askedBy, State state, long version,
        Optional<Half> swap) {

    /**
     * The other half, where two people change their shifts. Both halves hold, or none does.
     *
     * @param answered
     *            whether the other half is the one that was asked for and is answered; this one is in return for it
     */
    public record Half(OverrideId id, Instant from, Instant until, boolean answered) {}

    /** One for which nothing is done in return. */
    public ShiftOverride(OverrideId id, String team, String layer, Person person, Optional<Person> covers, Instant from,
            Instant until, Person askedBy, State state, long version) {
        this(id, team, layer, person, covers, from, until, askedBy, state, version, Optional.empty());
    }

    /** Whether it is what somebody gives in return: whoever answers the other half answers it. */
    boolean isReturn() {
        return swap.filter(Half::answered).isPresent();
    }

    /** How far an override is. */
    public enum State {
        /** The person has not said yes yet; nothing has changed. */
        PROPOSED,
        /** It holds. */
        ACTIVE,
        /** The person said no. */
        DECLINED,
        /** Somebody took it back. */
        CANCELLED
    }
}
