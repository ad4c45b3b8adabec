package dev.steward.catalog;

import java.util.Optional;

/**
 * What an entity says about itself.
 *
 * @param title
 *            free text, for people
 * @param description
 *            free text, may be empty
 * @param stage
 *            how far along it is
 * @param tier
 *            how much depends on it
 * @param system
 *            name of the system that it is part of
 * @param audience
 *            who uses it
 * @param dataClass
 *            the most sensitive data that it holds
 * @param channel
 *            where its owners talk about it, without {@code #}
 */
public record Profile(String title, String description, EntityStage stage, Tier tier, Optional<String> system,
        Optional<String> audience, Optional<String> dataClass, Optional<String> channel) {

    /** A profile with a title and otherwise nothing said: in production, tier-3. */
    public static Profile titled(String title) {
        return new Profile(title, "", EntityStage.PRODUCTION, Tier.TIER_3, Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    /** The same with another tier. */
    public Profile withTier(Tier other) {
        return new Profile(title, description, stage, other, system, audience, dataClass, channel);
    }
}
