package dev.steward.catalog;

import java.util.Optional;

/** Whether a thing lives and dies with one application or serves several. */
public enum Lifecycle {
    /** It exists for one application and ends with it. */
    APPLICATION_BOUND("application-bound"),
    /** Several applications depend on it. */
    SHARED("shared");

    private final String text;

    Lifecycle(String text) {
        this.text = text;
    }

    /** The word for it in forms, files, tables and messages. */
    public String text() {
        return text;
    }

    /** Reads the word. */
    public static Optional<Lifecycle> of(String text) {
        return Words.find(values(), Lifecycle::text, text);
    }
}
