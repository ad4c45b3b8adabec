/**
 * Who can reach what, in which role and until when, and whether that is still needed. A grant is a lease with a holder's
 * role on an entity. It depends on {@code requests}, {@code stacks}, {@code catalog} and what those stand on.
 */
@NullMarked
package dev.steward.access;

import org.jspecify.annotations.NullMarked;
