package dev.steward.bot.slack;

/**
 * Text typed into a field that searches as one types.
 *
 * @param user
 *            user id
 * @param action
 *            the field's action id
 * @param text
 *            what was typed so far
 */
record Suggestion(String user, String action, String text) {}
