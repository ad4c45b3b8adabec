/**
 * A rehearsal of the whole of Steward on a stage of its own: a temporary home, free ports, and a Slack that is made up.
 * It uses {@code bot}'s composition root as {@code bot.cli} does, speaks with it over HTTP alone, and nothing depends on
 * it but the command line.
 */
@NullMarked
package dev.steward.bot.rehearsal;

import org.jspecify.annotations.NullMarked;
