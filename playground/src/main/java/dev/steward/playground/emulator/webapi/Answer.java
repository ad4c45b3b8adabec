package dev.steward.playground.emulator.webapi;

import java.util.Map;

/** What goes back over the wire. */
public sealed interface Answer {
    /** A whole response. */
    record Whole(int status, Map<String, String> headers, String contentType, String body) implements Answer {}

    /** The connection breaks in the middle of the response. */
    record Cut() implements Answer {}

    /** The connection is reset before a byte of the response. */
    record Reset() implements Answer {}
}
