/**
 * A strict Slack workspace in one process: it serves the Web API, delivers to the bot, and lets a test act as any of its
 * people. Depends on Javalin, Jackson and its own sub-packages; never on the bot or on Slack's SDK, so that its
 * strictness is independent of theirs.
 */
@NullMarked
package dev.steward.playground.emulator;

import org.jspecify.annotations.NullMarked;
