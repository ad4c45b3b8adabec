/** A person's hand on a form: which values an element offers, and the state they leave. Depends on {@code json} only. */
@NullMarked
package dev.steward.playground.emulator.forms;

import org.jspecify.annotations.NullMarked;
