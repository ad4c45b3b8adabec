package dev.steward.playground.emulator.workspace;

import java.time.Instant;

/** What Slack itself tells one person: that a command failed, that a modal could not connect. */
public record Notice(Instant at, String personId, String text) {}
