/** What happens at the limits of the machine: full and read-only disks, crowds, what hangs and what is too large. */
@NullMarked
package dev.steward.playground.limits;

import org.jspecify.annotations.NullMarked;
