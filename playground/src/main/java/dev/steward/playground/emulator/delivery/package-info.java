/** What Slack sends to an app: signed commands, interactions and events, with the three second timer and the retries. Depends on {@code workspace}, {@code blockkit}, {@code faults}, {@code sockets} and {@code journal}. */
@NullMarked
package dev.steward.playground.emulator.delivery;

import org.jspecify.annotations.NullMarked;
