/**
 * Who can reach what, in which role and until when. A grant is a lease with a holder's role on an entity. It depends on
 * {@code requests}, {@code stacks} and {@code catalog}.
 */
@NullMarked
package dev.steward.access;

import org.jspecify.annotations.NullMarked;
