package dev.steward.catalog;

import java.util.Optional;

/** How much depends on a thing: tier-1 is what the business cannot do without. */
public enum Tier {
    /** The business stops without it. */
    TIER_1("tier-1"),
    /** Customers notice within minutes. */
    TIER_2("tier-2"),
    /** Somebody notices within a day. */
    TIER_3("tier-3"),
    /** It can wait. */
    TIER_4("tier-4");

    private final String text;

    Tier(String text) {
        this.text = text;
    }

    /** The word for it in forms, files, tables and messages. */
    public String text() {
        return text;
    }

    /** Reads the word. */
    public static Optional<Tier> of(String text) {
        return Words.find(values(), Tier::text, text);
    }
}
