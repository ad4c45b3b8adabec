package dev.steward.playground.emulator.workspace;

import java.time.Instant;
import java.util.Optional;

/**
 * What Slack itself tells one person: that a command failed, that a modal could not connect.
 *
 * @param id        names it, so that the person can put it away
 * @param channelId where the person was, if it was in a conversation
 */
public record Notice(String id, Instant at, String personId, Optional<String> channelId, String text) {}
