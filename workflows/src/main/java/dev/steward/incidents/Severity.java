package dev.steward.incidents;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** How bad an incident is. */
public enum Severity {
    /** The worst. */
    SEV1(1, "Customers cannot use the product, or data is being lost", Optional.of(Duration.ofMinutes(30))),
    /** Bad, with a way around or for some only. */
    SEV2(2, "An important part fails for many, or everything is slow", Optional.of(Duration.ofMinutes(60))),
    /** Felt by few. */
    SEV3(3, "A small part fails, or few people notice", Optional.empty()),
    /** Felt by nobody yet. */
    SEV4(4, "Nobody outside notices yet", Optional.empty());

    private final int number;
    private final String meaning;
    private final Optional<Duration> updateEvery;

    Severity(int number, String meaning, Optional<Duration> updateEvery) {
        this.number = number;
        this.meaning = meaning;
        this.updateEvery = updateEvery;
    }

    /** As people read it: {@code SEV-1}. */
    public String text() {
        return "SEV-" + number;
    }

    /** From 1, the worst, to 4. */
    public int number() {
        return number;
    }

    /** What it means, in one line. */
    public String meaning() {
        return meaning;
    }

    /** How often people are to be told how it stands; empty: whenever there is something to tell. */
    public Optional<Duration> updateEvery() {
        return updateEvery;
    }

    /** Whether it is as bad as the other, or worse. */
    public boolean atLeast(Severity other) {
        return compareTo(other) <= 0;
    }

    /** Reads what somebody typed: {@code SEV-1}, {@code sev1} or {@code 1}. */
    public static Optional<Severity> parse(String text) {
        String digits = text.strip().replaceFirst("(?i)^sev-?", "");
        return Stream.of(values()).filter(severity -> digits.equals(Integer.toString(severity.number()))).findFirst();
    }

    static Severity of(int number) {
        return Stream.of(values()).filter(severity -> severity.number == number).findFirst().orElseThrow();
    }
}
