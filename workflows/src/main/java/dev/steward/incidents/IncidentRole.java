package dev.steward.incidents;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody does in an incident. */
public enum IncidentRole {
    /** Decides and keeps everybody pointed the same way. */
    LEAD("Incident lead"),
    /** Writes down what happens. */
    SCRIBE("Scribe"),
    /** Speaks with everybody outside. */
    LIAISON("Liaison");

    private final String title;

    IncidentRole(String title) {
        this.title = title;
    }

    /** As people read it. */
    public String title() {
        return title;
    }

    /** As it is typed and stored. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads what somebody typed. */
    public static Optional<IncidentRole> parse(String text) {
        return Stream.of(values()).filter(role -> role.text().equalsIgnoreCase(text.strip())).findFirst();
    }
}
