package dev.steward.bot.slack;

/**
 * What answers Slack's requests, whatever server received them.
 *
 * <p>
 * Called by many threads at once. Slack waits 3 s: an implementation stores and answers, and works afterwards. It
 * answers refusals (a wrong signature, an unknown payload) as replies; an exception is a bug, which the server turns
 * into status 500 and an error id.
 */
@FunctionalInterface
public interface SlackEndpoint {
    /** Answers one request. */
    SlackReply answer(SlackCall call);
}
