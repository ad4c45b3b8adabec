package dev.steward.playground.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.Until;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The address that Slack posts to, and whatever else can arrive there. */
class SlackDoorTest extends EndToEndTest {
    static Door door;

    @BeforeAll
    static void findTheDoor() {
        door = new Door(stage);
    }

    @AfterAll
    static void close() {
        door.close();
    }

    @Test
    void refusesAWrongOrMissingSignature() {
        hasNoEffect(() -> door.unsigned(command("unsigned")));
        hasNoEffect(() -> door.with("v0=" + "0".repeat(64), command("wrong")));
        hasNoEffect(() -> door.with("", command("empty")));
        hasNoEffect(() -> door.with("v0=ä\"<script>", command("strange")));
    }

    @ParameterizedTest
    @ValueSource(ints = {-301, -3600, 305, 86400})
    void refusesASignatureThatIsOldOrFromTheFuture(int seconds) {
        hasNoEffect(() -> door.signed(Door.FORM, command("at" + seconds), Instant.now().plusSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-290, 290})
    void takesASignatureWithinTheFiveMinutes(int seconds) {
        assertThat(door.signed(Door.JSON, "{\"type\":\"url_verification\",\"token\":\"t\",\"challenge\":\"c\"}",
                Instant.now().plusSeconds(seconds)).status()).isEqualTo(200);
    }

    static Stream<Arguments> malformed() {
        return Stream.of(Arguments.of(Door.FORM, ""), Arguments.of(Door.JSON, ""), Arguments.of(Door.JSON, "{"),
                Arguments.of(Door.JSON, "{}"), Arguments.of(Door.JSON, "[]"), Arguments.of(Door.JSON, "null"),
                Arguments.of(Door.JSON, "{\"type\":\"event_callback\",\"event\":"),
                Arguments.of(Door.JSON, "{\"type\":\"event_callback\",\"event_id\":7,\"event\":[]}"),
                Arguments.of(Door.JSON, "{\"type\":\"event_callback\",\"event_id\":\"E\",\"event\":\"x\"}"),
                Arguments.of(Door.FORM, "payload=this+is+not+JSON"), Arguments.of(Door.FORM, "payload="),
                Arguments.of(Door.FORM, "payload=%7B%22type%22%3A%22block_actions%22"),
                Arguments.of(Door.FORM, payload("{\"type\":\"block_actions\"}")),
                Arguments.of(Door.FORM,
                        payload("{\"type\":\"block_actions\",\"user\":{\"id\":\"U1\"},\"actions\":[]}")),
                Arguments.of(Door.FORM, payload("{\"type\":\"view_submission\",\"user\":{\"id\":\"U1\"}}")),
                Arguments.of(Door.FORM, payload("{\"type\":[\"view_submission\"]}")),
                Arguments.of(Door.FORM, payload("[[[[]]]]")), Arguments.of(Door.FORM, payload("\"text\"")),
                Arguments.of(Door.FORM, "payload=%ZZ"), Arguments.of(Door.FORM, "command=%2Frequest"),
                Arguments.of(Door.FORM, "command=%2Frequest&user_id=U1&trigger_id=&response_url="),
                Arguments.of("application/xml", "<command>/request</command>"),
                Arguments.of("multipart/form-data; boundary=x", "--x\r\n\r\n/request\r\n--x--"),
                Arguments.of("text/plain", "/request new-service"),
                Arguments.of(Door.FORM, "payload=" + "%7B".repeat(100_000)),
                Arguments.of(Door.FORM, "a".repeat(2 << 20)));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesWhatSlackDoesNotSendWithWordsAndNoStackTrace(String type, String body) {
        long entries = number("SELECT count(*) FROM ledger");

        Door.Answer answer = door.signed(type, body);

        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.body()).isNotBlank().hasSizeLessThan(300).doesNotContain("Exception", "\tat ", "dev.steward");
        assertThat(number("SELECT count(*) FROM ledger")).isEqualTo(entries);
    }

    @Test
    void answersSlacksQuestionWhoseAddressThisIs() {
        Door.Answer answer = door.signed(Door.JSON,
                "{\"token\":\"t\",\"challenge\":\"3eZbrw1aB10\",\"type\":\"url_verification\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("3eZbrw1aB10");
    }

    @Test
    void acknowledgesABurstOfEvents() {
        for (int i = 0; i < 20; i++) {
            assertThat(door.signed(Door.JSON, event("EvBurst" + i, Seed.GROUP_CHECKOUT)).status()).isEqualTo(200);
        }
    }

    @Test
    void saysThatACommandIsUnknownAndWhichThereAre() {
        assertThat(actor("dana").asks("general", "/nonsense", "now")).contains("/request", "/owner");
        assertThat(actor("dana").asks("general", "/steward", "nonsense")).contains("There is no", "/request");
    }

    @Test
    void saysThatAButtonIsTooOld() {
        var dana = actor("dana");
        dana.asks("general", "/request", "");
        var posted = stage.slack().channel("general").post(stage.slack().person("dana"), "Any message");

        assertThat(dana.forgesAndIsTold(posted, "no-such-action", "1")).contains("no longer does anything",
                "Nothing was changed");
    }

    @Test
    void saysThatAFormIsTooOld() {
        ObjectNode submission = Forged.submission(actor("dana"), Json.object().put("callback_id", "no-such-form"));

        var delivery = actor("dana").person().sendRaw(submission);

        assertThat(delivery.reply().status()).isEqualTo(200);
        assertThat(delivery.reply().body()).contains("This form is too old", "nothing was stored");
    }

    @ParameterizedTest
    @ValueSource(strings = {"view_closed", "workflow_step_edit", "something_new"})
    void acknowledgesWhatItDoesNotUse(String type) {
        ObjectNode payload = Json.object().put("type", type).put("trigger_id", "t-" + type);
        payload.putObject("user").put("id", Seed.DANA);

        assertThat(actor("dana").person().sendRaw(payload).reply().status()).isEqualTo(200);
    }

    @Test
    void offersNothingForAFieldThatItDoesNotKnow() {
        ObjectNode payload = Json.object().put("type", "block_suggestion").put("action_id", "no:such:field")
                .put("block_id", "b").put("value", "pay");
        payload.putObject("user").put("id", Seed.DANA);
        payload.putObject("team").put("id", Seed.TEAM);

        var reply = actor("dana").person().sendRaw(payload).reply();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(Json.parseObject(reply.body()).path("options")).isEmpty();
    }

    @Test
    void aCommandThatComesTwiceIsDoneOnce() {
        Actor paul = actor("paul");
        paul.asks("general", "/owner", "nothing-of-that-name");
        String again = lastCommand();
        int before = paul.person().ephemerals().size();

        assertThat(door.signed(Door.FORM, again)).isEqualTo(new Door.Answer(200, ""));
        assertThat(door.signed(Door.FORM, again)).isEqualTo(new Door.Answer(200, ""));

        paul.asks("general", "/owner", "another-name");
        assertThat(paul.person().ephemerals()).hasSize(before + 1);
    }

    @Test
    void aSubmittedFormThatComesTwiceIsOneRequest() {
        Actor dana = actor("dana");
        asked(dana, "submitted-twice", java.util.Map.of());
        String payload = stage.slack().journal().deliveriesOf("view_submission").getLast().payload().toString();

        assertThat(door.signed(Door.FORM, payload(payload)).status()).isEqualTo(200);

        assertThat(number("SELECT count(*) FROM request WHERE subject = 'submitted-twice'")).isEqualTo(1);
        assertThat(cards("submitted-twice")).hasSize(1);
    }

    @Test
    void anEventThatComesTwiceIsHandledOnce() {
        long before = read(Seed.GROUP_PAYMENTS);
        assertThat(door.signed(Door.JSON, event("EvOnce", Seed.GROUP_PAYMENTS)).status()).isEqualTo(200);
        awaitRead(before + 1);

        assertThat(door.signed(Door.JSON, event("EvOnce", Seed.GROUP_PAYMENTS)).status()).isEqualTo(200);
        assertThat(number("SELECT count(*) FROM job WHERE key LIKE '%" + Seed.GROUP_PAYMENTS + "'")).isZero();

        assertThat(door.signed(Door.JSON, event("EvNext", Seed.GROUP_PAYMENTS)).status()).isEqualTo(200);
        awaitRead(before + 2);
    }

    private static void awaitRead(long times) {
        Until.isTrue("the group is read " + times + " times, and no more is to do", Duration.ofSeconds(20),
                () -> read(Seed.GROUP_PAYMENTS) == times
                        && number("SELECT count(*) FROM job WHERE key LIKE '%" + Seed.GROUP_PAYMENTS + "'") == 0);
    }

    private static long read(String group) {
        return stage.slack().journal().callsOf("usergroups.users.list").stream()
                .filter(call -> call.arguments().path("usergroup").asText().equals(group)).count();
    }

    private static void hasNoEffect(java.util.function.Supplier<Door.Answer> knock) {
        long received = number("SELECT count(*) FROM processed_event");
        int calls = stage.slack().journal().callsOf("response_url").size();

        Door.Answer answer = knock.get();

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).startsWith("this request").doesNotContain("Exception");
        assertThat(number("SELECT count(*) FROM processed_event")).isEqualTo(received);
        assertThat(stage.slack().journal().callsOf("response_url")).hasSize(calls);
    }

    private static String command(String trigger) {
        return "command=%2Frequest&text=&user_id=" + Seed.DANA + "&team_id=" + Seed.TEAM + "&channel_id=" + Seed.GENERAL
                + "&trigger_id=" + trigger + "&response_url=" + Door.encoded("http://127.0.0.1:1/response");
    }

    private static String lastCommand() {
        return stage.slack().journal().deliveriesOf("command").getLast().payload().properties().stream()
                .map(field -> Door.encoded(field.getKey()) + "=" + Door.encoded(field.getValue().asText()))
                .collect(Collectors.joining("&"));
    }

    private static String event(String id, String group) {
        ObjectNode event = Json.object().put("type", "event_callback").put("event_id", id).put("team_id", Seed.TEAM)
                .put("api_app_id", Seed.APP).put("event_time", Instant.now().getEpochSecond());
        event.putObject("event").put("type", "subteam_members_changed").put("subteam_id", group)
                .put("team_id", Seed.TEAM);
        return event.toString();
    }

    private static String payload(String json) {
        return "payload=" + Door.encoded(json);
    }
}
