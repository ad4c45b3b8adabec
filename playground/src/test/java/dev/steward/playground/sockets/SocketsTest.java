package dev.steward.playground.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.socket.Envelope;
import dev.steward.bot.slack.socket.Receiver;
import dev.steward.bot.slack.socket.Sockets;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.playground.emulator.EmulatorOptions;
import dev.steward.playground.emulator.Person;
import dev.steward.playground.emulator.SlackEmulator;
import dev.steward.playground.emulator.journal.Delivery;
import dev.steward.playground.emulator.journal.Delivery.Outcome;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.sockets.SocketMode;
import dev.steward.playground.emulator.sockets.SocketMode.Reason;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.stage.Until;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bot's connections against the emulator's, without the rest of the bot. */
class SocketsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BlockingQueue<Envelope> received = new LinkedBlockingQueue<>();
    private volatile Receiver receiver = envelope -> new Receiver.Answer.Taken(Optional.empty());
    private SlackEmulator slack;
    private SlackApi api;
    private Sockets sockets;
    private Person dana;

    @BeforeEach
    void open() {
        slack = SlackEmulator.start(EmulatorOptions.defaults());
        slack.sockets().set(true);
        dana = slack.person("dana");
        api = new SlackApi(slack.apiUrl(), slack.appToken(), PATIENCE);
        sockets = new Sockets(api, 2, envelope -> {
            received.add(envelope);
            return receiver.receive(envelope);
        });
    }

    @AfterEach
    void close() {
        sockets.close();
        api.close();
        slack.close();
        assertThat(slack.journal().refusals()).isEmpty();
    }

    @Test
    void keepsAsManyConnectionsOpenAsItIsTold() {
        started();

        assertThat(slack.sockets().open()).isEqualTo(2);
        assertThat(sockets.wanted()).isEqualTo(2);
        assertThat(slack.journal().callsOf("apps.connections.open")).hasSize(2);
    }

    @Test
    void handsOnWhatSlackSendsAndAcknowledgesIt() throws InterruptedException {
        started();

        assertThat(command("hello").acknowledged()).isTrue();

        Envelope command = received.take();
        assertThat(command.kind()).isEqualTo(Envelope.Kind.COMMAND);
        assertThat(command.payload().path("text").asText()).isEqualTo("hello");
        happened("E1");
        assertThat(received.take().kind()).isEqualTo(Envelope.Kind.EVENT);
        assertThat(dana.shortcut("any").acknowledged()).isTrue();
        assertThat(received.take().kind()).isEqualTo(Envelope.Kind.INTERACTION);
    }

    @Test
    void acknowledgesNothingBeforeItIsTaken() throws Exception {
        var release = new CountDownLatch(1);
        receiver = envelope -> {
            await(release);
            return new Receiver.Answer.Taken(Optional.empty());
        };
        started();

        CompletableFuture<Delivery> delivery = CompletableFuture.supplyAsync(() -> command("slow"));
        received.take();

        assertThat(slack.sockets().waiting()).isEqualTo(1);
        release.countDown();
        assertThat(delivery.get().acknowledged()).isTrue();
    }

    @Test
    void handlesOneWhileAnotherIsStuck() throws Exception {
        var release = new CountDownLatch(1);
        receiver = envelope -> {
            if (envelope.payload().path("text").asText().equals("stuck")) {
                await(release);
            }
            return new Receiver.Answer.Taken(Optional.empty());
        };
        started();
        CompletableFuture<Delivery> stuck = CompletableFuture.supplyAsync(() -> command("stuck"));
        received.take();

        assertThat(command("other").acknowledged()).isTrue();
        assertThat(command("same connection as the first").acknowledged()).isTrue();

        release.countDown();
        assertThat(stuck.get().acknowledged()).isTrue();
    }

    @Test
    void answersWithAPayloadOnlyWhereSlackTakesOne() {
        JsonNode text = Json.object().put("text", "Done");
        receiver = envelope -> new Receiver.Answer.Taken(Optional.of(text));
        started();

        command("hello");
        assertThat(dana.ephemerals()).extracting(one -> one.text()).containsExactly("Done");
        assertThat(dana.shortcut("any").acknowledged()).as("a payload would be refused").isTrue();
    }

    @Test
    void leavesWhatWasNotTakenWithoutAnAnswer() {
        slackWaitsOnly(Duration.ofMillis(300));
        receiver = envelope -> new Receiver.Answer.Left("not now");
        started();
        assertThat(command("hello").reply().outcome()).isEqualTo(Outcome.TIMED_OUT);

        receiver = envelope -> {
            throw new IllegalStateException("a bug");
        };
        assertThat(command("hello").reply().outcome()).isEqualTo(Outcome.TIMED_OUT);

        receiver = envelope -> new Receiver.Answer.Taken(Optional.empty());
        Until.isTrue("the next is acknowledged", LIMIT, () -> command("hello").acknowledged());
    }

    @Test
    void anAnswerThatComesTooLateHarmsNothing() throws InterruptedException {
        slackWaitsOnly(Duration.ofMillis(300));
        var release = new CountDownLatch(1);
        receiver = envelope -> {
            await(release);
            return new Receiver.Answer.Taken(Optional.empty());
        };
        started();
        assertThat(command("late").reply().outcome()).isEqualTo(Outcome.TIMED_OUT);

        release.countDown();

        Until.isTrue("the late acknowledgement is seen", LIMIT, () -> noted("which nobody waits for") == 1);
        Until.isTrue("the next is acknowledged", LIMIT, () -> command("next").acknowledged());
        assertThat(received).filteredOn(one -> one.payload().path("text").asText().equals("late")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"WARNING", "REFRESH_REQUESTED"})
    void opensAnotherConnectionBeforeTheOldOneIsLeft(Reason reason) {
        started();

        assertThat(slack.sockets().disconnect(1, reason, Duration.ofSeconds(2))).isEqualTo(1);

        Until.isTrue("the old one is closed", LIMIT, () -> noted("ended") == 1);
        List<String> notes = slack.journal().sockets().stream().map(note -> note.socket() + " " + note.what()).toList();
        assertThat(notes).containsSubsequence("S1 disconnect " + reason.name().toLowerCase(java.util.Locale.ROOT),
                "S3 opened", "S1 ended");
        assertThat(sockets.open()).isEqualTo(2);
        assertThat(command("hello").acknowledged()).isTrue();
    }

    @Test
    void answersOverTheOldConnectionWhatCameOverIt() throws Exception {
        var release = new CountDownLatch(1);
        receiver = envelope -> {
            await(release);
            return new Receiver.Answer.Taken(Optional.empty());
        };
        started();
        CompletableFuture<Delivery> delivery = CompletableFuture.supplyAsync(() -> command("under way"));
        received.take();

        slack.sockets().disconnect(SocketMode.MOST, Reason.REFRESH_REQUESTED, LIMIT);
        Until.isTrue("both are replaced", LIMIT, () -> slack.sockets().open() == 4);
        release.countDown();

        assertThat(delivery.get().acknowledged()).isTrue();
    }

    @Test
    void comesBackWhenEveryConnectionBreaks() {
        started();

        assertThat(slack.sockets().drop(SocketMode.MOST)).isEqualTo(2);

        Until.isTrue("both are open again", LIMIT, () -> sockets.open() == 2 && slack.sockets().open() == 2);
        assertThat(command("hello").acknowledged()).isTrue();
        assertThat(sockets.replaced()).isEqualTo(2);
    }

    @Test
    void anEventWhoseConnectionBreaksComesAgainOverAnother() throws InterruptedException {
        var release = new CountDownLatch(1);
        receiver = envelope -> {
            await(release);
            return new Receiver.Answer.Taken(Optional.empty());
        };
        started();
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> happened("E1"));
        received.take();

        String first = slack.journal().sockets().stream().filter(note -> note.what().startsWith("sent"))
                .findFirst().orElseThrow().socket();
        assertThat(slack.sockets().drop(first.equals("S1") ? 1 : 2)).isPositive();
        release.countDown();

        sent.join();
        assertThat(slack.journal().deliveriesOf("event_callback")).singleElement()
                .matches(Delivery::acknowledged);
        assertThat(noted("event_callback, attempt 2")).isEqualTo(1);
    }

    @Test
    void triesAgainUntilSlackLetsItIn() {
        slack.faults().on("apps.connections.open").serverError(503).times(2);
        slack.faults().on("apps.connections.open").rateLimited(Duration.ofSeconds(1)).times(1);
        slack.faults().on("apps.connections.open").malformedBody().times(1);

        started();

        assertThat(slack.journal().callsOf("apps.connections.open")).hasSize(6);
    }

    @Test
    void waitsForItsTurnWhenTheAppHasTooManyConnections() {
        try (SlackApi others = new SlackApi(slack.apiUrl(), slack.appToken(), PATIENCE);
                Sockets nine = new Sockets(others, 9, envelope -> new Receiver.Answer.Left("not mine"))) {
            nine.start();
            Until.isTrue("the others are open", LIMIT, () -> slack.sockets().open() == 9);
            sockets.start();
            Until.isTrue("one is turned away", LIMIT, () -> noted("turned away: too_many_websockets") > 0);
            assertThat(slack.sockets().open()).isEqualTo(10);
            assertThat(sockets.open()).isEqualTo(1);
        }
        Until.isTrue("there is room now", LIMIT, () -> sockets.open() == 2);
    }

    @Test
    void comesBackWhenSocketModeIsSwitchedOnAgain() {
        started();

        slack.sockets().set(false);
        Until.isTrue("nothing is open", LIMIT, () -> sockets.open() == 0);
        slack.sockets().set(true);

        Until.isTrue("both are open again", LIMIT, () -> sockets.open() == 2);
    }

    @Test
    void finishesAndAcknowledgesWhatIsUnderWayBeforeItCloses() throws Exception {
        var release = new CountDownLatch(1);
        receiver = envelope -> {
            await(release);
            return new Receiver.Answer.Taken(Optional.empty());
        };
        started();
        CompletableFuture<Delivery> delivery = CompletableFuture.supplyAsync(() -> command("last"));
        received.take();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(sockets::close);
        release.countDown();

        closing.join();
        assertThat(delivery.get().acknowledged()).isTrue();
        assertThat(sockets.open()).isZero();
        Until.isTrue("Slack knows", LIMIT, () -> slack.sockets().open() == 0);
        assertThat(command("too late").reply().outcome()).isEqualTo(Outcome.UNREACHABLE);
    }

    @Test
    void saysWhatIsWrongWithAToken() {
        Sockets.check(api);
        assertRefused("xapp-1-of-another-app-entirely", "SLACK_APP_TOKEN was refused by Slack (invalid_auth): make an",
                "connections:write");
        assertRefused(slack.botToken(), "(not_allowed_token_type): it has to be an app-level token (xapp-...)");

        slack.faults().on("apps.connections.open").serverError(503);
        Sockets.check(api);
        assertThat(slack.journal().refusals()).as("the two wrong tokens").hasSize(2);
        slack.journal().clear();
    }

    private void assertRefused(String token, String... words) {
        try (SlackApi wrong = new SlackApi(slack.apiUrl(), token, PATIENCE)) {
            assertThatThrownBy(() -> Sockets.check(wrong)).hasMessageContainingAll(words)
                    .hasMessageNotContaining(token);
        }
    }

    private void started() {
        sockets.start();
        Until.isTrue("the connections are open", LIMIT, () -> sockets.open() == 2);
    }

    private void slackWaitsOnly(Duration limit) {
        close();
        slack = SlackEmulator.start(EmulatorOptions.defaults().withAnswerWithin(limit));
        slack.sockets().set(true);
        dana = slack.person("dana");
        api = new SlackApi(slack.apiUrl(), slack.appToken(), PATIENCE);
        sockets = new Sockets(api, 2, envelope -> {
            received.add(envelope);
            return receiver.receive(envelope);
        });
    }

    private Delivery command(String text) {
        return dana.command("general", "/request", text);
    }

    private void happened(String id) {
        slack.event("subteam_members_changed", Json.object().put("type", "subteam_members_changed")
                .put("subteam_id", Seed.GROUP_PAYMENTS).put("event_ts", id));
    }

    private long noted(String what) {
        return slack.journal().sockets().stream().filter(note -> note.what().contains(what)).count();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(LIMIT.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
