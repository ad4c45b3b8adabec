package dev.steward.bot.slack.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bot.slack.FakeSlack;
import dev.steward.bot.slack.FakeSlack.Answer;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.catalog.Person;
import dev.steward.database.Json;
import dev.steward.incidents.Incident;
import dev.steward.incidents.IncidentKit;
import dev.steward.incidents.Incidents;
import dev.steward.jobs.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps for an incident's channel while Slack answers as it has reasons to. */
class IncidentChannelsTest {
    private static final String CHANNEL = "C0INC00001";

    @TempDir
    Path folder;
    private IncidentKit kit;
    private FakeSlack slack;
    private SlackApi api;
    private IncidentChannels channels;
    private Incident incident;

    @BeforeEach
    void open() throws IOException {
        kit = new IncidentKit(folder);
        slack = new FakeSlack();
        api = new SlackApi(slack.api(), "xoxb-a-token-for-tests", Duration.ofSeconds(5));
        channels = restarted();
        incident = kit.declared(kit.said("Checkout errors"));
    }

    @AfterEach
    void close() {
        api.close();
        slack.close();
        kit.close();
    }

    @Test
    void invitesPeopleFirstAndPinsTheHeadlineOnceItIsPosted() throws Exception {
        slack.next("conversations.create", made());
        assertThat(run()).isEqualTo(new Job.Outcome.Again(Duration.ofMillis(200)));
        assertThat(slack.calls().stream().map(FakeSlack.Call::method)).containsExactly("conversations.create",
                "conversations.invite", "conversations.info", "conversations.setTopic");
        assertThat(slack.calls("conversations.create").getFirst().arg("name")).isEqualTo("inc-1-checkout-errors");
        assertThat(slack.calls("conversations.create").getFirst().arg("is_private")).isEqualTo("false");
        assertThat(slack.calls("conversations.invite").getFirst().arg("users"))
                .contains(account(kit.dana), account(kit.omar));

        assertThat(run()).isEqualTo(new Job.Outcome.Again(Duration.ofMillis(200)));
        posted();
        assertThat(run()).isEqualTo(Job.Outcome.DONE);
        assertThat(slack.calls("pins.add").getFirst().arg("timestamp")).isEqualTo("77.1");
        assertThat(slack.calls("conversations.info")).as("waiting for the headline asks Slack nothing").hasSize(1);
        assertThat(slack.calls("conversations.invite")).hasSize(1);
        assertThat(run()).as("nothing is left").isEqualTo(Job.Outcome.DONE);
        assertThat(slack.calls("pins.add")).hasSize(1);
    }

    @Test
    void waitsAsLongAsSlackWantsAndRepeatsNothingThatWasDone() throws Exception {
        slack.next("conversations.create", Answer.limited(7), made());
        slack.next("conversations.invite", Answer.limited(3));
        slack.next("conversations.setTopic", Answer.limited(5));
        assertThat(run()).isEqualTo(new Job.Outcome.Again(Duration.ofSeconds(7)));
        assertThat(run()).isEqualTo(new Job.Outcome.Again(Duration.ofSeconds(3)));
        assertThat(run()).isEqualTo(new Job.Outcome.Again(Duration.ofSeconds(5)));
        posted();
        assertThat(run()).isEqualTo(Job.Outcome.DONE);
        assertThat(slack.calls("conversations.create")).hasSize(2);
        assertThat(slack.calls("conversations.invite")).hasSize(2);
    }

    @Test
    void oneWhomSlackWouldNotHaveKeepsOutNobodyElse() throws Exception {
        slack.next("conversations.create", made());
        slack.next("conversations.invite", Answer.json("""
                {"ok":true,"errors":[{"user":"%s","ok":false,"error":"ura_max_channels"}]}"""
                .formatted(account(kit.omar))));
        posted();
        assertThat(run()).isEqualTo(Job.Outcome.DONE);
        assertThat(trouble(kit.omar)).contains("guest");
        assertThat(trouble(kit.dana)).isEmpty();
    }

    @Test
    void invitesEachAloneWhenSlackDoesNotSayWhoItWas() throws Exception {
        slack.next("conversations.create", made());
        slack.next("conversations.invite", Answer.error("user_not_found"), Answer.error("already_in_channel"),
                Answer.error("cant_invite"));
        posted();
        assertThat(run()).isEqualTo(Job.Outcome.DONE);
        assertThat(slack.calls("conversations.invite")).hasSize(3);
        assertThat(kit.count("SELECT count(*) FROM incident_member WHERE trouble IS NOT NULL")).isEqualTo(1);
    }

    @Test
    void invitesAHundredAtATime() throws Exception {
        slack.next("conversations.create", made());
        for (int i = 0; i < 148; i++) {
            Person person = kit.catalog.member("person" + i);
            kit.writing(h -> kit.incidents.addMember(h, incident.id(), person.id()));
        }
        posted();
        assertThat(run()).isEqualTo(Job.Outcome.DONE);
        assertThat(slack.calls("conversations.invite").stream().map(call -> call.arg("users").split(",", -1).length))
                .containsExactly(100, 50);
    }

    @Test
    void takesTheNextNameWhenItIsTaken() throws Exception {
        slack.next("conversations.create", Answer.error("name_taken"), Answer.error("name_taken"), made());
        posted();
        assertThat(run()).isEqualTo(Job.Outcome.DONE);
        assertThat(slack.calls("conversations.create").stream().map(call -> call.arg("name")))
                .containsExactly("inc-1-checkout-errors", "inc-1-checkout-errors-2", "inc-1-checkout-errors-3");
        assertThat(kit.now(incident).channel().name()).isEqualTo("inc-1-checkout-errors-3");
    }

    @Test
    void takesUpTheChannelThatItMadeBeforeTheAnswerWasLost() throws Exception {
        slack.next("conversations.create", Answer.status(500), Answer.error("name_taken"));
        slack.next("conversations.list", listed("UBOT"));
        slack.next("conversations.members", Answer.json("{\"ok\":true,\"members\":[\"UBOT\"]}"));
        posted();
        assertThat(run()).isEqualTo(new Job.Outcome.Again(Duration.ofSeconds(2)));
        assertThat(run()).isEqualTo(Job.Outcome.DONE);
        assertThat(kit.now(incident).channel().id()).contains(CHANNEL);
        assertThat(slack.calls("conversations.create")).hasSize(2);
    }

    @Test
    void takesUpNoChannelThatSomebodyElseMadeOrThatHasPeopleInIt() throws Exception {
        slack.next("conversations.create", Answer.error("name_taken"), Answer.error("name_taken"), made());
        slack.next("conversations.list", listed("USOMEBODY"), listed("UBOT", "inc-1-checkout-errors-2"));
        slack.next("conversations.members", Answer.json("{\"ok\":true,\"members\":[\"UBOT\",\"U2\"]}"));
        posted();
        assertThat(run()).isEqualTo(Job.Outcome.DONE);
        assertThat(slack.calls("conversations.create")).hasSize(3);
    }

    @Test
    void tellsPeopleWhatTheyCanDoAndTriesAgainLater() throws Exception {
        slack.next("conversations.create", Answer.error("restricted_action"));
        assertThat(run()).isEqualTo(new Job.Outcome.Again(Duration.ofMinutes(10)));
        assertThat(kit.now(incident).channel().trouble().orElseThrow()).contains("A workspace admin can allow it");
        assertThat(kit.now(incident).open()).isTrue();
        slack.next("conversations.create", made());
        posted();
        assertThat(run()).isEqualTo(Job.Outcome.DONE);
        assertThat(kit.now(incident).channel().trouble()).isEmpty();
    }

    @Test
    void doesWithoutABookmarkButNotInAChannelThatIsArchived() throws Exception {
        slack.next("conversations.create", made());
        slack.next("conversations.setTopic", Answer.error("restricted_action"));
        posted();
        assertThat(run()).isEqualTo(Job.Outcome.DONE);
        kit.incidents.link(incident.id(), kit.dana, "https://grafana.example/d/1", "Dashboard");
        slack.next("bookmarks.add", Answer.error("too_many_bookmarks"));
        assertThat(run()).isEqualTo(Job.Outcome.DONE);
        kit.incidents.severity(incident.id(), kit.dana, dev.steward.incidents.Severity.SEV1);
        slack.next("conversations.info", Answer.json("{\"ok\":true,\"channel\":{\"is_archived\":true}}"));
        assertThat(run()).isEqualTo(Job.Outcome.DONE);
        assertThat(kit.now(incident).channel().trouble().orElseThrow()).contains("was archived");
    }

    @Test
    void aKillBetweenAnyTwoStepsRepeatsNothingHarmful() throws Exception {
        slack.next("conversations.create", made());
        run();
        channels = restarted();
        slack.next("conversations.info", Answer.json(Json.text(Map.of("ok", true, "channel",
                Map.of("is_member", true, "topic", Map.of("value", "SEV-2 | investigating | Checkout errors | no lead "
                        + "yet"))))));
        slack.next("pins.add", Answer.error("already_pinned"));
        posted();
        assertThat(run()).isEqualTo(Job.Outcome.DONE);
        assertThat(slack.calls("conversations.create")).hasSize(1);
        assertThat(slack.calls("conversations.invite")).hasSize(1);
        assertThat(slack.calls("conversations.setTopic")).hasSize(1);
    }

    @Test
    void thePrivateOneGetsAPrivateChannel() throws Exception {
        Incident secret = kit.declared(IncidentKit.confidential(kit.said("A leak")));
        slack.next("conversations.create", made());
        run(secret);
        assertThat(slack.calls("conversations.create").getFirst().arg("is_private")).isEqualTo("true");
    }

    private IncidentChannels restarted() {
        return new IncidentChannels(new IncidentChannels.Books(kit.catalog.database(), kit.incidents, kit.outbox,
                kit.catalog), api, FakeSlack.BOT_USER);
    }

    private Job.Outcome run() throws Exception {
        return run(incident);
    }

    private Job.Outcome run(Incident which) throws Exception {
        return Objects.requireNonNull(channels.handlers().get(Incidents.CHANNEL_JOB)).run(new Job(1, "k",
                Incidents.CHANNEL_JOB, Json.tree("{\"incident\":" + which.id().value() + "}"), 1, 0));
    }

    private void posted() {
        kit.writing(h -> h.execute("INSERT INTO slack_message (key, channel, ts, digest, posted_at)"
                + " VALUES ('incident:1:headline', ?, '77.1', '', 0)", CHANNEL));
    }

    private static Answer made() {
        return Answer.json("{\"ok\":true,\"channel\":{\"id\":\"" + CHANNEL + "\"}}");
    }

    private static Answer listed(String creator) {
        return listed(creator, "inc-1-checkout-errors");
    }

    private static Answer listed(String creator, String name) {
        return Answer.json(Json.text(Map.of("ok", true, "channels", List.of(Map.of("id", CHANNEL, "name", name,
                "creator", creator, "is_private", false, "is_member", true)))));
    }

    private static String account(Person person) {
        return person.slack().orElseThrow().user();
    }

    private String trouble(Person person) {
        return kit.read(h -> h.createQuery("SELECT coalesce(trouble, '') FROM incident_member WHERE person = :person")
                .bind("person", person.id()).mapTo(String.class).one());
    }
}
