package dev.steward.bot.slack.people;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.web.SlackAnswer;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.ledger.Actor;
import java.util.Map;
import java.util.Optional;

/**
 * The workspace that the bot is installed in, and the bot itself.
 *
 * @param team
 *            workspace id
 * @param enterprise
 *            id of the enterprise it is part of
 * @param botUser
 *            the bot's user id
 * @param url
 *            its address, with a slash at its end
 */
public record Workspace(String team, Optional<String> enterprise, String botUser, String url) {

    /** Slack does not answer now; it may later. */
    public static final class Unreachable extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Unreachable(String message) {
            super(message);
        }
    }

    /**
     * Asks Slack whose token this is.
     *
     * @throws Unreachable if Slack does not answer
     * @throws IllegalStateException if Slack does not accept the token; the message says what to do
     */
    public static Workspace of(SlackApi api) {
        return switch (api.call("auth.test", Map.of())) {
            case SlackAnswer.Ok(JsonNode body) -> new Workspace(body.path("team_id").asText(),
                    Optional.ofNullable(body.path("enterprise_id").textValue()), body.path("user_id").asText(),
                    body.path("url").asText("https://slack.com/"));
            case SlackAnswer.Refused(String error, JsonNode body) -> throw new IllegalStateException("Slack refuses "
                    + "the bot token (" + error + "): set SLACK_BOT_TOKEN to the Bot User OAuth Token of this app");
            case SlackAnswer.Limited limited -> throw new Unreachable(
                    "Slack is limiting this app's calls for " + limited.retryAfter().toSeconds() + " s");
            case SlackAnswer.Lost lost -> throw new Unreachable(
                    "Slack cannot be reached (" + lost.why() + "): check the network and STEWARD_SLACK_API_URL");
        };
    }

    /** The address of a message. */
    public String permalink(String channel, String ts) {
        return url + "archives/" + channel + "/p" + ts.replace(".", "");
    }

    /** The account of somebody who is seen in this workspace, by the ids that the catalog keeps. */
    public Actor.SlackUser account(String user) {
        return new Actor.SlackUser(enterprise.orElse(team), user);
    }
}
