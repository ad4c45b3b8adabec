package dev.steward.catalog;

/** What came of linking a person from a catalog file to an account in Slack. */
public sealed interface LinkOutcome {
    /**
     * They are one person now, or were already.
     *
     * @param person
     *            as it is now
     */
    record Linked(Person person) implements LinkOutcome {}

    /** Only an operator or an admin links. */
    record NotAllowed() implements LinkOutcome {}

    /**
     * The catalog has nobody of that name.
     *
     * @param name
     *            as it was given
     */
    record NoSuchPerson(String name) implements LinkOutcome {}

    /**
     * One side of the link belongs to another already; a link is made once.
     *
     * @param person
     *            the person that holds the name or the account
     */
    record AlreadyLinked(Person person) implements LinkOutcome {}
}
