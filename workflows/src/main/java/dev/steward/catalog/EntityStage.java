package dev.steward.catalog;

import java.util.Optional;

/** How far along a thing is; Backstage calls it lifecycle. */
public enum EntityStage {
    /** Being tried out. */
    EXPERIMENTAL("experimental"),
    /** In use. */
    PRODUCTION("production"),
    /** On its way out. */
    DEPRECATED("deprecated");

    private final String text;

    EntityStage(String text) {
        this.text = text;
    }

    /** The word for it in forms, files, tables and messages. */
    public String text() {
        return text;
    }

    /** Reads the word. */
    public static Optional<EntityStage> of(String text) {
        return Words.find(values(), EntityStage::text, text);
    }
}
