package dev.steward.playground.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Seed;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way in which a bot can be refused, and that the journal names it: a test that caused it fails by that. */
class RefusalsTest {
    private static SlackEmulator slack;
    private static FakeBot bot;
    private static ApiClient api;

    private static final String EXTERNAL = Kit.input("{\"type\":\"external_select\",\"action_id\":\"owner\"}")
            .replace("\"type\":\"input\"", "\"type\":\"input\",\"block_id\":\"who\",\"optional\":true");

    /**
     * Something that happens while the bot answers in a certain way.
     *
     * @param refusal what the one line of the journal contains; empty where nothing is refused
     */
    record Way(String name, int status, String answer, Runnable act, List<String> refusal) {
        @Override
        public String toString() {
            return name + " answered " + status + " " + answer.substring(0, Math.min(60, answer.length()));
        }
    }

    @BeforeAll
    static void start() {
        slack = SlackEmulator.start(EmulatorTest.everythingGranted().withAnswerWithin(EmulatorTest.PATIENCE));
        bot = new FakeBot();
        slack.deliverTo(bot.url());
        api = new ApiClient(slack);
    }

    @BeforeEach
    void forget() {
        slack.reset();
    }

    @AfterAll
    static void stop() {
        api.close();
        slack.close();
        bot.close();
    }

    static Stream<Way> ways() {
        return Stream.of(calls(), commands(), clicks(), submissions(), suggestions(), events()).flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void isNamedOnceAndOnlyIfItWasRefused(Way way) {
        bot.answers(way.status, way.answer);

        way.act.run();

        if (way.refusal.isEmpty()) {
            assertThat(slack.journal().refusals()).isEmpty();
        } else {
            assertThat(slack.journal().refusals()).singleElement().asString().contains(way.refusal);
        }
    }

    private static List<Way> calls() {
        return List.of(
                new Way("a call", 200, "", () -> api.call("chat.postMessage", "channel", Seed.GENERAL),
                        List.of("chat.postMessage", "no_text")),
                new Way("a call for something unknown", 200, "", () -> api.call("chat.shout"),
                        List.of("chat.shout", "unknown_method")),
                new Way("a response", 200, "", () -> respond("{\"blocks\":[{\"type\":\"nonsense\"}]}"),
                        List.of("response_url", "invalid_blocks")),
                new Way("a response that is no message", 200, "", () -> respond("thanks"),
                        List.of("response_url", "invalid_payload")),
                new Way("a good response", 200, "", () -> respond("{\"text\":\"x\"}"), List.of()));
    }

    private static List<Way> commands() {
        return List.of(command(200, "", ""), command(200, "Done", ""), command(200, "{\"text\":\"Done\"}", ""),
                command(200, "{\"blocks\":[{\"type\":\"nonsense\"}]}", "unsupported type: nonsense"),
                command(200, "{\"text\":\"x\",\"colour\":\"red\"}", "invalid additional property: colour"),
                command(200, "{\"text\":", "invalid_command_response"), command(200, "{}", "no_text"),
                command(404, "no such command", "status 404, no such command"), command(500, "oops", "status 500"),
                command(401, "who are you?", ""), command(503, "about to stop", ""));
    }

    private static Way command(int status, String answer, String refusal) {
        return new Way("a command", status, answer, () -> slack.person("dana").command("general", "/request", ""),
                refusal.isEmpty() ? List.of() : List.of("answer to command", refusal));
    }

    private static List<Way> clicks() {
        return List.of(new Way("a click", 200, "", RefusalsTest::click, List.of()),
                new Way("a click", 404, "", RefusalsTest::click, List.of("answer to block_actions", "status 404")),
                new Way("a click", 500, "", RefusalsTest::click, List.of("answer to block_actions", "status 500")),
                new Way("a shortcut", 404, "", () -> slack.person("dana").shortcut("declare_incident"),
                        List.of("answer to shortcut", "status 404")));
    }

    private static List<Way> submissions() {
        String modal = Kit.modal("", "");
        String bad = "{\"type\":\"modal\",\"blocks\":[]}";
        String home = "{\"type\":\"home\",\"blocks\":[]}";
        return List.of(submission("", ""), submission("{\"response_action\":\"clear\"}", ""),
                submission("{\"response_action\":\"push\",\"view\":" + modal + "}", ""),
                submission("{\"response_action\":\"update\",\"view\":" + modal + "}", ""),
                submission("{\"response_action\":\"errors\",\"errors\":{\"who\":\"Somebody else\"}}", ""),
                submission("{\"response_action\":\"push\",\"view\":" + bad + "}", "missing required field: title"),
                submission("{\"response_action\":\"update\",\"view\":" + bad + "}", "missing required field: title"),
                submission("{\"response_action\":\"push\"}", "must provide an object"),
                submission("{\"response_action\":\"update\",\"view\":" + home + "}", "needs a modal"),
                submission("{\"response_action\":\"errors\",\"errors\":{\"where\":\"x\"}}", "\"where\""),
                submission("{\"response_action\":\"errors\",\"errors\":{\"who\":\"\"}}", "no text for \"who\""),
                submission("{\"response_action\":\"errors\",\"errors\":{\"who\":7}}", "no text for \"who\""),
                submission("{\"response_action\":\"errors\",\"errors\":{}}", "errors is empty"),
                submission("{\"response_action\":\"errors\"}", "errors is empty"),
                submission("{\"response_action\":\"dance\"}", "known response_action"),
                submission("{}", "known response_action"), submission("thanks", "known response_action"),
                submission("[", "known response_action"),
                new Way("a form", 500, "", RefusalsTest::submit, List.of("answer to view_submission", "status 500")));
    }

    private static Way submission(String answer, String refusal) {
        return new Way("a form", 200, answer, RefusalsTest::submit,
                refusal.isEmpty() ? List.of() : List.of("answer to view_submission", refusal));
    }

    private static List<Way> suggestions() {
        String option = Kit.option(1, "v", "");
        return List.of(suggestion("{\"options\":[" + option + "]}", ""), suggestion("{\"options\":[]}", ""),
                suggestion("{\"option_groups\":[" + Kit.group(1, 1) + "]}", ""),
                suggestion("{\"options\":[" + Kit.option(76, "v", "") + "]}", "must be less than 76 characters"),
                suggestion("{\"options\":[" + Kit.option(1, "", "") + "]}", "must be more than 0 characters"),
                suggestion("{\"options\":[" + option + "],\"option_groups\":[]}",
                        "either `options` or `option_groups`"),
                suggestion("{\"options\":[" + option + "],\"more\":1}", "invalid additional property: more"),
                suggestion("{}", "either `options` or `option_groups`"), suggestion("[]", "must provide an object"),
                suggestion("nothing found", "must provide an object"), suggestion("", "must provide an object"),
                new Way("a query", 500, "", RefusalsTest::ask, List.of("answer to block_suggestion", "status 500")));
    }

    private static Way suggestion(String answer, String refusal) {
        return new Way("a query", 200, answer, RefusalsTest::ask,
                refusal.isEmpty() ? List.of() : List.of("answer to block_suggestion", refusal));
    }

    private static List<Way> events() {
        return List.of(new Way("an event", 200, "whatever", () -> happens("user_change"), List.of()),
                new Way("an event", 404, "", () -> happens("user_change"),
                        List.of("answer to event_callback", "status 404")),
                new Way("an event", 500, "", () -> happens("user_change"),
                        List.of("answer to event_callback", "status 500")),
                new Way("an event that the manifest does not subscribe to, which is never sent", 500, "",
                        () -> happens("file_shared"), List.of()));
    }

    private static void happens(String event) {
        slack.event(event, Json.object());
    }

    private static void click() {
        api.call("chat.postMessage", "channel", Seed.GENERAL, "text", "x", "blocks",
                "[" + Kit.actions(Kit.button("ok", "")) + "]");
        slack.person("dana").click(slack.channel("general").messages().getLast(), "ok");
    }

    private static void respond(String message) {
        slack.person("dana").command("general", "/request", "");
        api.post(URI.create(bot.lastDeed().form().getOrDefault("response_url", "")), message);
    }

    private static void open() {
        FakeBot.Answering after = bot.answering();
        bot.answers(200, "");
        slack.person("dana").command("general", "/request", "");
        String trigger = bot.lastDeed().form().getOrDefault("trigger_id", "");
        api.call("views.open", "trigger_id", trigger, "view", EXTERNAL);
        bot.answers(after);
    }

    private static void submit() {
        open();
        slack.person("dana").submit(Map.of());
    }

    private static void ask() {
        open();
        slack.person("dana").suggest("owner", "pay");
    }
}
