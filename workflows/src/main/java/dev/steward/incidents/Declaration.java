package dev.steward.incidents;

import dev.steward.catalog.EntityId;
import dev.steward.catalog.Person;
import java.util.Optional;

/**
 * Somebody says that something is wrong.
 *
 * @param title
 *            what, in a line; not blank
 * @param details
 *            what may be known already
 * @param by
 *            who says so
 * @param origin
 *            what made them say so
 * @param idempotencyKey
 *            the same key again answers what the first answered
 */
public record Declaration(String title, Severity severity, Details details, Person by, Origin origin,
        String idempotencyKey) {

    /**
     * What may be known already.
     *
     * @param confidential
     *            whether only its members may see anything of it
     * @param triage
     *            whether it is not certain yet that it is one
     */
    public record Details(Optional<EntityId> entity, String summary, boolean confidential, Optional<Person> lead,
            boolean triage) {
        /** Nothing is known. */
        public static final Details NONE = new Details(Optional.empty(), "", false, Optional.empty(), false);
    }

    /** What made somebody declare an incident. */
    public sealed interface Origin {
        /** They typed it. */
        record Command() implements Origin {}

        /**
         * A message, which becomes the first entry of the timeline.
         *
         * @param author
         *            Slack user id of who wrote it
         */
        record Message(String channel, String ts, String author, String text) implements Origin {}

        /** Alerts: the group of them on a card. */
        record Alerts(long group) implements Origin {}

        /** A run that failed or stopped half-way; there is one incident a run. */
        record Run(long run) implements Origin {}
    }
}
