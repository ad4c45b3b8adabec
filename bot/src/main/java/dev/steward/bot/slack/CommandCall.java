package dev.steward.bot.slack;

/**
 * A slash command that somebody typed.
 *
 * @param user
 *            user id
 * @param channel
 *            id of the channel it was typed in
 * @param command
 *            with its slash and, where there is one, the installation's prefix
 * @param text
 *            what follows it, may be empty
 * @param trigger
 *            opens one modal within 3 s
 * @param responseUrl
 *            where to answer in private
 */
record CommandCall(String user, String channel, String command, String text, String trigger, String responseUrl) {}
