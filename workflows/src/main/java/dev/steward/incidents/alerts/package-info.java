/**
 * Alerts of other systems: taken in, deduplicated, grouped by service, shown on one card, acknowledged, made incidents.
 * May use everything that {@code incidents} may, and {@code incidents}, which knows nothing of it.
 */
@NullMarked
package dev.steward.incidents.alerts;

import org.jspecify.annotations.NullMarked;
