/**
 * The append-only, hash-chained record of every decision and transition. It depends on {@code database} alone.
 */
@NullMarked
package dev.steward.ledger;

import org.jspecify.annotations.NullMarked;
