/**
 * The benchmark: ratios of the real bot to honest floors, all measured in one run. It depends on {@code stage} and
 * {@code emulator}; its floors are the one place outside {@code bot} that builds on Slack's libraries.
 */
@NullMarked
package dev.steward.playground.bench;

import org.jspecify.annotations.NullMarked;
