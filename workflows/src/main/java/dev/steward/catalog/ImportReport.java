package dev.steward.catalog;

import java.util.List;

/**
 * What an import would do, or did.
 *
 * @param changes
 *            in the order in which they are made
 * @param left
 *            how many documents say what the catalog says already
 * @param problems
 *            what is not imported, and why
 * @param notes
 *            what is left alone on purpose, for people
 * @param digest
 *            SHA-256 over the names and contents of the files
 */
public record ImportReport(List<Change> changes, int left, List<Problem> problems, List<String> notes, String digest) {

    /** How something changes. */
    public enum Verb {
        /** It is new in the catalog. */
        CREATE,
        /** It is in the catalog and gets another value. */
        CHANGE
    }

    /**
     * One change.
     *
     * @param verb
     *            how
     * @param what
     *            for people, for example {@code Service checkout}
     * @param detail
     *            for people, what is new about it
     */
    public record Change(Verb verb, String what, String detail) {}

    /** How many changes there are of a kind. */
    public long count(Verb verb) {
        return changes.stream().filter(change -> change.verb() == verb).count();
    }
}
