/** The one JSON mapper of the emulator. Depends on Jackson only. */
@NullMarked
package dev.steward.playground.emulator.json;

import org.jspecify.annotations.NullMarked;
