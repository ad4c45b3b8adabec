/**
 * A whole Steward to try out: the real bot in a process of its own, a fresh home, and the emulator that it takes for
 * Slack. The demo and the end-to-end tests play on it. It depends on {@code emulator}.
 */
@NullMarked
package dev.steward.playground.stage;

import org.jspecify.annotations.NullMarked;
