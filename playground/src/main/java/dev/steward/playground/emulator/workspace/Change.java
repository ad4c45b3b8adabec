package dev.steward.playground.emulator.workspace;

import java.util.Set;

/** What is no longer as it was, as far as somebody has to look again. */
public sealed interface Change {
    /**
     * What stands in a conversation, or who is in it, or what somebody has read of it.
     *
     * @param audience the ids of those who can tell; empty for everybody
     */
    record InConversation(String conversationId, Set<String> audience) implements Change {
        public InConversation {
            audience = Set.copyOf(audience);
        }
    }

    /** Somebody's stack of modals. */
    record OfViews(String personId) implements Change {}

    /** Somebody's home tab. */
    record OfHome(String personId) implements Change {}

    /** What Slack itself told somebody. */
    record OfNotices(String personId) implements Change {}

    /** People or user groups. */
    record OfPeople() implements Change {}

    /** All at once: another workspace is in its place. */
    record OfEverything() implements Change {}
}
