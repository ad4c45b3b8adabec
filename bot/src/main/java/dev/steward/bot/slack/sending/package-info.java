/**
 * The sender of the outbox: what is due goes to Slack once, in order of urgency, within Slack's rates. It depends on
 * {@code outbox}, {@code database}, and on {@code bot.slack}'s {@code web} and {@code blocks}.
 */
@NullMarked
package dev.steward.bot.slack.sending;

import org.jspecify.annotations.NullMarked;
