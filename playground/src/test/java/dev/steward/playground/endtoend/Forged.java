package dev.steward.playground.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.View;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.stage.Actor;
import java.util.UUID;

/** Submissions that no client of Slack would send. */
final class Forged {
    private Forged() {}

    /** A form as a person has it open, to be changed before it is sent. */
    static ObjectNode view(View open) {
        ObjectNode view = Json.object().put("id", open.id()).put("hash", open.hash())
                .put("callback_id", open.callbackId()).put("private_metadata", open.privateMetadata());
        view.putObject("state").set("values", open.values());
        return view;
    }

    /** What a text field of the view holds. */
    static void enters(ObjectNode view, String block, String text) {
        JsonNode element = view.at("/state/values").path(block);
        ((ObjectNode) element.elements().next()).put("value", text);
    }

    /** The submission of a view. */
    static ObjectNode submission(Actor who, ObjectNode view) {
        ObjectNode payload = Json.object().put("type", "view_submission").put("api_app_id", Seed.APP)
                .put("trigger_id", UUID.randomUUID().toString());
        payload.putObject("user").put("id", who.person().id()).put("username", who.person().name())
                .put("team_id", Seed.TEAM);
        payload.putObject("team").put("id", Seed.TEAM).put("domain", Seed.TEAM_DOMAIN);
        ObjectNode whole = payload.putObject("view").put("id", "V0FORGED").put("type", "modal");
        whole.setAll(view);
        return payload;
    }
}
