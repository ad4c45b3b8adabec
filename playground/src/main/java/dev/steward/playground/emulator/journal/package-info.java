/** The append-only record of every API call and every delivery. Depends on Jackson only. */
@NullMarked
package dev.steward.playground.emulator.journal;

import org.jspecify.annotations.NullMarked;
