package dev.steward.playground.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How strict Slack is, as one contract: what is at a limit is taken, one more is refused in Slack's words; and all its
 * other refusals. Every row goes over the wire, to one workspace for them all.
 */
class StrictnessTest {
    static StrictWorkspace there;

    /**
     * A limit.
     *
     * @param act     does something with {@code n} of what is limited, and answers how Slack refused it: the error, then
     *                its reasons; empty when Slack took it
     * @param refusal the error, and the reason where Slack gives one
     */
    record Row(String method, String name, int most, IntFunction<List<String>> act, List<String> refusal) {
        @Override
        public String toString() {
            return method + ", " + name + ": " + most;
        }
    }

    @BeforeAll
    static void open() {
        there = new StrictWorkspace();
    }

    @AfterAll
    static void close() {
        there.close();
    }

    static Stream<Row> limits() {
        Stream<Row> messages = Stream.concat(BlockLimits.messageLimits(), ElementLimits.messageLimits())
                .map(limit -> new Row("chat.postMessage", limit.name(), limit.most(),
                        n -> there.posted("[" + limit.document().apply(n) + "]"),
                        List.of("invalid_blocks", "[ERROR] " + limit.refusal())));
        Stream<Row> views = Stream.concat(BlockLimits.viewLimits(), ElementLimits.viewLimits())
                .map(limit -> new Row("views.update", limit.name(), limit.most(),
                        n -> there.updated(limit.document().apply(n)),
                        List.of("invalid_arguments", "[ERROR] " + limit.refusal())));
        return Stream.of(messages, views, MethodLimits.rows(() -> there)).flatMap(rows -> rows);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void takesWhatIsAtTheLimitAndRefusesOneMore(Row row) {
        assertThat(row.act.apply(row.most)).as("at the limit").isEmpty();
        assertThat(row.act.apply(row.most + 1)).as("one more")
                .filteredOn(line -> !line.startsWith("[ERROR] failed to match all allowed schemas "))
                .isEqualTo(row.refusal);
    }

    static Stream<List<String>> refusedMessages() {
        return Stream.concat(BlockLimits.refusedMessages(), ElementLimits.refusedRichText());
    }

    @ParameterizedTest
    @MethodSource("refusedMessages")
    void refusesBlocksInSlacksWords(List<String> row) {
        assertThat(there.posted("[" + row.getFirst() + "]")).startsWith("invalid_blocks")
                .contains("[ERROR] " + row.getLast());
    }

    static Stream<List<String>> refusedViews() {
        return BlockLimits.refusedViews();
    }

    @ParameterizedTest
    @MethodSource("refusedViews")
    void refusesViewsInSlacksWords(List<String> row) {
        assertThat(there.updated(row.getFirst())).startsWith("invalid_arguments").contains("[ERROR] " + row.getLast());
    }

    static Stream<String> everyInputElement() {
        return BlockLimits.everyInputElement();
    }

    @ParameterizedTest
    @MethodSource("everyInputElement")
    void takesEveryInputElement(String element) {
        assertThat(there.updated(Kit.input(element))).isEmpty();
    }

    static Stream<String> takenRichText() {
        return ElementLimits.takenRichText();
    }

    @ParameterizedTest
    @MethodSource("takenRichText")
    void takesAllThatRichTextMayHold(String block) {
        assertThat(there.posted("[" + block + "]")).isEmpty();
    }

    @Test
    void announcesAUnionThatFailedBeforeItsReason() {
        assertThat(there.posted("[{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"" + Kit.x(3001)
                + "\"}}]")).containsExactly("invalid_blocks",
                        "[ERROR] failed to match all allowed schemas [json-pointer:/blocks/0/text]",
                        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]");
    }

    /** A call, and how Slack refuses it: the error, and all its reasons. */
    record Refusal(String method, Map<String, String> arguments, List<String> refusal) {
        @Override
        public String toString() {
            return method + ": " + refusal.getFirst() + " " + arguments.keySet();
        }
    }

    static Stream<Refusal> refusals() {
        return MethodRefusals.rows();
    }

    static Stream<Refusal> arguments() {
        return MethodArguments.rows();
    }

    @ParameterizedTest
    @MethodSource({"refusals", "arguments"})
    void refusesInSlacksWords(Refusal row) {
        List<Object> pairs = new ArrayList<>();
        row.arguments.forEach((name, value) -> pairs.addAll(List.of(name, there.resolved(value))));

        assertThat(there.call(row.method, pairs.toArray())).isEqualTo(row.refusal);
    }

    @Test
    void everyErrorThatSlackDocumentsIsInTheTableOrOutOfReach() {
        Set<String> provoked = Stream.of(limits().map(row -> row.method + " " + row.refusal.getFirst()),
                refusals().map(row -> row.method + " " + row.refusal.getFirst()),
                arguments().map(row -> row.method + " " + row.refusal.getFirst())).flatMap(rows -> rows)
                .collect(Collectors.toSet());
        Set<String> documented = new TreeSet<>();
        MethodRefusals.table().properties().forEach(method -> method.getValue().path("errors")
                .forEach(error -> documented.add(method.getKey() + " " + error.asText())));

        assertThat(documented).filteredOn(error -> !provoked.contains(error))
                .filteredOn(error -> !OutOfReach.is(error)).as("in no row").isEmpty();
        assertThat(OutOfReach.all()).filteredOn(error -> documented.stream().filter(one -> !provoked.contains(one))
                .noneMatch(one -> OutOfReach.matches(error, one))).as("said to be out of reach for nothing").isEmpty();
    }

    static Stream<String> methodsWithAScope() {
        return MethodRefusals.table().propertyStream().filter(method -> !method.getValue().path("bot_scopes").isEmpty())
                .map(Map.Entry::getKey);
    }

    @ParameterizedTest
    @MethodSource("methodsWithAScope")
    void withoutItsScopesNoMethodIsServed(String method) {
        List<String> needed = new ArrayList<>();
        MethodRefusals.table().path(method).path("bot_scopes").forEach(scope -> needed.add(scope.asText()));

        assertThat(there.withoutScopes(method)).isEqualTo(Json.object().put("ok", false).put("error", "missing_scope")
                .put("needed", String.join(",", needed.stream().sorted().toList())).put("provided", "commands"));
    }

    @Test
    void theManifestsScopesOpenTheirMethodsAndNoOthers() {
        Manifest manifest = Manifest.shipped();
        try (SlackEmulator slack = SlackEmulator.start(EmulatorOptions.defaults());
                ApiClient api = new ApiClient(slack)) {
            String provided = String.join(",", manifest.scopes().stream().sorted().toList());
            for (Map.Entry<String, JsonNode> method : MethodRefusals.table().properties()) {
                List<String> needed = new ArrayList<>();
                method.getValue().path("bot_scopes").forEach(scope -> needed.add(scope.asText()));
                JsonNode answer = api.call(method.getKey());
                if (needed.isEmpty() || needed.stream().anyMatch(manifest.scopes()::contains)) {
                    assertThat(answer.path("error").asText()).as(method.getKey()).isNotEqualTo("missing_scope");
                } else {
                    assertThat(answer).as(method.getKey()).isEqualTo(Json.object().put("ok", false)
                            .put("error", "missing_scope")
                            .put("needed", String.join(",", needed.stream().sorted().toList()))
                            .put("provided", provided));
                }
            }
        }
    }

    @Test
    void aConversationNeedsTheScopeOfItsKind() {
        try (SlackEmulator slack = SlackEmulator.start(EmulatorOptions.defaults());
                ApiClient api = new ApiClient(slack)) {
            String direct = api.call("conversations.open", "users", Seed.DANA).at("/channel/id").asText();

            assertThat(api.call("conversations.history", "channel", direct).path("ok").asBoolean()).isTrue();
            assertThat(api.call("conversations.info", "channel", Seed.GENERAL).path("ok").asBoolean()).isTrue();
            assertThat(api.call("conversations.info", "channel", direct).path("needed").asText()).isEqualTo("im:read");
            assertThat(api.call("conversations.list", "types", "private_channel").path("ok").asBoolean()).isTrue();
            assertThat(api.call("conversations.list", "types", "public_channel,im").path("needed").asText())
                    .isEqualTo("im:read");
            assertThat(api.call("conversations.create", "name", "incident").path("ok").asBoolean()).isTrue();
        }
    }

    @Test
    void sendsTheEventsOfTheManifestAndNoOthers() {
        try (SlackEmulator slack = SlackEmulator.start(EmulatorOptions.defaults()); FakeBot bot = new FakeBot()) {
            slack.deliverTo(bot.url());
            List<String> all = List.of("user_change", "message.mpim", "team_join", "channel_created", "app_home_opened",
                    "subteam_members_changed", "subteam_updated", "reaction_added");
            all.forEach(name -> slack.event(name, Json.object()));

            assertThat(bot.received()).extracting(one -> one.payload().at("/event/type").asText())
                    .containsExactlyInAnyOrderElementsOf(
                            all.stream().filter(Manifest.shipped().events()::contains).toList())
                    .hasSize(6);
        }
    }

    @Test
    void namesEachRefusalOnceForTheTestThatCausedIt() {
        try (SlackEmulator slack = SlackEmulator.start(EmulatorOptions.defaults());
                ApiClient api = new ApiClient(slack);
                FakeBot bot = new FakeBot()) {
            slack.deliverTo(bot.url());
            slack.faults().on("chat.postMessage").serverError(500).times(1);
            api.send("chat.postMessage", "application/x-www-form-urlencoded", "Bearer " + slack.botToken(), "");
            assertThat(slack.journal().refusals()).as("a fault is no refusal").isEmpty();
            slack.faults().on("chat.postMessage").slow(Duration.ofMillis(1)).times(1);
            api.call("chat.postMessage", "channel", Seed.GENERAL);
            bot.answers(200, "{\"blocks\":[{\"type\":\"nonsense\"}]}");
            slack.person("dana").command("general", "/request", "");

            assertThat(slack.journal().refusals()).hasSize(2);
            assertThat(slack.journal().refusals().getFirst()).as("slow, and refused all the same")
                    .endsWith("chat.postMessage: {\"ok\":false,\"error\":\"no_text\"}");
            assertThat(slack.journal().refusals().getLast()).contains("answer to command", "invalid_blocks");
        }
    }

    @Test
    void optionsAnsweredToAQueryAreLimitedToo() {
        there.updated(Kit.input("{\"type\":\"external_select\",\"action_id\":\"owner\"}"));

        for (int most : List.of(100, 101)) {
            String options = Kit.repeat(most, i -> Kit.option(1, "v" + i, ""));
            String groups = Kit.repeat(most, i -> Kit.group(1, 1));

            assertThat(there.offered("\"options\":[" + options + "]")).hasSize(most == 100 ? 100 : 0);
            assertThat(there.offered("\"option_groups\":[" + groups + "]")).hasSize(most == 100 ? 100 : 0);
            assertThat(there.offered("\"option_groups\":[{\"label\":" + Kit.plain(1) + ",\"options\":[" + options
                    + "]}]")).hasSize(most == 100 ? 100 : 0);
        }
        assertThat(there.offered("\"options\":[" + Kit.option(75, Kit.x(150), "") + "]")).hasSize(1);
        assertThat(there.offered("\"options\":[" + Kit.option(76, "v", "") + "]")).isEmpty();
        assertThat(there.offered("\"options\":[" + Kit.option(1, Kit.x(151), "") + "]")).isEmpty();
        assertThat(there.offered("\"option_groups\":[" + Kit.group(76, 1) + "]")).isEmpty();
    }

    @Test
    void aQueryIsAskedFromItsLeastLengthOn() {
        for (String least : List.of("", ",\"min_query_length\":3")) {
            there.updated(Kit.input("{\"type\":\"external_select\",\"action_id\":\"owner\"" + least + "}"));

            assertThat(there.asked("pa")).as("two letters").isFalse();
            assertThat(there.asked("pay")).as("three letters").isTrue();
        }
        there.updated(Kit.input(
                "{\"type\":\"external_select\",\"action_id\":\"owner\",\"min_query_length\":0}"));
        assertThat(there.asked("")).isTrue();
    }
}
