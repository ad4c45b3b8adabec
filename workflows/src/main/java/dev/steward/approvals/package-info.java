/**
 * Proposals and the decisions on them: one engine, one table, for every kind of effect. It depends on {@code catalog},
 * {@code ledger} and {@code database}.
 */
@NullMarked
package dev.steward.approvals;

import org.jspecify.annotations.NullMarked;
