/**
 * Incidents: what is wrong, who sees to it, what changed before, what was done and what was learned. May use everything of
 * the domain.
 */
@NullMarked
package dev.steward.incidents;

import org.jspecify.annotations.NullMarked;
