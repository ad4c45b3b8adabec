package dev.steward.approvals;

import dev.steward.catalog.Person;
import java.util.List;

/**
 * A proposal for which somebody was asked who cannot sign any more.
 *
 * @param waitingFor
 *            who may sign its open stage now and has not signed, by display name
 * @param nobodyCan
 *            whether that is too few for the stage ever to be met
 */
public record Rerouted(Proposal proposal, List<Person> waitingFor, boolean nobodyCan) {
    public Rerouted {
        waitingFor = List.copyOf(waitingFor);
    }
}
