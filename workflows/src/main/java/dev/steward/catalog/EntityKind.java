package dev.steward.catalog;

import java.util.Optional;

/** The kinds of things that have an owner. */
public enum EntityKind {
    /** Something that runs; Backstage: Component. */
    SERVICE("Service"),
    /** Something that services need: a database, a queue, a bucket. */
    RESOURCE("Resource"),
    /** Several services and resources that belong together. */
    SYSTEM("System");

    private final String text;

    EntityKind(String text) {
        this.text = text;
    }

    /** The word for it in definitions, tables and messages. */
    public String text() {
        return text;
    }

    /** Reads the word; Backstage's {@code Component} is a service. */
    public static Optional<EntityKind> of(String text) {
        return text.equalsIgnoreCase("component") ? Optional.of(SERVICE) : Words.find(values(), EntityKind::text, text);
    }
}
