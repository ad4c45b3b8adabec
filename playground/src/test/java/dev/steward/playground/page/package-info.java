/** The playground's page in a real browser, with the real bot behind it. */
@NullMarked
package dev.steward.playground.page;

import org.jspecify.annotations.NullMarked;
