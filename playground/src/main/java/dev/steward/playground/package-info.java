/** The playground: a strict Slack emulator, and the demo that plays a story with the real bot against it. */
@NullMarked
package dev.steward.playground;

import org.jspecify.annotations.NullMarked;
