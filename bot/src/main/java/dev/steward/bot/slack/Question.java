package dev.steward.bot.slack;

/** What somebody wants to know who wrote to Steward in words, as far as the words alone tell; see {@link Wording}. */
sealed interface Question {
    /**
     * Who answers for something, and what one can do there.
     *
     * @param name
     *            as it was written, perhaps with words around it; may be empty
     */
    record Owner(String name) implements Question {}

    /**
     * Who is on call.
     *
     * @param name
     *            like that of an owner; empty for whoever asks, and their teams
     */
    record OnCall(String name) implements Question {}

    /** What one may ask for. */
    record Wishes() implements Question {}

    /** How one gets access, without saying to what. */
    record Access() implements Question {}

    /** What access one has. */
    record MyAccess() implements Question {}

    /** Who has access to something. */
    record WhoHas(String name) implements Question {}

    /** How one changes something, without saying what. */
    record Change() implements Question {}

    /**
     * How one declares an incident.
     *
     * @param title
     *            what is wrong, may be empty
     */
    record Incident(String title) implements Question {}

    /** What one can ask. */
    record Help() implements Question {}

    /** Perhaps the name of something; else nothing that Steward understands. */
    record Words(String text) implements Question {}
}
