package dev.steward.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.people.Directory;
import dev.steward.bot.slack.people.GroupMirror;
import dev.steward.bot.slack.people.Workspace;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.catalog.People;
import dev.steward.catalog.SlackProfile;
import dev.steward.catalog.Standing;
import dev.steward.catalog.Teams;
import dev.steward.database.Database;
import dev.steward.database.FreshDatabase;
import dev.steward.database.Json;
import dev.steward.database.TestClock;
import dev.steward.jobs.Jobs;
import dev.steward.ledger.Ledger;
import dev.steward.outbox.Outbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoltEndpointTest {
    private static final String TOKEN = "xoxb-a-token-for-tests";

    @TempDir
    Path home;
    private Database database;
    private FakeSlack slack;
    private SlackApi api;
    private Background background;
    private BoltEndpoint inside;
    private SlackEndpoint endpoint;
    private final TestClock clock = new TestClock();
    private final Outbox outbox = new Outbox(clock);
    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

    @BeforeEach
    void open() throws IOException {
        database = FreshDatabase.open(home.resolve("steward.db"));
        slack = new FakeSlack();
        api = new SlackApi(slack.api(), TOKEN, Duration.ofSeconds(5));
        background = new Background(2, 2);
        inside = inside();
        endpoint = new SignedDoor(new SlackSignature(SignedCalls.SECRET, clock), inside);
    }

    @AfterEach
    void close() {
        background.close();
        api.close();
        slack.close();
        database.close();
    }

    @Test
    void refusesAWrongSignature() {
        SlackCall right = SignedCalls.signed(command("t1"), clock.instant());
        byte[] other = command("t2");
        assertRefused(new SlackCall(right.headers(), other), "signature is wrong");
        assertRefused(SignedCalls.signed(command("t1"), clock.instant(), "another-secret"), "signature is wrong");
    }

    @Test
    void refusesAMissingSignatureOrTime() {
        SlackCall right = SignedCalls.signed(command("t1"), clock.instant());
        assertRefused(new SlackCall(Map.of(), right.body()), "no signature");
        assertRefused(new SlackCall(Map.of("x-slack-signature", right.headers().get("x-slack-signature")),
                right.body()), "no signature");
        assertRefused(new SlackCall(Map.of("x-slack-request-timestamp", List.of("soon"), "x-slack-signature",
                List.of("v0=00")), right.body()), "cannot be read");
    }

    @Test
    void refusesTheOldAndTheFutureBeyondFiveMinutes() {
        assertRefused(SignedCalls.signed(command("t1"), clock.instant().minusSeconds(301)), "5 minutes");
        assertRefused(SignedCalls.signed(command("t2"), clock.instant().plusSeconds(301)), "5 minutes");
        assertThat(post(SignedCalls.signed(command("t3"), clock.instant().minusSeconds(300))).status()).isEqualTo(200);
        assertThat(post(SignedCalls.signed(command("t4"), clock.instant().plusSeconds(300))).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "{", "{}", "[1]", "payload=", "payload=%7B", "payload=%ZZ", "payload=%5B%5D",
            "payload=%7B%22type%22%3A%22block_actions%22%7D", "command=%2Frequest", "{\"type\":7}",
            "{\"type\":\"event_callback\"}", "{\"type\":\"event_callback\",\"event_id\":\"E\",\"event\":[]}",
            "{\"type\":\"url_verification\"}", "{\"type\":\"no such\"}",
            "payload=%7B%22type%22%3A%22view_submission%22%2C%22view%22%3A3%7D"})
    void answers400ToWhatSlackDoesNotSend(String body) {
        SlackReply reply = post(body.getBytes(StandardCharsets.UTF_8));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(text(reply)).isNotBlank().hasSizeLessThan(100).doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\":null}", "{\"name\":{\"answer\":null}}", "{\"name\":{}}"})
    void takesAFormWhoseFieldsHoldNothing(String values) {
        assertThat(post(interaction("""
                {"type":"view_submission","user":{"id":"U1"},"team":{"id":"T1"},"trigger_id":"t","view":
                 {"id":"V1","type":"modal","callback_id":"none","private_metadata":"","state":{"values":%s}}}"""
                .formatted(values))).status()).isEqualTo(200);
    }

    @Test
    void answers400ToFieldsOfAnotherType() {
        assertThat(post(interaction("""
                {"type":"block_actions","user":{"id":"U1"},"trigger_id":"t","actions":[{"action_id":"a"}],
                 "view":[1,2]}""")).status()).isEqualTo(400);
        assertThat(post(SignedCalls.json("""
                {"type":"event_callback","event_id":"E9","team_id":"T1","event":{"type":"user_change","user":"U1"}}
                """)).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"user_change\"}", "{\"type\":\"team_join\",\"user\":null}",
            "{\"type\":\"user_change\",\"user\":{}}", "{\"type\":\"subteam_members_changed\"}",
            "{\"type\":\"subteam_members_changed\",\"subteam_id\":[]}", "{\"type\":\"subteam_updated\"}",
            "{\"type\":\"subteam_updated\",\"subteam\":{\"name\":\"x\"}}",
            "{\"type\":\"app_home_opened\",\"tab\":\"home\"}",
            "{\"type\":\"app_home_opened\",\"user\":{\"id\":\"U1\"}}"})
    void answers400ToAnEventThatDoesNotSayWhatItIsAbout(String event) {
        SlackReply reply = post(SignedCalls.json("{\"type\":\"event_callback\",\"event_id\":\"E8\",\"team_id\":\"T1\","
                + "\"event\":" + event + "}"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(text(reply)).startsWith("the payload has no event.");
        assertThat(database.<Integer>read(
                h -> h.createQuery("SELECT count(*) FROM processed_event").mapTo(Integer.class).one()))
                .isZero();
    }

    @Test
    void answers400ToAnIdThatNoSlackWouldGive() {
        assertThat(post(command("t".repeat(256))).status()).isEqualTo(400);
        assertThat(post(click("approve", "t".repeat(256))).status()).isEqualTo(400);
        assertThat(post(click("a".repeat(256), "t1")).status()).isEqualTo(400);
        assertThat(post(command("t".repeat(255))).status()).isEqualTo(200);
        for (String none : List.of("\u0000", "\u00a0", "\u2028", "t\n1", "t 1")) {
            assertThat(post(command(none)).status()).as(none).isEqualTo(400);
        }
    }

    @Test
    void answersTheUrlVerification() {
        SlackReply reply = post(
                SignedCalls.json("{\"type\":\"url_verification\",\"challenge\":\"abc\",\"token\":\"x\"}"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(text(reply)).isEqualTo("abc");
    }

    @Test
    void acknowledgesACommandBeforeItsWork() throws InterruptedException {
        SlackReply reply = post(command("t1"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
        assertThat(seen.poll(5, TimeUnit.SECONDS))
                .isEqualTo(new CommandCall("U1", "C1", "/request", "new-service payments", "t1", url()));
    }

    @Test
    void takesACommandOfTheSameTriggerOnce() throws InterruptedException {
        post(command("t1"));
        assertThat(seen.poll(5, TimeUnit.SECONDS)).isNotNull();
        assertThat(post(command("t1")).status()).isEqualTo(200);
        Awaitility.await().until(background::isIdle);
        assertThat(seen).isEmpty();
    }

    @Test
    void takesAClickOfTheSameTriggerOnce() throws InterruptedException {
        post(click("known", "t1"));
        post(click("known", "t1"));
        assertThat(seen.poll(5, TimeUnit.SECONDS)).isInstanceOf(Click.class);
        Awaitility.await().until(background::isIdle);
        assertThat(seen).isEmpty();
    }

    @Test
    void storesAClickThatDecidesBeforeItIsAcknowledged() {
        assertThat(post(click("approve", "t1")).status()).isEqualTo(200);
        assertThat(jobs()).containsExactly("slack.click:t1");
        assertThat(post(click("approve", "t1")).status()).isEqualTo(200);
        assertThat(jobs()).hasSize(1);
        assertThat(seen).isEmpty();
    }

    @Test
    void storesAClickThatComesAgainIfItCouldNotBeStored() {
        database.writing(h -> h.execute(
                "CREATE TEMP TRIGGER full BEFORE INSERT ON job BEGIN SELECT RAISE(ABORT, 'disk is full'); END"));
        byte[] click = click("approve", "t1");
        assertThatThrownBy(() -> post(click)).hasStackTraceContaining("disk is full");
        database.writing(h -> h.execute("DROP TRIGGER full"));

        assertThat(post(click).status()).isEqualTo(200);
        assertThat(jobs()).containsExactly("slack.click:t1");
    }

    @Test
    void carriesOutAStoredClickOnceHoweverOftenItComes() {
        byte[] click = click("approve", "t1");
        post(click);
        database.writing(h -> h.execute("DELETE FROM job"));

        assertThat(post(click).status()).isEqualTo(200);
        assertThat(jobs()).isEmpty();
    }

    @Test
    void answersAFormThatComesAgainAlikeUntilItIsTaken() {
        byte[] wrong = submission("known", "t1");
        assertThat(text(post(wrong))).contains("taken").isEqualTo(text(post(wrong)));
        assertThat(seen).hasSize(2);

        byte[] right = submission("closes", "t2");
        assertThat(text(post(right))).isEmpty();
        assertThat(text(post(right))).isEmpty();
        assertThat(seen).hasSize(3);
    }

    @Test
    void storesAnEventOnceHoweverOftenSlackSendsIt() {
        byte[] event = SignedCalls.json("""
                {"type":"event_callback","event_id":"Ev1","team_id":"T1","api_app_id":"A1","event":
                 {"type":"subteam_members_changed","subteam_id":"S1","team_id":"T1"}}""");
        assertThat(post(event).status()).isEqualTo(200);
        assertThat(jobs()).containsExactly("slack.mirror-group:S1");
        database.writing(h -> h.execute("DELETE FROM job"));
        assertThat(post(event).status()).isEqualTo(200);
        assertThat(jobs()).isEmpty();
    }

    @Test
    void readsAPersonAgainAfterAChange() {
        assertThat(post(SignedCalls.json("""
                {"type":"event_callback","event_id":"Ev2","team_id":"T1","event":
                 {"type":"user_change","user":{"id":"U7","team_id":"T1","name":"x"}}}""")).status()).isEqualTo(200);
        assertThat(jobs()).containsExactly("slack.refresh-person:U7");
    }

    @Test
    void hearsOfAnOpenedHomeOnceAndNotOfTheOtherTab() {
        String event = """
                {"type":"event_callback","event_id":"%s","team_id":"T1","event":
                 {"type":"app_home_opened","user":"U7","channel":"D7","tab":"%s","event_ts":"1.1"}}""";
        assertThat(post(SignedCalls.json(event.formatted("Ev5", "messages"))).status()).isEqualTo(200);
        assertThat(post(SignedCalls.json(event.formatted("Ev6", "home"))).status()).isEqualTo(200);
        assertThat(post(SignedCalls.json(event.formatted("Ev6", "home"))).status()).isEqualTo(200);
        assertThat(seen).containsExactly("home of U7");
    }

    @Test
    void answersAClickAtHomeInAModal() {
        assertThat(post(clickAtHome("gone")).status()).isEqualTo(200);
        Awaitility.await().untilAsserted(() -> assertThat(slack.calls("views.open")).hasSize(1));
        assertThat(slack.calls("views.open").getFirst().arg("view")).contains("no longer does anything");
        assertThat(slack.calls("views.open").getFirst().arg("trigger_id")).isEqualTo("t-gone");
        Awaitility.await().until(background::isIdle);
        assertThat(slack.calls("chat.postMessage")).isEmpty();
    }

    @Test
    void answersAClickAtHomeByDirectMessageWhenItsTriggerIsUsedUp() {
        slack.next("views.open", FakeSlack.Answer.error("expired_trigger_id"));
        post(clickAtHome("gone"));
        Awaitility.await().untilAsserted(() -> assertThat(slack.calls("chat.postMessage")).hasSize(1));
        assertThat(slack.calls("chat.postMessage").getFirst().arg("channel")).isEqualTo("U1");
    }

    @Test
    void acknowledgesEventsThatItDoesNotUse() {
        assertThat(post(SignedCalls.json("""
                {"type":"event_callback","event_id":"Ev3","team_id":"T1","event":{"type":"file_shared"}}"""))
                .status()).isEqualTo(200);
        assertThat(post(SignedCalls.json("""
                {"type":"event_callback","event_id":"Ev4","team_id":"T1","event":{"type":"never_heard_of"}}"""))
                .status()).isEqualTo(200);
    }

    @Test
    void takesAShortcutOnceWithTheMessageThatItWasChosenOn() throws InterruptedException {
        byte[] shortcut = interaction(
                """
                        {"type":"message_action","callback_id":"known","user":{"id":"U1"},"trigger_id":"t7","channel":{"id":"C1"},
                         "message":{"type":"message","ts":"1.2","user":"U2","text":"It fails","blocks":[{"type":"never heard of"}]},
                         "response_url":"%s"}"""
                        .formatted(url()));
        assertThat(post(shortcut).status()).isEqualTo(200);
        assertThat(post(shortcut).status()).isEqualTo(200);
        assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo(new Shortcut("U1", "known", "t7",
                Optional.of(new Shortcut.On("C1", "1.2", "U2", "It fails")), Optional.of(url())));
        assertThat(seen.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void notesWhatHappensInAChannelOnceAndPassesOverWhatIsSaidThere() {
        for (int i = 0; i < 2; i++) {
            assertThat(post(SignedCalls.json("""
                    {"type":"event_callback","event_id":"Ev7","team_id":"T1","event":{"type":"pin_added",
                     "item":{"type":"message","message":{"ts":"1.2","blocks":[{"type":"never heard of"}]}}}}"""))
                    .status()).isEqualTo(200);
        }
        post(SignedCalls
                .json("""
                        {"type":"event_callback","event_id":"Ev8","team_id":"T1","event":{"type":"message","text":"hello"}}"""));
        post(SignedCalls.json("""
                {"type":"event_callback","event_id":"Ev9","team_id":"T1",
                 "event":{"type":"message","subtype":"message_changed"}}"""));
        post(SignedCalls.json("""
                {"type":"event_callback","event_id":"Ev6","team_id":"T1",
                 "event":{"type":"member_joined_channel","user":"U1","channel":"C9"}}"""));
        assertThat(List.copyOf(seen)).isEqualTo(List.of("pin_added", "message"));
        assertThat(database.<Integer>read(h -> h.createQuery("SELECT count(*) FROM processed_event")
                .mapTo(Integer.class).one())).as("what concerns nobody is not noted").isEqualTo(2);
    }

    @Test
    void answersAnUnknownButtonInPrivate() {
        SlackReply reply = post(click("nobody-knows", "t1"));
        assertThat(reply.status()).isEqualTo(200);
        Awaitility.await().untilAsserted(() -> assertThat(slack.calls("respond").getFirst().arg("json"))
                .contains("no longer does anything").contains("ephemeral"));
    }

    @Test
    void acknowledgesTwoActionsAtOnceAndUnusedInteractions() {
        assertThat(post(interaction("""
                {"type":"block_actions","user":{"id":"U1"},"team":{"id":"T1"},"trigger_id":"t1","actions":[
                 {"action_id":"a","type":"button"},{"action_id":"b","type":"button"}]}""")).status()).isEqualTo(200);
        assertThat(post(interaction("""
                {"type":"shortcut","callback_id":"x","user":{"id":"U1"},"trigger_id":"t2"}""")).status())
                .isEqualTo(200);
        assertThat(post("ssl_check=1&token=x".getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(200);
    }

    @Test
    void answersAnUnknownFormInTheModal() {
        JsonNode answer = Json.tree(text(post(submission("nobody-knows", "t1"))));
        assertThat(answer.path("response_action").asText()).isEqualTo("update");
        assertThat(answer.at("/view/blocks/0/text/text").asText()).contains("nothing was stored");
    }

    @Test
    void handsAFormItsAnswersAndAnswersItInTheSameBreath() throws InterruptedException {
        JsonNode answer = Json.tree(text(post(submission("known", "t1"))));
        assertThat(answer.path("response_action").asText()).isEqualTo("errors");
        assertThat(answer.at("/errors/name").asText()).as("Slack shows marks beside a field as they are")
                .isEqualTo("\"checkout\" is taken");
        OpenView view = ((Submission) seen.take()).view();
        assertThat(view.answers()).isEqualTo(Map.of("name", "payments", "many", List.of("a", "b"), "team", "team-x"));
        assertThat(view.metadata()).isEqualTo("{\"d\":1}");
    }

    @Test
    void answersABugInAFormWithAnId() {
        assertThat(text(post(submission("bug", "t1")))).contains("error id");
    }

    @Test
    void answersABugInACommandWithAnId() {
        post(command("t1", "bug"));
        Awaitility.await().untilAsserted(
                () -> assertThat(slack.calls("respond").getFirst().arg("json")).contains("error id"));
    }

    @Test
    void offersSuggestionsAndNoneForUnknownFields() {
        JsonNode known = Json.tree(text(post(suggestion("answer:team"))));
        assertThat(known.at("/options/0/value").asText()).isEqualTo("pay");
        assertThat(Json.tree(text(post(suggestion("answer:unknown")))).path("options")).isEmpty();
    }

    @Test
    void saysThatItIsBusyInsteadOfPilingUpWork() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        for (int i = 0; i < 4; i++) {
            assertThat(background.offer(() -> {
                try {
                    assertThat(release.await(5, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            })).isTrue();
        }
        assertThat(text(post(command("t1")))).contains("too much to do").contains("ephemeral");
        assertThat(post(click("known", "t2")).status()).isEqualTo(503);
        release.countDown();
        Awaitility.await().until(background::isIdle);
    }

    @Test
    void refusesToStartWithAWrongToken() {
        slack.next("auth.test", FakeSlack.Answer.error("invalid_auth"));
        assertThatThrownBy(() -> Workspace.of(api)).hasMessageContaining("SLACK_BOT_TOKEN")
                .hasMessageContaining("invalid_auth").hasMessageNotContaining(TOKEN);
    }

    @Test
    void keepsAnAnswerThatSlackDoesNotTakeForADirectMessage() {
        meet("U1");
        slack.next("respond", FakeSlack.Answer.limited(60));
        post(click("gone", "t1"));
        Awaitility.await().untilAsserted(() -> assertThat(kept()).hasSize(1));
        assertThat(kept().getFirst()).contains("This button no longer does anything");
        slack.next("respond", FakeSlack.Answer.lost());
        post(command("t2", "bug"));
        Awaitility.await().untilAsserted(() -> assertThat(kept()).hasSize(2));
        post(click("gone", "t3"));
        Awaitility.await().until(() -> slack.calls("respond").size() == 3 && background.isIdle());
        assertThat(kept()).as("an answer that Slack took is not sent again").hasSize(2);
    }

    @Test
    void tellsAtOnceWhoeverClicksWhileItStops() {
        inside.draining();
        assertThat(post(click("approve", "t1")).status()).isEqualTo(200);
        Awaitility.await().untilAsserted(() -> assertThat(slack.calls("respond")).hasSize(1));
        assertThat(slack.calls("respond").getFirst().arg("json")).contains("Steward is restarting")
                .contains("Your click is kept");
        assertThat(jobs()).containsExactly("slack.click:t1");
    }

    @Test
    void storesAClickAtHomeThatDecidesAndAnswersItThere() {
        assertThat(post(clickAtHome("end-lease:42")).status()).isEqualTo(200);
        assertThat(jobs()).containsExactly("slack.click:t-end-lease:42");
        inside.draining();
        Awaitility.await().untilAsserted(() -> assertThat(slack.calls("views.open")).hasSize(1));
        assertThat(slack.calls("views.open").getFirst().arg("view")).contains("Steward is restarting");
    }

    @Test
    void tellsWhoeverClickedJustBeforeItStopped() {
        post(click("approve", "t1"));
        inside.draining();
        Awaitility.await().untilAsserted(() -> assertThat(slack.calls("respond")).hasSize(1));
        assertThat(slack.calls("respond").getFirst().arg("json")).contains("Steward is restarting");
    }

    private void meet(String user) {
        var profile = new SlackProfile("T1", user, "dana", "Dana", Optional.empty(), Standing.MEMBER);
        database.writing(h -> new People(new Ledger(clock), clock).meet(h, profile));
    }

    private List<String> kept() {
        return database.read(h -> outbox.due(h, 10)).stream().map(due -> due.args().path("text").asText()).toList();
    }

    private BoltEndpoint inside() {
        var ledger = new Ledger(clock);
        var people = new People(ledger, clock);
        var directory = new Directory(database, people, api, Workspace.of(api), clock, _ -> {});
        var mirror = new GroupMirror(database, new Jobs(clock), new Teams(people, ledger, clock), directory, api);
        var routes = new Routes(call -> {
            if (call.text().equals("bug")) {
                throw new IllegalStateException("a bug");
            }
            seen.add(call);
        }, Map.of("known", seen::add), Map.of("known", submission -> {
            seen.add(submission);
            return Map.of("response_action", "errors", "errors", Map.of("name", "`checkout` is taken"));
        }, "closes", submission -> {
            seen.add(submission);
            return Map.of();
        }, "bug", submission -> {
            throw new IllegalStateException("a bug");
        }), Map.of("team", suggestion -> List.of(Blocks.option(suggestion.text(), "Payments"))),
                Map.of("known", seen::add),
                new Routes.Happenings(event -> !event.path("channel").asText().equals("C9"),
                        (handle, event) -> seen.add(event.path("type").asText())));
        var received = new Received(database, clock);
        return new BoltEndpoint(new BoltEndpoint.Handling(received, routes, background,
                new Answers(api, new LateAnswers(database, outbox, directory)),
                new StoredClicks(database, new Jobs(clock), received)), api, TOKEN,
                new BoltEndpoint.Events(database, mirror, (handle, user) -> seen.add("home of " + user)));
    }

    private static byte[] clickAtHome(String action) {
        return interaction("""
                {"type":"block_actions","user":{"id":"U1"},"team":{"id":"T1"},"trigger_id":"t-%s","container":
                 {"type":"view","view_id":"V1"},"view":{"id":"V1","type":"home","callback_id":"home","hash":"h",
                 "state":{"values":{}},"blocks":[]},"actions":[{"action_id":"%s","block_id":"b","type":"button",
                 "value":"x"}]}""".formatted(action, action));
    }

    private String url() {
        return slack.url() + "/respond";
    }

    private byte[] command(String trigger) {
        return command(trigger, "new-service payments");
    }

    private byte[] command(String trigger, String text) {
        return SignedCalls.form(Map.of("command", "/request", "text", text, "user_id", "U1", "team_id", "T1",
                "channel_id", "C1", "trigger_id", trigger, "response_url", url(), "token", "x"));
    }

    private byte[] click(String action, String trigger) {
        return interaction("""
                {"type":"block_actions","user":{"id":"U1"},"team":{"id":"T1"},"trigger_id":"%s","response_url":"%s",
                 "actions":[{"action_id":"%s","type":"button","value":"v"}]}""".formatted(trigger, url(), action));
    }

    private static byte[] submission(String callback, String trigger) {
        return interaction("""
                {"type":"view_submission","user":{"id":"U1"},"team":{"id":"T1"},"trigger_id":"%s","view":
                 {"id":"V1","hash":"h","type":"modal","callback_id":"%s","private_metadata":"{\\"d\\":1}","state":
                 {"values":{"name":{"answer":{"type":"plain_text_input","value":"payments"}},
                  "many":{"answer":{"type":"checkboxes","selected_options":[{"value":"a"},{"value":"b"}]}},
                  "team":{"answer:team":{"type":"external_select","selected_option":{"value":"team-x"}}},
                  "empty":{"answer":{"type":"plain_text_input","value":null}}}}}}""".formatted(trigger, callback));
    }

    private static byte[] suggestion(String action) {
        return interaction("""
                {"type":"block_suggestion","user":{"id":"U1"},"team":{"id":"T1"},"action_id":"%s","block_id":"b",
                 "value":"pay"}""".formatted(action));
    }

    private static byte[] interaction(String payload) {
        return SignedCalls.form(Map.of("payload", payload));
    }

    private SlackReply post(byte[] body) {
        return post(SignedCalls.signed(body, clock.instant()));
    }

    private SlackReply post(SlackCall call) {
        return endpoint.answer(call);
    }

    private void assertRefused(SlackCall call, String why) {
        SlackReply reply = post(call);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(text(reply)).contains(why);
        assertThat(seen).isEmpty();
    }

    private static String text(SlackReply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    private List<String> jobs() {
        return database.read(h -> h.createQuery("SELECT key FROM job").mapTo(String.class).list());
    }
}
