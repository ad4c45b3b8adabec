package dev.steward.bot.slack;

import dev.steward.catalog.Person;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.Incidents;
import dev.steward.requests.ActOutcome;
import dev.steward.requests.RequestId;
import dev.steward.requests.RequestView;
import java.util.Optional;

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
        /**
         * Proposes what that request changed to be as before, because of that incident.
         *
         * @param instead
         *            the change that waits and that the person was told would be withdrawn for it
         */
        Answer propose(IncidentId incident, RequestId change, Optional<RequestId> instead, Person by);

        /** What came of it. */
        sealed interface Answer {
            /** It was proposed, or refused. */
            record Said(ActOutcome outcome) implements Answer {}

            /** That change waits, and would be withdrawn. */
            record InTheWay(RequestView pending) implements Answer {}
        }
    }
}
