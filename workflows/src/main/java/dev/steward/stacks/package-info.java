/**
 * What applied requests leave behind: one instance of a module each, with its state and its owner. It depends on
 * {@code terraform} and {@code catalog}.
 */
@NullMarked
package dev.steward.stacks;

import org.jspecify.annotations.NullMarked;
