/**
 * The Terraform command line, what it prints, and the state that it keeps with us. The only package that starts
 * processes. It depends on {@code outbox}, {@code ledger}, {@code jobs} and {@code database}.
 */
@NullMarked
package dev.steward.terraform;

import org.jspecify.annotations.NullMarked;
