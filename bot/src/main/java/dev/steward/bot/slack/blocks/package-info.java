/**
 * Block Kit as plain values: text that is always escaped, blocks that are always within Slack's limits. It depends on
 * {@code database} for JSON alone.
 */
@NullMarked
package dev.steward.bot.slack.blocks;

import org.jspecify.annotations.NullMarked;
