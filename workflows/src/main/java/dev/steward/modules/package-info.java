/**
 * Vetted Terraform modules: descriptor, digest, vetting, acceptance, and the copies that runs use. It depends on
 * {@code ledger} and {@code database}, and on {@code terraform} for running the checks.
 */
@NullMarked
package dev.steward.modules;

import org.jspecify.annotations.NullMarked;
