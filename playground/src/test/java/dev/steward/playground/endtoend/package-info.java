/**
 * The real bot over real HTTP, with real Terraform and a real database, given what nobody should give it. May depend on
 * {@code stage} and {@code emulator}.
 */
@NullMarked
package dev.steward.playground.endtoend;

import org.jspecify.annotations.NullMarked;
