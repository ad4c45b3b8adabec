/** Whether the benchmark runs; never how fast anything is. */
@NullMarked
package dev.steward.playground.bench;

import org.jspecify.annotations.NullMarked;
