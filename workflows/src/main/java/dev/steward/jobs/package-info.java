/**
 * Durable background work: stored in the transaction that makes it necessary, claimed by a guarded update, run again
 * after a crash. It depends on {@code database} alone.
 */
@NullMarked
package dev.steward.jobs;

import org.jspecify.annotations.NullMarked;
