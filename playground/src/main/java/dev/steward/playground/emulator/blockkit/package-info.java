/** Slack's Block Kit rules: what a block, an element, a modal or a home tab may hold, and Slack's words when it may not. Depends on Jackson only. */
@NullMarked
package dev.steward.playground.emulator.blockkit;

import org.jspecify.annotations.NullMarked;
