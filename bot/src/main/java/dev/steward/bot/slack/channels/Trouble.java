package dev.steward.bot.slack.channels;

import java.util.Set;

/**
 * Why a channel cannot be as it should, for people: what is so, and what they can do.
 *
 * @param lost
 *            whether Steward can do nothing in it any more
 */
record Trouble(String why, boolean lost) {
    static final Trouble ARCHIVED = new Trouble("Its channel was archived. Unarchive it in Slack, or go on elsewhere.",
            true);
    static final Trouble REMOVED = new Trouble("Steward is not in its channel any more. Invite @Steward there again.",
            true);
    static final Trouble DELETED = new Trouble("Its channel was deleted. Go on in another channel.", true);

    private static final Set<String> RESTRICTED = Set.of("restricted_action", "cannot_create_channel",
            "user_is_restricted", "no_permission", "canvas_disabled_user_team");

    /** What the refusal of a method means. */
    static Trouble of(String method, String error) {
        return switch (error) {
            case "is_archived" -> ARCHIVED;
            case "channel_not_found", "not_in_channel" -> REMOVED;
            case "missing_scope" -> new Trouble("Steward's Slack app may not do " + method
                    + ". An admin has to install it anew from its manifest. Go on in another channel until then.",
                    false);
            default -> RESTRICTED.contains(error)
                    ? new Trouble("Slack does not let Steward do " + method
                            + " in this workspace. A workspace admin can allow it. Go on in another channel until then.",
                            false)
                    : new Trouble("Slack refused " + method + " (" + error
                            + "). Tell the platform team, and go on in another channel.", false);
        };
    }

    /** Whether the channel itself is what is wrong. */
    static boolean ofChannel(String error) {
        return of("", error).lost();
    }

    /** Why Slack would not have somebody in a channel; empty where they are in it. */
    static String ofInvitation(String error) {
        return switch (error) {
            case "already_in_channel", "cant_invite_self" -> "";
            case "user_not_found", "no_user" -> "Slack does not know the account";
            case "cant_invite", "user_disabled" -> "the account is closed, or of another workspace";
            case "ura_max_channels", "user_is_restricted" -> "a guest whom Slack lets into no more channels";
            case "org_user_not_in_team" -> "the account is not in this workspace";
            default -> "Slack refused: " + error;
        };
    }
}
