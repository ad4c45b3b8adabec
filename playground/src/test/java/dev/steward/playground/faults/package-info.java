/** Slack fails, Steward does not: faults of every kind, long outages, and deliveries that come twice, late or in another order. */
@NullMarked
package dev.steward.playground.faults;

import org.jspecify.annotations.NullMarked;
