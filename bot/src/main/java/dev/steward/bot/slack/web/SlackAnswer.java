package dev.steward.bot.slack.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** What came of one call to Slack. */
public sealed interface SlackAnswer {
    /**
     * Slack did it.
     *
     * @param body
     *            the whole answer
     */
    record Ok(JsonNode body) implements SlackAnswer {}

    /**
     * Slack refused; nothing was done.
     *
     * @param error
     *            Slack's word for it, for example {@code not_in_channel}
     * @param body
     *            the whole answer
     */
    record Refused(String error, JsonNode body) implements SlackAnswer {}

    /**
     * Too many calls; nothing was done.
     *
     * @param retryAfter
     *            how long Slack wants us to wait
     */
    record Limited(Duration retryAfter) implements SlackAnswer {}

    /**
     * No usable answer came.
     *
     * @param maybeDone
     *            whether Slack may have done it all the same; false only if nothing was sent
     * @param outage
     *            whether it looks as if Slack, or the way to it, failed; not so for a status like 404
     * @param why
     *            for logs: an exception's kind or a status, never content
     */
    record Lost(boolean maybeDone, boolean outage, String why) implements SlackAnswer {}
}
