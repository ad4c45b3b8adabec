/** The playground that one opens in a browser: the emulator and the real bot, kept in a folder and going on from there. It depends on {@code stage} and {@code emulator}. */
@NullMarked
package dev.steward.playground.live;

import org.jspecify.annotations.NullMarked;
