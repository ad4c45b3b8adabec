/** Socket Mode as Slack serves it: tickets, greetings, envelopes with their timer and redelivery, and the end of connections. Depends on {@code journal} and {@code workspace}. */
@NullMarked
package dev.steward.playground.emulator.sockets;

import org.jspecify.annotations.NullMarked;
