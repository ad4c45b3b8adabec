package dev.steward.catalog;

import java.time.Instant;
import java.util.Optional;

/**
 * A team: what owns, operates and approves.
 *
 * @param id
 *            the row's number
 * @param name
 *            lower case, unique
 * @param title
 *            free text, for people
 * @param channel
 *            where it is reached, without {@code #}
 * @param source
 *            where its members come from
 * @param seenAt
 *            when the source was last read; members from Slack count for nothing without it
 */
public record Team(long id, String name, String title, Optional<String> channel, TeamSource source,
        Optional<Instant> seenAt) {}
