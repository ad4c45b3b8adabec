/** Faults on order: which call or delivery goes wrong, and how often. Depends on the JDK only. */
@NullMarked
package dev.steward.playground.emulator.faults;

import org.jspecify.annotations.NullMarked;
