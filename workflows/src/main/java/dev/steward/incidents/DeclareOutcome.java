package dev.steward.incidents;

import java.util.List;

/** What became of saying that something is wrong. */
public sealed interface DeclareOutcome {
    /**
     * There is an incident.
     *
     * @param alike
     *            open ones that may be the same; nothing was done about them
     */
    record Declared(Incident incident, List<Incident> alike) implements DeclareOutcome {}

    /** It had been declared before, by this very declaration or for the same run or alerts. */
    record Already(Incident incident) implements DeclareOutcome {}

    /**
     * There is none.
     *
     * @param field
     *            what of the form is wrong: {@code title}, {@code summary}, {@code entity}, {@code lead}, or empty
     */
    record Refused(String field, String why) implements DeclareOutcome {}
}
