/**
 * Socket Mode: connections that Steward opens to Slack, over which commands, interactions and events come in. It knows
 * the protocol alone, and depends on {@code web}; what an envelope means is for its receiver.
 *
 * @see <a href="https://docs.slack.dev/apis/events-api/using-socket-mode">Slack: using Socket Mode</a>
 */
@NullMarked
package dev.steward.bot.slack.socket;

import org.jspecify.annotations.NullMarked;
