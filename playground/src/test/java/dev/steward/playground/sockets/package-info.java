/** Socket Mode: the bot's connections against the emulator's, and the whole bot while connections break. */
@NullMarked
package dev.steward.playground.sockets;

import org.jspecify.annotations.NullMarked;
