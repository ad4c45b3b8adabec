package dev.steward.bot.slack.socket;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One thing that Slack sent over a connection.
 *
 * @param id
 *            what an acknowledgement names
 * @param payload
 *            what would have been the body of a request over HTTP, as JSON
 * @param takesAnswer
 *            whether an acknowledgement may carry a payload
 */
public record Envelope(String id, Kind kind, JsonNode payload, boolean takesAnswer) {
    /** What an envelope holds. */
    public enum Kind {
        /** A slash command; the payload's fields are those of the form. */
        COMMAND,
        /** An interaction: a click, a submission, a search. */
        INTERACTION,
        /** An event. */
        EVENT
    }
}
