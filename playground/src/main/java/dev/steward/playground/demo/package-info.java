/** The demo: a story played with the real bot, told as a conversation. It depends on {@code stage}. */
@NullMarked
package dev.steward.playground.demo;

import org.jspecify.annotations.NullMarked;
