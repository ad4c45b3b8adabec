package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Seed;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A workspace that grants everything and keeps Slack's rates only where asked, with a modal that stays open. */
final class StrictWorkspace implements AutoCloseable {
    private static final String FORM = "application/x-www-form-urlencoded";

    final SlackEmulator slack = SlackEmulator.start(
            EmulatorTest.everythingGranted().withAnswerWithin(Duration.ofSeconds(10)));
    final SlackEmulator paced = SlackEmulator.start(EmulatorTest.everythingGranted().withRates());
    final FakeBot bot = new FakeBot();
    private final ApiClient api = new ApiClient(slack);
    private final ApiClient pacedApi = new ApiClient(paced);
    private final String viewId;
    private int made;

    StrictWorkspace() {
        slack.deliverTo(bot.url());
        viewId = answer("views.open", "trigger_id", trigger("dana"), "view", Kit.modal("", "")).at("/view/id").asText();
    }

    /** How Slack refuses a call: the error, then the reasons; empty when it takes it. */
    List<String> call(String method, Object... pairs) {
        return refusal(answer(method, pairs));
    }

    JsonNode answer(String method, Object... pairs) {
        return api.call(method, pairs);
    }

    List<String> posted(String blocks) {
        return call("chat.postMessage", "channel", Seed.GENERAL, "text", "x", "blocks", blocks);
    }

    /** Shows this in the modal that is open. */
    List<String> updated(String view) {
        return call("views.update", "view_id", viewId, "view", view);
    }

    /** A fresh trigger, as a slash command brings one. */
    String trigger(String person) {
        slack.person(person).command("general", "/request", "");
        return bot.lastDeed().form().getOrDefault("trigger_id", "");
    }

    /** A fresh address to respond at. */
    URI responseUrl() {
        slack.person("dana").command("general", "/request", "");
        return URI.create(bot.lastDeed().form().getOrDefault("response_url", ""));
    }

    /** Responds, and says how Slack refused that. */
    List<String> respond(URI url) {
        HttpResponse<String> response = api.post(url, "{\"text\":\"x\"}");
        return response.statusCode() == 200 ? List.of() : refusal(Json.parseObject(response.body()));
    }

    /** The timestamp of a new message. */
    String message() {
        return answer("chat.postMessage", "channel", Seed.GENERAL, "text", "x").path("ts").asText();
    }

    /** The timestamp of a new message where Slack's rates apply. */
    String pacedMessage() {
        paced.clock().advance(Duration.ofMinutes(1));
        return pacedApi.call("chat.postMessage", "channel", Seed.GENERAL, "text", "x").path("ts").asText();
    }

    /** The id of a new channel. */
    String channel() {
        return answer("conversations.create", "name", fresh("c-")).at("/channel/id").asText();
    }

    /** A name that nothing has yet. */
    String fresh(String prefix) {
        return prefix + ++made;
    }

    /** The ids of that many new people. */
    String people(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(slack.people().add(fresh("p"), "Somebody"));
        }
        slack.settle();
        return String.join(",", ids);
    }

    void advance(Duration by) {
        slack.clock().advance(by);
    }

    /** What dana is offered when the bot answers her query with that many options. */
    List<Option> offered(int options) {
        bot.answers(200, "{\"options\":[" + Kit.repeat(options, i -> Kit.option(1, "v" + i, "")) + "]}");
        try {
            return slack.person("dana").suggest("owner", "pay");
        } finally {
            bot.answers(200, "");
        }
    }

    /** Calls that often within one instant, where Slack's rates apply, a minute after whatever was before. */
    List<String> atOnce(int times, String method, Object... pairs) {
        paced.clock().advance(Duration.ofMinutes(1));
        List<String> last = List.of();
        for (int i = 0; i < times; i++) {
            last = refusal(pacedApi.call(method, pairs));
        }
        return last;
    }

    /** Sends a body of that many bytes. */
    List<String> sized(int bytes) {
        String start = "channel=" + Seed.GENERAL + "&text=";
        HttpResponse<String> response = api.send("chat.postMessage", FORM, "Bearer " + slack.botToken(),
                start + Kit.x(bytes - start.length()));
        return response.statusCode() == 200
                ? refusal(Json.parseObject(response.body()))
                : List.of(String.valueOf(response.statusCode()));
    }

    private static List<String> refusal(JsonNode answer) {
        if (answer.path("ok").asBoolean()) {
            return List.of();
        }
        List<String> refusal = new ArrayList<>(List.of(answer.path("error").asText()));
        answer.at("/response_metadata/messages").forEach(reason -> refusal.add(reason.asText()));
        return refusal;
    }

    @Override
    public void close() {
        api.close();
        pacedApi.close();
        slack.close();
        paced.close();
        bot.close();
    }
}
