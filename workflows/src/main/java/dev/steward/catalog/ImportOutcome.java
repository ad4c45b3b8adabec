package dev.steward.catalog;

/** What came of applying an import. */
public sealed interface ImportOutcome {
    /**
     * What could be imported is.
     *
     * @param report
     *            what was done
     */
    record Applied(ImportReport report) implements ImportOutcome {}

    /** Only an operator or an admin imports: files name the members of teams, and so those who approve. */
    record NotAllowed() implements ImportOutcome {}
}
