package dev.steward.bot.slack.socket;

import dev.steward.bot.slack.web.SlackAnswer;
import dev.steward.bot.slack.web.SlackApi;
import java.time.Duration;
import java.util.Map;

/** What came of asking Slack for the address of a new connection. */
sealed interface Opening {
    /**
     * Slack gave one, for one use, soon.
     *
     * @param url
     *            holds a ticket, so it is never logged
     */
    record Granted(String url) implements Opening {
        /** Tells no ticket. */
        @Override
        public String toString() {
            return "Granted";
        }
    }

    /**
     * Slack does not want this token, or this app, in Socket Mode.
     *
     * @param why
     *            Slack's word for it, and what to do
     */
    record Refused(String why) implements Opening {}

    /**
     * Not now.
     *
     * @param pause
     *            how long Slack wants us to wait at least
     */
    record NotNow(Duration pause, String why) implements Opening {}

    /** Asks, with the app-level token. */
    static Opening ask(SlackApi api) {
        return switch (api.call("apps.connections.open", Map.of())) {
            case SlackAnswer.Ok ok -> {
                String url = ok.body().path("url").asText();
                yield url.isEmpty()
                        ? new NotNow(Duration.ZERO, "an answer without an address")
                        : new Granted(url);
            }
            case SlackAnswer.Refused refused -> new Refused(words(refused.error()));
            case SlackAnswer.Limited limited -> new NotNow(limited.retryAfter(), "Slack is limiting this app's calls");
            case SlackAnswer.Lost lost -> new NotNow(Duration.ZERO, lost.why());
        };
    }

    private static String words(String error) {
        return "SLACK_APP_TOKEN was refused by Slack (" + error + "): " + switch (error) {
            case "missing_scope", "no_permission" -> "give the app-level token the scope connections:write, under"
                    + " Basic Information, App-Level Tokens, in your Slack app's settings";
            case "not_allowed_token_type" -> "it has to be an app-level token (xapp-...), from Basic Information,"
                    + " App-Level Tokens, in your Slack app's settings";
            case "socket_mode_not_enabled", "socket_mode_disabled", "forbidden_team", "access_denied" ->
                "turn Socket Mode on in your Slack app's settings, or unset SLACK_APP_TOKEN and let Slack reach"
                        + " Steward over HTTP";
            default -> "make an app-level token with the scope connections:write under Basic Information,"
                    + " App-Level Tokens, in your Slack app's settings, and set it here";
        };
    }
}
