package dev.steward.incidents;

import java.time.Instant;
import java.util.Locale;

/**
 * Something that happened in an incident.
 *
 * @param at
 *            when it happened; for a message when it was posted
 * @param by
 *            who, by name
 * @param curated
 *            whether the short view has it
 * @param source
 *            what it stands for: {@code message:C1/1.2}, {@code run:17}, or a key of its own
 * @param version
 *            grows with each revision
 */
public record TimelineEntry(long id, Kind kind, Instant at, String by, String text, boolean curated, String source,
        long version) {

    /** What kind of thing happened. */
    public enum Kind {
        /** It was declared. */
        DECLARED,
        /** Another status. */
        STATUS,
        /** Another severity. */
        SEVERITY,
        /** Somebody took a role or was given it. */
        ROLE,
        /** People were told how it stands. */
        UPDATE,
        /** Somebody wrote it down. */
        NOTE,
        /** A message in Slack that somebody pinned. */
        MESSAGE,
        /** Somebody was paged, or answered. */
        PAGE,
        /** Terraform did something. */
        RUN,
        /** Somebody got access, or lost it. */
        GRANT,
        /** An alert fired or cleared. */
        ALERT,
        /** Something to be done was noted or done. */
        ACTION,
        /** Something to look at. */
        LINK,
        /** An apply was let through although it was frozen. */
        FREEZE,
        /** Resolved, closed, declined, merged or reopened. */
        ENDED;

        /** As it is stored. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
