package dev.steward.bot.slack;

/**
 * A modal that was submitted.
 *
 * @param user
 *            user id
 * @param view
 *            the modal
 */
record Submission(String user, OpenView view) {}
