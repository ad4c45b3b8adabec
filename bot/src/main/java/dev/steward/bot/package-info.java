/**
 * The bot's composition root and settings: what is read from file and environment, and what is opened from it, in which
 * order. It depends on everything; nothing but the playground depends on it.
 */
@NullMarked
package dev.steward.bot;

import org.jspecify.annotations.NullMarked;
