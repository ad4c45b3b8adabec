package dev.steward.catalog;

/** What came of recording a dependency. */
public enum DependencyOutcome {
    /** It is recorded. */
    ADDED,
    /** It was recorded before. */
    ALREADY_THERE,
    /** Nothing depends on itself. */
    ON_ITSELF
}
