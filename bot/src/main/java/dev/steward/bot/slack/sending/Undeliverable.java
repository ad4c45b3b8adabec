package dev.steward.bot.slack.sending;

import java.util.Optional;

/** Why a message could not go where it was meant to go. */
public enum Undeliverable {
    /** Slack knows no such channel, or does not show it to the bot. */
    CHANNEL_NOT_FOUND("does not exist, or Steward may not see it",
            "create it, or invite Steward with `/invite` if it is private"),
    /** The channel is archived. */
    ARCHIVED("is archived", "unarchive it, or name another channel in the workflow"),
    /** The bot is not in the channel and cannot join it. */
    NOT_A_MEMBER("is private and Steward is not in it", "invite Steward there with `/invite`"),
    /** Somebody took the bot out of the channel: it does not go back by itself. */
    REMOVED("is one that somebody removed Steward from", "invite Steward there again with `/invite`"),
    /** The workspace or the channel does not let the bot post. */
    NOT_ALLOWED("does not let Steward post", "ask a workspace admin to allow it");

    private final String reason;
    private final String next;

    Undeliverable(String reason, String next) {
        this.reason = reason;
        this.next = next;
    }

    /** For people: what is the matter with the channel, following its name. */
    public String reason() {
        return reason;
    }

    /** For people: what to do about it, without a capital letter or a full stop. */
    public String next() {
        return next;
    }

    /** What an error of Slack's means for the place; empty if it says nothing about the place. */
    static Optional<Undeliverable> of(String error) {
        return switch (error) {
            case "channel_not_found", "channel_is_limited_access" -> Optional.of(CHANNEL_NOT_FOUND);
            case "is_archived", "is_inactive" -> Optional.of(ARCHIVED);
            case "not_in_channel" -> Optional.of(NOT_A_MEMBER);
            case "restricted_action", "restricted_action_read_only_channel", "posting_to_channel_denied",
                    "restricted_action_thread_only_channel", "restricted_action_non_threadable_channel",
                    "restricted_action_thread_locked", "ekm_access_denied", "team_access_not_granted" ->
                Optional.of(NOT_ALLOWED);
            default -> Optional.empty();
        };
    }
}
