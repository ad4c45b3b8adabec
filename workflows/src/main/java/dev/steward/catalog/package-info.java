/**
 * People, teams, services and other entities: who there is, what there is and who owns it. It depends on {@code outbox},
 * {@code ledger} and {@code database}.
 */
@NullMarked
package dev.steward.catalog;

import org.jspecify.annotations.NullMarked;
