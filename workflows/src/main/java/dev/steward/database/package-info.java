/**
 * The one SQLite file: opening, migrating, transactions, what is sealed at rest. It depends on no other package; what
 * only SQLite has stays here.
 */
@NullMarked
package dev.steward.database;

import org.jspecify.annotations.NullMarked;
