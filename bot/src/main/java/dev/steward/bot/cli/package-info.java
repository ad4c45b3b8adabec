/**
 * The command line of operators, and the process's entry point. It depends on {@code bot} and on the domain's use cases;
 * every write of it is in the ledger under {@code operator:<os user>}.
 */
@NullMarked
package dev.steward.bot.cli;

import org.jspecify.annotations.NullMarked;
