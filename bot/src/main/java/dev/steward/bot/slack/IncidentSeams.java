package dev.steward.bot.slack;

import dev.steward.catalog.Person;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.Incidents;
import dev.steward.requests.ActOutcome;
import dev.steward.requests.RequestId;

/**
 * Incidents, and what other parts of Steward do for them.
 *
 * @param paging
 *            calls whoever is on call
 * @param reverting
 *            asks for a change to be taken back
 */
public record IncidentSeams(Incidents incidents, Paging paging, Reverting reverting) {

    /** Calls whoever is on call. */
    @FunctionalInterface
    public interface Paging {
        /**
         * Calls them for that incident.
         *
         * @param whom
         *            name of a service or a team, as somebody typed it
         */
        ActOutcome page(IncidentId incident, Person by, String whom);
    }

    /** Asks for a change to be taken back. */
    @FunctionalInterface
    public interface Reverting {
        /** Proposes what that request changed to be as before, because of that incident. */
        ActOutcome propose(IncidentId incident, RequestId change, Person by);
    }
}
