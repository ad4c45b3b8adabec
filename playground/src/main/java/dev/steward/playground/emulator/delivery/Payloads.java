package dev.steward.playground.emulator.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Account;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.ResponseUrls;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.SlackJson;
import dev.steward.playground.emulator.workspace.StoredMessage;
import dev.steward.playground.emulator.workspace.StoredView;
import dev.steward.playground.emulator.workspace.Whisper;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.Optional;

/**
 * What Slack puts into commands and interactions. Building one issues its trigger id and response URL, so each is called
 * inside the workspace's lock, at the moment the person acts. A person of another workspace comes with that workspace as
 * {@code team}, as in shared channels.
 */
public final class Payloads {
    private static final String TOKEN = "verification-token";

    private final Workspace workspace;
    private final String responseBase;

    /**
     * Payloads for this workspace.
     *
     * @param responseBase where response URLs start, with a trailing slash
     */
    public Payloads(Workspace workspace, String responseBase) {
        this.workspace = workspace;
        this.responseBase = responseBase;
    }

    /** The form fields of a slash command. */
    public ObjectNode command(Account who, Conversation where, String command, String text) {
        return Json.object().put("token", TOKEN).put("api_app_id", Seed.APP).put("team_id", who.teamId())
                .put("team_domain", domain(who)).put("channel_id", where.id())
                .put("channel_name", where.direct() ? "directmessage" : where.name()).put("user_id", who.id())
                .put("user_name", who.name()).put("command", command).put("text", text)
                .put("is_enterprise_install", "false")
                .put("response_url", responseUrl(who, where.id(), Optional.empty()))
                .put("trigger_id", workspace.newTrigger(who.id()));
    }

    /** A click in a message everybody sees; the whole message comes along. */
    public ObjectNode clickOnMessage(Account who, Conversation where, StoredMessage message, ObjectNode action,
            JsonNode values) {
        ObjectNode payload = interaction("block_actions", who);
        payload.putObject("container").put("type", "message").put("message_ts", message.ts())
                .put("channel_id", where.id()).put("is_ephemeral", false);
        channel(payload, where);
        payload.set("message", SlackJson.message(message, true));
        return clicked(payload, action, values, responseUrl(who, where.id(), Optional.of(message.ts())));
    }

    /** A click in an ephemeral message, which does not come along. */
    public ObjectNode clickOnWhisper(Account who, Conversation where, Whisper whisper, ObjectNode action,
            JsonNode values) {
        ObjectNode payload = interaction("block_actions", who);
        payload.putObject("container").put("type", "message").put("message_ts", whisper.ts())
                .put("channel_id", where.id()).put("is_ephemeral", true);
        channel(payload, where);
        return clicked(payload, action, values, responseUrl(who, where.id(), Optional.of(whisper.ts())));
    }

    /** The use of a dispatching element in a modal or home tab; there is no response URL. */
    public ObjectNode clickOnView(Account who, StoredView view, ObjectNode action, JsonNode values) {
        ObjectNode payload = interaction("block_actions", who);
        payload.putObject("container").put("type", "view").put("view_id", view.id());
        payload.set("view", SlackJson.view(view, values));
        payload.put("trigger_id", workspace.newTrigger(who.id()));
        payload.putArray("actions").add(action.put("action_ts", workspace.newTs()));
        return payload;
    }

    public ObjectNode viewSubmission(Account who, StoredView view, JsonNode values) {
        ObjectNode payload = interaction("view_submission", who);
        payload.set("view", SlackJson.view(view, values));
        payload.put("trigger_id", workspace.newTrigger(who.id())).putArray("response_urls");
        return payload;
    }

    public ObjectNode viewClosed(Account who, StoredView view, JsonNode values, boolean cleared) {
        ObjectNode payload = interaction("view_closed", who);
        payload.set("view", SlackJson.view(view, values));
        return payload.put("is_cleared", cleared);
    }

    /** A query typed into an external select of a modal. */
    public ObjectNode suggestion(Account who, StoredView view, ObjectNode asked, JsonNode values) {
        ObjectNode payload = interaction("block_suggestion", who);
        payload.setAll(asked);
        payload.putObject("container").put("type", "view").put("view_id", view.id());
        payload.set("view", SlackJson.view(view, values));
        return payload;
    }

    /** A global shortcut. */
    public ObjectNode shortcut(Account who, String callbackId) {
        return interaction("shortcut", who).put("callback_id", callbackId).put("action_ts", workspace.newTs())
                .put("trigger_id", workspace.newTrigger(who.id()));
    }

    /** A shortcut on a message. */
    public ObjectNode messageAction(Account who, Conversation where, StoredMessage message, String callbackId) {
        ObjectNode payload = interaction("message_action", who).put("callback_id", callbackId)
                .put("action_ts", workspace.newTs()).put("trigger_id", workspace.newTrigger(who.id()))
                .put("message_ts", message.ts());
        channel(payload, where);
        payload.set("message", SlackJson.message(message, true));
        return payload.put("response_url", responseUrl(who, where.id(), Optional.of(message.ts())));
    }

    private ObjectNode clicked(ObjectNode payload, ObjectNode action, JsonNode values, String responseUrl) {
        payload.put("trigger_id", workspace.newTrigger(payload.path("user").path("id").asText()));
        payload.putObject("state").set("values", values);
        payload.put("response_url", responseUrl);
        payload.putArray("actions").add(action.put("action_ts", workspace.newTs()));
        return payload;
    }

    private static ObjectNode interaction(String type, Account who) {
        ObjectNode payload = Json.object().put("type", type).put("token", TOKEN).put("api_app_id", Seed.APP);
        payload.putObject("user").put("id", who.id()).put("username", who.name()).put("name", who.name())
                .put("team_id", who.teamId());
        payload.putObject("team").put("id", who.teamId()).put("domain", domain(who));
        return payload.putNull("enterprise").put("is_enterprise_install", false);
    }

    private static void channel(ObjectNode payload, Conversation where) {
        payload.putObject("channel").put("id", where.id()).put("name",
                where.direct() ? "directmessage" : where.name());
    }

    private static String domain(Account who) {
        return who.teamId().equals(Seed.TEAM) ? Seed.TEAM_DOMAIN : Seed.OTHER_TEAM_DOMAIN;
    }

    private String responseUrl(Account who, String channelId, Optional<String> originalTs) {
        return responseBase + workspace.newResponseUrl(new ResponseUrls.Origin(who.id(), channelId, originalTs));
    }
}
