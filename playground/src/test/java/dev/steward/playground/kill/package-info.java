/** The real bot, killed at the worst moments, and what becomes of it. */
@NullMarked
package dev.steward.playground.kill;

import org.jspecify.annotations.NullMarked;
