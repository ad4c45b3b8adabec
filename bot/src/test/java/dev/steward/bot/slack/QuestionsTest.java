package dev.steward.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.channels.Authors;
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
import dev.steward.jobs.Job;
import dev.steward.jobs.Jobs;
import dev.steward.ledger.Ledger;
import dev.steward.outbox.Destination;
import dev.steward.outbox.Message;
import dev.steward.outbox.Outbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events in which people speak to Steward, from the address that Slack posts to, to the answer. */
class QuestionsTest {
    private static final String TOKEN = "xoxb-a-token-for-tests";
    private static final String MENTION = """
            {"type":"app_mention","user":"U1","channel":"C0REQUESTS","ts":"7.1","text":"<@UBOT> who owns checkout?"}""";
    private static final String DIRECT = """
            {"type":"message","channel_type":"im","user":"U1","channel":"D0000001","ts":"7.2","text":"my access"}""";

    @TempDir
    Path home;
    private Database database;
    private FakeSlack slack;
    private SlackApi api;
    private Background background;
    private BoltEndpoint endpoint;
    private Questions questions;
    private boolean broken;
    private final TestClock clock = new TestClock();
    private final Outbox outbox = new Outbox(clock);
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        database = FreshDatabase.open(home.resolve("steward.db"));
        slack = new FakeSlack();
        api = new SlackApi(slack.api(), TOKEN, Duration.ofSeconds(5));
        background = new Background(1, 2);
        var people = new People(new Ledger(clock), clock);
        var directory = new Directory(database, people, api, Workspace.of(api), clock, _ -> {});
        var jobs = new Jobs(clock);
        var answers = new Answers(api, new LateAnswers(database, outbox, directory));
        questions = new Questions(jobs, new Authors(database, people, directory), answers, FakeSlack.BOT_USER, "",
                this::answer);
        var received = new Received(database, clock);
        var routes = new Routes(call -> {}, Map.of(), Map.of(), Map.of(), Map.of(),
                questions.before(new Routes.Happenings(event -> true,
                        (handle, event) -> asked.add("for others: " + event.path("type").asText()))));
        endpoint = new BoltEndpoint(new BoltEndpoint.Handling(received, routes, background, answers,
                new StoredClicks(database, jobs, received)), api, TOKEN,
                new BoltEndpoint.Events(database, new GroupMirror(database, jobs,
                        new Teams(people, new Ledger(clock), clock), directory, api), (handle, user) -> {}));
        database.writing(h -> {
            people.meet(h, new SlackProfile("T1", "U1", "dana", "Dana", Optional.empty(), Standing.MEMBER));
            people.meet(h, new SlackProfile("T1", "UROBOT", "robot", "Robot", Optional.empty(), Standing.BOT));
        });
    }

    @AfterEach
    void close() {
        background.close();
        api.close();
        slack.close();
        database.close();
    }

    @Test
    void answersAMentionInPrivateWhereItStands() {
        assertThat(takes("Ev1", MENTION)).isEqualTo(200);
        assertThat(asked).as("Slack is answered first").isEmpty();
        assertThat(works()).isEqualTo(1);

        assertThat(asked).containsExactly("U1: Owner[name=checkout]");
        assertThat(slack.calls("chat.postEphemeral")).singleElement().satisfies(call -> assertThat(call.args())
                .containsEntry("channel", "C0REQUESTS").containsEntry("user", "U1").containsEntry("text", "answered")
                .doesNotContainKey("thread_ts"));
        assertThat(direct()).isEmpty();
    }

    @Test
    void answersInTheThreadWhereItWasAsked() {
        takes("Ev1", MENTION.replace("\"ts\"", "\"thread_ts\":\"6.1\",\"ts\""));
        works();
        assertThat(slack.calls("chat.postEphemeral").getFirst().arg("thread_ts")).isEqualTo("6.1");
    }

    @Test
    void answersADirectMessageByAnother() {
        takes("Ev1", DIRECT);
        works();
        assertThat(asked).containsExactly("U1: MyAccess[]");
        assertThat(slack.calls("chat.postEphemeral")).isEmpty();
        assertThat(direct()).singleElement().satisfies(message -> {
            assertThat(message.key()).isEqualTo("answer:D0000001/7.2");
            assertThat(message.destination()).isEqualTo(new Destination.Channel("D0000001"));
            assertThat(LateAnswers.inTime(message.args())).get()
                    .isEqualTo(Rendered.paragraph(Mrkdwn.of("answered")).kept());
        });
    }

    @Test
    void answersOnceHoweverOftenSlackSendsIt() {
        takes("Ev1", MENTION);
        takes("Ev1", MENTION);
        takes("Ev2", DIRECT);
        assertThat(works()).isEqualTo(2);
        takes("Ev1", MENTION);
        takes("Ev2", DIRECT);
        assertThat(works()).isZero();
        takes("Ev3", DIRECT);
        assertThat(works()).as("another event about the same message").isEqualTo(1);
        assertThat(slack.calls("chat.postEphemeral")).hasSize(1);
        assertThat(direct()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"user\":\"UBOT\"", "\"user\":\"U1\",\"bot_id\":\"B7\"",
            "\"user\":\"U1\",\"edited\":{\"ts\":\"7.9\"}", "\"user\":\"U1\",\"subtype\":\"thread_broadcast\"",
            "\"subtype\":\"bot_message\",\"bot_id\":\"B7\""})
    void passesOverItselfBotsEditsAndWhatSlackWrites(String author) {
        assertThat(takes("Ev1", MENTION.replace("\"user\":\"U1\"", author))).isEqualTo(200);
        assertThat(takes("Ev2", DIRECT.replace("\"user\":\"U1\"", author))).isEqualTo(200);
        assertThat(works()).isZero();
        assertThat(asked).isEmpty();
    }

    @Test
    void passesOverTheAccountsOfBotsAndWhatNeedsNoAnswer() {
        takes("Ev1", MENTION.replace("U1", "UROBOT"));
        takes("Ev2", DIRECT.replace("my access", "thanks!"));
        assertThat(works()).isEqualTo(2);
        assertThat(asked).isEmpty();
        assertThat(direct()).isEmpty();
    }

    @Test
    void leavesEditsInChannelsToOthers() {
        takes("Ev1",
                "{\"type\":\"message\",\"subtype\":\"message_changed\",\"channel\":\"C1\",\"channel_type\":\"im\"}");
        takes("Ev2", "{\"type\":\"message\",\"channel\":\"C1\",\"channel_type\":\"channel\",\"user\":\"U1\","
                + "\"ts\":\"7.3\",\"text\":\"<@UBOT> help\"}");
        assertThat(asked).containsExactly("for others: message");
        assertThat(works()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"app_mention\"}",
            "{\"type\":\"app_mention\",\"user\":\"U1\",\"channel\":\"C1\"}",
            "{\"type\":\"app_mention\",\"user\":{\"id\":\"U1\"},\"channel\":\"C1\",\"ts\":\"1.1\"}",
            "{\"type\":\"message\",\"channel_type\":\"im\",\"user\":\"U1\",\"ts\":\"1.1\"}"})
    void answers400ToAnEventThatDoesNotSayWhoAskedWhere(String event) {
        assertThat(takes("Ev1", event)).isEqualTo(400);
        assertThat(works()).isZero();
    }

    @Test
    void answersAQuestionWithoutText() {
        assertThat(takes("Ev1", MENTION.replaceFirst(",\"text\":\"[^\"]*\"", ""))).isEqualTo(200);
        works();
        assertThat(asked).containsExactly("U1: Help[]");
    }

    @Test
    void answersByDirectMessageWhereSlackRefusesToShowIt() {
        slack.next("chat.postEphemeral", FakeSlack.Answer.error("user_not_in_channel"));
        takes("Ev1", MENTION);
        works();
        assertThat(direct()).singleElement().satisfies(message -> {
            assertThat(message.view()).isEqualTo(LateAnswers.VIEW);
            assertThat(message.destination()).isInstanceOf(Destination.Person.class);
        });
    }

    @Test
    void waitsUntilSlackCanSayWhoAsks() {
        slack.next("users.info", FakeSlack.Answer.limited(7));
        takes("Ev1", MENTION.replace("U1", "U9"));
        assertThat(outcome(waiting().getFirst())).isEqualTo(new Job.Outcome.Again(Duration.ofSeconds(7)));
        assertThat(asked).isEmpty();
    }

    @Test
    void tellsOfABugWithAnIdInTheEnd() {
        broken = true;
        takes("Ev1", MENTION);
        Job job = waiting().getFirst();
        assertThatThrownBy(() -> outcome(job)).hasMessage("a bug");
        assertThat(outcome(new Job(job.id(), job.key(), job.kind(), job.args(), job.revision(), 3)))
                .isEqualTo(Job.Outcome.DONE);
        assertThat(slack.calls("chat.postEphemeral").getFirst().arg("text")).contains("error id");
    }

    private Rendered answer(String user, Question question) {
        if (broken) {
            throw new IllegalStateException("a bug");
        }
        asked.add(user + ": " + question);
        return Rendered.paragraph(Mrkdwn.of("answered"));
    }

    private int takes(String id, String event) {
        return endpoint.answer(new SlackCall(Map.of(), SignedCalls.json("{\"type\":\"event_callback\",\"event_id\":\""
                + id + "\",\"team_id\":\"T1\",\"event\":" + event + "}"))).status();
    }

    /** Does what waits; answers how much it was. */
    private int works() {
        List<Job> waiting = waiting();
        waiting.forEach(job -> assertThat(outcome(job)).isEqualTo(Job.Outcome.DONE));
        database.writing(h -> h.execute("DELETE FROM job"));
        return waiting.size();
    }

    private Job.Outcome outcome(Job job) {
        try {
            return Objects.requireNonNull(questions.handlers().get(job.kind())).run(job);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Job> waiting() {
        return database.read(h -> h.createQuery("SELECT id, key, kind, args, revision FROM job ORDER BY id")
                .map((rs, c) -> new Job(rs.getLong("id"), rs.getString("key"), rs.getString("kind"),
                        Json.tree(rs.getString("args")), rs.getLong("revision"), 0))
                .list());
    }

    private List<Message.Due> direct() {
        return database.read(h -> outbox.due(h, 10));
    }
}
