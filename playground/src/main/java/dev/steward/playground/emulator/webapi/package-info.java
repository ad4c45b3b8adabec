/** The Web API: arguments checked against a table of methods, then one handler per method over the workspace. Depends on {@code workspace}, {@code blockkit}, {@code faults}, {@code sockets} and {@code journal}. */
@NullMarked
package dev.steward.playground.emulator.webapi;

import org.jspecify.annotations.NullMarked;
