package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Seed;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** A workspace that grants everything and keeps Slack's rates only where asked, with a modal that stays open. */
final class StrictWorkspace implements AutoCloseable {
    private static final String FORM = "application/x-www-form-urlencoded";

    final SlackEmulator slack = SlackEmulator.start(
            EmulatorTest.everythingGranted().withAnswerWithin(Duration.ofSeconds(10)));
    final SlackEmulator paced = SlackEmulator.start(EmulatorTest.everythingGranted().withRates());
    private final SlackEmulator bare = SlackEmulator.start(EmulatorTest.everythingGranted()
            .withScopes(Set.of("commands")).withSubscriptions(Set.of()));
    final FakeBot bot = new FakeBot();
    private final ApiClient api = new ApiClient(slack);
    private final ApiClient bareApi = new ApiClient(bare);
    private final ApiClient appLevel = ApiClient.withToken(slack, slack.appToken());
    private final ApiClient pacedApi = new ApiClient(paced);
    private final Map<String, String> things = new HashMap<>();
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
        return (method.startsWith("apps.") ? appLevel : api).call(method, pairs);
    }

    /**
     * What stands for this in a row: the id or the timestamp of something that must be there first, made once, where it
     * begins with {@code $}.
     */
    String resolved(String value) {
        if (value.equals("$trigger")) {
            return trigger("paul");
        }
        if (value.startsWith("$") && !things.containsKey(value)) {
            things.put(value, made(value));
        }
        return things.getOrDefault(value, value);
    }

    private String made(String what) {
        return switch (what) {
            case "$danas" -> slack.channel("general").post(slack.person("dana"), "mine").ts();
            case "$own" -> message();
            case "$channel" -> channel();
            case "$renamed" -> answer("conversations.create", "name", fresh("old-")).at("/channel/id").asText();
            case "$alone" -> answer("conversations.create", "name", fresh("c-"), "is_private", "true")
                    .at("/channel/id").asText();
            case "$direct" -> answer("conversations.open", "users", Seed.DANA).at("/channel/id").asText();
            case "$group" -> answer("conversations.open", "users", Seed.DANA + "," + Seed.OMAR).at("/channel/id")
                    .asText();
            case "$archive" -> {
                String id = channel();
                things.put("$in-archive", answer("chat.postMessage", "channel", id, "text", "x").path("ts").asText());
                call("conversations.archive", "channel", id);
                yield id;
            }
            case "$bookmark" -> answer("bookmarks.add", "channel_id", Seed.GENERAL, "title", "x", "type", "link",
                    "link", "https://example.com").at("/bookmark/id").asText();
            case "$view" -> viewId;
            default -> throw new IllegalArgumentException("Nobody knows what " + what + " is");
        };
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
        return respond(url, "{\"text\":\"x\"}");
    }

    List<String> respond(URI url, String message) {
        HttpResponse<String> response = api.post(url, message);
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

    /** What Slack warns of, though it takes the call. */
    List<String> warned(String method, Object... pairs) {
        List<String> warned = new ArrayList<>();
        answer(method, pairs).at("/response_metadata/warnings").forEach(one -> warned.add(one.asText()));
        return warned;
    }

    /** Shows this home tab to somebody. */
    List<String> published(String properties) {
        return call("views.publish", "user_id", Seed.PAUL, "view",
                "{\"type\":\"home\",\"blocks\":[]," + properties + "}");
    }

    /** Opens a modal as the only one of this person's stack. */
    void opened(String person) {
        while (slack.person(person).view().isPresent()) {
            slack.person(person).closeView();
        }
        call("views.open", "trigger_id", trigger(person), "view", Kit.modal(",\"submit\":" + Kit.plain(1), ""));
    }

    /** What is wrong with the bot's answer to a form that olga submits, with so many views on her stack. */
    List<String> submitted(int views, String reply) {
        opened("olga");
        for (int i = 1; i < views; i++) {
            call("views.push", "trigger_id", trigger("olga"), "view", Kit.modal(",\"submit\":" + Kit.plain(1), ""));
        }
        return whileAnswering(reply, () -> slack.person("olga").submit(Map.of()).shown().stream()
                .map(shown -> shown.replaceFirst("^[^(]*\\((.*)\\)$", "$1")).toList());
    }

    /** Whether the bot is asked when dana types that. */
    boolean asked(String query) {
        int before = bot.received().size();
        whileAnswering("{\"options\":[]}", () -> slack.person("dana").suggest("owner", query));
        return bot.received().size() > before;
    }

    /** How an app with no scope but {@code commands} is answered. */
    JsonNode withoutScopes(String method) {
        return bareApi.call(method);
    }

    private <T> T whileAnswering(String reply, Supplier<T> act) {
        bot.answers(200, reply);
        try {
            return act.get();
        } finally {
            bot.answers(200, "");
        }
    }

    void advance(Duration by) {
        slack.clock().advance(by);
    }

    /** What dana is offered when the bot answers her query with that. */
    List<Option> offered(String options) {
        return whileAnswering("{" + options + "}", () -> slack.person("dana").suggest("owner", "pay"));
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
        appLevel.close();
        pacedApi.close();
        bareApi.close();
        slack.close();
        paced.close();
        bare.close();
        bot.close();
    }
}
