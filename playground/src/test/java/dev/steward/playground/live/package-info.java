/** The playground that lasts, with the real bot. */
@NullMarked
package dev.steward.playground.live;

import org.jspecify.annotations.NullMarked;
