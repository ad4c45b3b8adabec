/** The demo, played whole. */
@NullMarked
package dev.steward.playground.demo;

import org.jspecify.annotations.NullMarked;
