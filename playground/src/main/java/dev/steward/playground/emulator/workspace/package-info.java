/** The emulated workspace: people, groups, conversations, messages, views, triggers and response URLs, guarded by one lock. Depends on {@code json} only. */
@NullMarked
package dev.steward.playground.emulator.workspace;

import org.jspecify.annotations.NullMarked;
