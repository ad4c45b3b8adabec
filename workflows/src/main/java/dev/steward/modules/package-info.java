/**
 * Vetted Terraform modules: descriptor, digest, vetting, acceptance. It depends on {@code catalog}'s arrows and on
 * {@code terraform} for running the checks.
 */
@NullMarked
package dev.steward.modules;

import org.jspecify.annotations.NullMarked;
