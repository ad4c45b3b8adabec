package dev.steward.playground.emulator.journal;

import java.time.Instant;

/**
 * Something that happened to a connection of Socket Mode, or over it.
 *
 * @param number place in the journal, shared with calls and deliveries
 * @param at     when
 * @param socket its name, {@code S1} for the first
 * @param what   {@code opened}, {@code sent E7 command}, {@code acknowledged E7}, {@code disconnect warning},
 *               {@code broken}, {@code ended}, ...
 */
public record SocketNote(long number, Instant at, String socket, String what) {}
