/**
 * Who is on call, and how they are paged until somebody answers. Rotations come from the settings. It depends on
 * {@code catalog}, {@code outbox}, {@code jobs}, {@code ledger} and {@code database}.
 */
@NullMarked
package dev.steward.oncall;

import org.jspecify.annotations.NullMarked;
