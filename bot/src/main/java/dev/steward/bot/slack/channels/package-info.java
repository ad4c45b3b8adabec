/**
 * The channels of incidents in Slack: made and kept as the domain wants them, and heard of what people do in them. Speaks
 * with Slack through {@code web}; knows people through {@code people}, and through {@code sending} where Steward was removed from.
 */
@NullMarked
package dev.steward.bot.slack.channels;

import org.jspecify.annotations.NullMarked;
