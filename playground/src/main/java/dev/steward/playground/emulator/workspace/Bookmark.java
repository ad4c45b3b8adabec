package dev.steward.playground.emulator.workspace;

import java.time.Instant;

/**
 * A link at the top of a channel.
 *
 * @param emoji   such as {@code :book:}; empty where there is none
 * @param by      who last changed it
 * @param created when it was added
 * @param updated when it was last changed
 */
public record Bookmark(String id, String channelId, String title, String link, String emoji, String by, Instant created,
        Instant updated) {}
