package dev.steward.incidents.alerts;

import dev.steward.incidents.Severity;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How bad an alert is, the worst first. */
public enum AlertSeverity {
    /** Somebody is called. */
    CRITICAL(0, Severity.SEV2),
    /** Somebody should look now. */
    HIGH(1, Severity.SEV2),
    /** Somebody should look soon. So is one that says nothing. */
    WARNING(2, Severity.SEV3),
    /** Good to know. */
    INFO(3, Severity.SEV4);

    private final int rank;
    private final Severity incident;

    AlertSeverity(int rank, Severity incident) {
        this.rank = rank;
        this.incident = incident;
    }

    /** As it is stored: 0 is the worst. */
    int rank() {
        return rank;
    }

    static AlertSeverity of(int rank) {
        return Stream.of(values()).filter(severity -> severity.rank == rank).findFirst().orElseThrow();
    }

    /** As people read it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What an incident declared for it is proposed as; whoever declares it has the last word. */
    public Severity proposed() {
        return incident;
    }

    /** Whether it is worse than the other. */
    public boolean worseThan(AlertSeverity other) {
        return compareTo(other) < 0;
    }

    /** Reads the words that monitoring systems use; empty for any other. */
    static Optional<AlertSeverity> parse(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "critical", "crit", "page", "p1", "p0", "sev1", "sev-1", "emergency", "fatal", "disaster" ->
                Optional.of(CRITICAL);
            case "high", "error", "err", "major", "p2", "sev2", "sev-2", "alert" -> Optional.of(HIGH);
            case "warning", "warn", "medium", "average", "minor", "p3", "sev3", "sev-3" -> Optional.of(WARNING);
            case "info", "information", "informational", "notice", "low", "none", "ok", "p4", "p5", "sev4", "sev-4" ->
                Optional.of(INFO);
            default -> Optional.empty();
        };
    }
}
