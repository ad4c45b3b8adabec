package dev.steward.playground.emulator.workspace;

import java.time.Instant;

/** That a message is pinned, by whom and since when. */
public record Pin(String channelId, String ts, String by, Instant at) {}
