/**
 * Workflow definitions: YAML read with line numbers, validated whole, with CEL expressions. It depends on
 * {@code modules} and {@code catalog}.
 */
@NullMarked
package dev.steward.definitions;

import org.jspecify.annotations.NullMarked;
