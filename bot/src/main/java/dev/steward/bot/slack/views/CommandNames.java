package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Mrkdwn;

/**
 * What this installation's slash commands are called.
 *
 * @param prefix
 *            what stands between the slash and the command: empty, or for example {@code acme-}
 */
public record CommandNames(String prefix) {
    /** The command with its slash and prefix, in fixed width. */
    public Mrkdwn of(String command) {
        return Mrkdwn.code("/" + prefix + command);
    }

    /** The command that was typed, without slash and prefix: {@code request} for {@code /acme-request}. */
    public String plain(String typed) {
        String name = typed.startsWith("/") ? typed.substring(1) : typed;
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }
}
