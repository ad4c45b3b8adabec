package dev.steward.playground.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.outbox.Destination;
import dev.steward.outbox.Priority;
import dev.steward.playground.emulator.EmulatorOptions;
import dev.steward.playground.emulator.Message;
import dev.steward.playground.emulator.SlackEmulator;
import dev.steward.playground.emulator.journal.Call;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.stage.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jspecify.annotations.Nullable;

/** The sender of the outbox against the emulator's faults: what is sent, in which order, and what is said about it. */
class OutboxFaultsTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Destination REQUESTS = new Destination.Channel("platform-requests");
    private static final Destination CHECKOUT = new Destination.Channel("checkout");

    @TempDir
    Path folder;
    private SlackEmulator slack = SlackEmulator.start(EmulatorOptions.defaults());
    private final PacedClock clock = new PacedClock(Instant.now().minus(Duration.ofHours(2)), 5);
    private @Nullable Sending sending;

    @AfterEach
    void close() {
        if (sending != null) {
            sending.close();
        }
        slack.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyMessageArrivesOnceInItsFinalFormWhenThreeCallsInTenFail(long seed) {
        Sending to = sending(clock);
        slack.faults().seed(seed);
        slack.faults().on("*").oneOf(Mixed.FAULTS).probability(0.3);
        to.sender.start();
        for (int i = 0; i < 12; i++) {
            to.put("card" + i, i % 2 == 0 ? REQUESTS : CHECKOUT, "card " + i, Priority.DECISION);
            to.put("plan" + i, new Destination.InThread("card" + i), "plan " + i, Priority.NOTICE);
            to.put("note" + i, new Destination.Person(i % 2 == 0 ? Sending.DANA : Sending.OMAR), "note " + i,
                    Priority.NOTICE);
        }
        for (int round = 1; round <= 3; round++) {
            for (int i = 0; i < 12; i++) {
                to.put("card" + i, i % 2 == 0 ? REQUESTS : CHECKOUT, "card " + i + " round " + round,
                        Priority.PROGRESS);
            }
        }
        to.awaitEmpty(LIMIT);
        slack.faults().clear();

        List<String> cards = new ArrayList<>();
        for (String channel : List.of("platform-requests", "checkout")) {
            for (Message card : slack.channel(channel).messages()) {
                cards.add(card.plainText());
                String number = card.plainText().split(" ", -1)[1];
                assertThat(slack.channel(channel).thread(card)).as("the thread of card %s", number)
                        .extracting(Message::plainText).containsExactly("plan " + number);
            }
        }
        assertThat(cards).doesNotHaveDuplicates().hasSize(12).allMatch(text -> text.endsWith("round 3"));
        assertThat(slack.person("dana").directMessages()).extracting(Message::plainText).doesNotHaveDuplicates()
                .hasSize(6);
        assertThat(slack.person("omar").directMessages()).extracting(Message::plainText).doesNotHaveDuplicates()
                .hasSize(6);
        assertThat(to.undeliverable()).isZero();
        assertThat(slack.journal().refusals()).isEmpty();
    }

    @Test
    void aReplyIsNotGivenUpWhileItsRootIsBeingPosted() {
        Sending to = sending(new PacedClock(Instant.now().minus(Duration.ofHours(2)), 30));
        to.sender.start();
        for (int i = 0; i < 120; i++) {
            to.put("card" + i, channelOf(i), "card " + i, Priority.DECISION);
            to.put("plan" + i, new Destination.InThread("card" + i), "plan " + i, Priority.NOTICE);
        }
        to.awaitEmpty(LIMIT);
        assertThat(to.undeliverable()).isZero();
    }

    @Test
    void aDecisionGoesOutBeforeTheProgressThatASlowWorkspaceHoldsBack() {
        slack.close();
        slack = SlackEmulator.start(EmulatorOptions.defaults().withRates());
        Sending to = sending(InstantSource.system());
        to.sender.start();
        for (int i = 0; i < 6; i++) {
            to.put("card" + i, channelOf(i), "card " + i, Priority.PROGRESS);
        }
        to.awaitEmpty(LIMIT);
        for (int i = 0; i < 60; i++) {
            to.put("card" + i % 6, channelOf(i), "card " + i % 6 + " step " + i, Priority.PROGRESS);
            to.sender.sendDue();
        }
        to.put("card0", channelOf(0), "card 0 approved", Priority.DECISION);
        to.put("decide", REQUESTS, "please decide", Priority.DECISION);
        to.put("page", CHECKOUT, "somebody is needed", Priority.PAGE);
        Until.isTrue("the page, the decision and the decided card are sent", LIMIT,
                () -> texts("platform-requests").contains("please decide")
                        && texts("checkout").contains("somebody is needed")
                        && texts("platform-requests").contains("card 0 approved"));
        assertThat(to.waiting()).as("progress waits").isPositive();
        assertThat(slack.journal().errors()).as("the rate of edits was kept").extracting(Call::method)
                .doesNotContain("chat.update");
    }

    @Test
    void aCallThatHangsDoesNotHoldUpADecision() {
        Sending to = sending(InstantSource.system());
        to.sender.start();
        for (int i = 0; i < 6; i++) {
            to.put("card" + i, channelOf(i), "card " + i, Priority.PROGRESS);
        }
        to.awaitEmpty(LIMIT);
        slack.faults().on("chat.update").hang(Duration.ofSeconds(8)).times(4);
        for (int i = 0; i < 6; i++) {
            to.put("card" + i, channelOf(i), "card " + i + " goes on", Priority.PROGRESS);
        }
        Until.isTrue("three of them hang", LIMIT, () -> slack.faults().struck().getOrDefault("hang", 0) == 3);
        to.put("decide", REQUESTS, "please decide", Priority.DECISION);
        Until.isTrue("the decision is asked for", LIMIT, () -> texts("platform-requests").contains("please decide"));
        assertThat(slack.journal().callsOf("chat.update")).as("none of the hanging calls has ended").isEmpty();
    }

    @Test
    void aLimitPausesItsOwnBucketAlone() {
        Sending to = sending(clock);
        to.put("first", REQUESTS, "first", Priority.DECISION);
        to.sender.sendDue();
        slack.faults().on("chat.postMessage").inChannel(Seed.PLATFORM_REQUESTS).rateLimited(Duration.ofMinutes(30))
                .times(1);
        to.put("second", REQUESTS, "second", Priority.DECISION);
        to.sender.sendDue();
        to.put("first", REQUESTS, "first, edited", Priority.PROGRESS);
        to.put("third", REQUESTS, "third", Priority.DECISION);
        to.put("other", CHECKOUT, "other", Priority.NOTICE);
        to.sender.sendDue();
        to.sender.sendDue();

        assertThat(texts("platform-requests")).containsExactly("first, edited");
        assertThat(texts("checkout")).containsExactly("other");
        assertThat(slack.journal().callsOf("chat.postMessage").stream()
                .filter(call -> call.arguments().path("channel").asText().equals(Seed.PLATFORM_REQUESTS)))
                .as("nothing more is tried there").hasSize(2);
        assertThat(slack.person("dana").directMessages()).extracting(Message::plainText).singleElement().asString()
                .contains("in #platform-requests is delayed", "Slack asked Steward to slow down there until",
                        "nothing is lost", "second");
        clock.advance(Duration.ofMinutes(30));
        to.sender.sendDue();
        assertThat(texts("platform-requests")).hasSize(3).anyMatch(
                text -> text.startsWith("second") && text.contains("min late: Slack asked Steward to slow down."));
    }

    @Test
    void whatALongOutageHeldBackSaysThatItIsLateAndTheNextEditDropsIt() {
        Sending to = sending(clock);
        slack.faults().on("*").serverError(503);
        to.put("card", REQUESTS, "card", Priority.DECISION);
        to.put("note", new Destination.Person(Sending.DANA), "note", Priority.NOTICE);
        for (int i = 0; i < 9; i++) {
            to.sender.sendDue();
            clock.advance(Duration.ofMinutes(1));
        }
        int tries = slack.journal().calls().size();
        assertThat(to.sender.unreachableSince()).isPresent();
        assertThat(tries).as("one try a minute, more or less, not one for each message").isLessThan(16);
        slack.faults().clear();
        to.sender.sendDue();
        to.sender.sendDue();

        assertThat(texts("platform-requests")).singleElement().asString()
                .matches("card\\s+Sent (9|10) min late: Slack could not be reached\\.");
        assertThat(slack.person("dana").directMessages()).extracting(Message::plainText).singleElement().asString()
                .contains("note").contains("late: Slack could not be reached.");
        assertThat(to.waiting()).isZero();
        to.put("card", REQUESTS, "card", Priority.DECISION);
        to.sender.sendDue();
        assertThat(slack.journal().callsOf("chat.update")).as("no edit only to drop the line").isEmpty();
        to.put("card", REQUESTS, "card, approved", Priority.DECISION);
        to.sender.sendDue();
        assertThat(texts("platform-requests")).containsExactly("card, approved");
    }

    @Test
    void aCardOfAnArchivedChannelGoesOnInTheFallbackChannelWithItsThread() {
        Sending to = sending(clock);
        to.put("card", CHECKOUT, "card", Priority.DECISION);
        to.sender.sendDue();
        slack.channel("checkout").archive();
        to.put("plan", new Destination.InThread("card"), "plan", Priority.NOTICE);
        to.sender.sendDue();
        to.put("card", CHECKOUT, "card, applied", Priority.DECISION);
        to.sender.sendDue();
        to.put("result", new Destination.InThread("card"), "result", Priority.NOTICE);
        for (int i = 0; i < 3; i++) {
            to.sender.sendDue();
            clock.advance(Duration.ofSeconds(5));
        }

        List<Message> fallback = slack.channel("platform").messages();
        assertThat(fallback).extracting(Message::plainText).hasSize(2)
                .anyMatch(text -> text.contains("which is archived") && text.contains("plan"))
                .anyMatch(text -> text.contains("Meant for #checkout, which is archived")
                        && text.contains("card, applied"));
        Message card = fallback.stream().filter(m -> m.plainText().contains("applied")).findFirst().orElseThrow();
        assertThat(slack.channel("platform").thread(card)).extracting(Message::plainText).containsExactly("result");
        assertThat(slack.person("dana").directMessages()).extracting(Message::plainText)
                .anyMatch(text -> text.contains("#checkout") && text.contains("is archived"));
        assertThat(to.waiting()).isZero();
        assertThat(to.undeliverable()).isZero();
    }

    @Test
    void whatNobodyTakesIsGivenUpAndCounted() {
        Sending to = sending(clock);
        slack.channel("platform").archive();
        to.put("gone", new Destination.Channel("no-such-channel"), "to nowhere", Priority.DECISION);
        to.put("deactivated", new Destination.Person(Sending.INES), "to Ines", Priority.DECISION);
        to.put("nobody", new Destination.Person(99), "to nobody", Priority.DECISION);
        for (int i = 0; i < 4; i++) {
            to.sender.sendDue();
            clock.advance(Duration.ofMinutes(10));
        }
        int calls = slack.journal().calls().size();
        to.sender.sendDue();

        assertThat(slack.journal().calls()).as("nothing is tried for ever").hasSize(calls);
        assertThat(to.undeliverable()).isEqualTo(3);
        assertThat(to.error("deactivated")).contains("user_disabled");
        assertThat(to.error("nobody")).contains("no account");
        assertThat(slack.person("dana").directMessages()).extracting(Message::plainText).singleElement().asString()
                .contains("#no-such-channel").contains("does not exist");
    }

    @Test
    void aChannelThatTheBotIsNotInIsJoinedOrReplaced() {
        Sending to = sending(clock);
        to.put("public", new Destination.Channel("no-bot"), "to a public channel", Priority.DECISION);
        to.sender.sendDue();
        assertThat(texts("no-bot")).containsExactly("to a public channel");

        slack.channel("checkout").removeBot();
        slack.faults().on("conversations.join").rateLimited(Duration.ofMinutes(1));
        to.put("left", CHECKOUT, "to a channel that it left", Priority.DECISION);
        to.sender.sendDue();
        assertThat(texts("platform")).singleElement().asString().contains("to a channel that it left")
                .contains("Meant for #checkout");
    }

    @Test
    void findsALostPostAlsoWhenTheClocksDifferByMinutes() {
        Sending to = sending(new PacedClock(Instant.now().plus(Duration.ofMinutes(4)), 1));
        slack.faults().on("chat.postMessage").responseLost().times(1);
        to.sender.start();
        to.put("card", REQUESTS, "card", Priority.DECISION);
        to.awaitEmpty(LIMIT);
        assertThat(texts("platform-requests")).containsExactly("card");
    }

    private Sending sending(InstantSource its) {
        Sending made = new Sending(slack, folder, its, Duration.ofSeconds(10));
        sending = made;
        return made;
    }

    private List<String> texts(String channel) {
        return slack.channel(channel).messages().stream().map(Message::plainText).toList();
    }

    private static Destination channelOf(int i) {
        return List.<Destination>of(REQUESTS, CHECKOUT, new Destination.Channel("payments"),
                new Destination.Channel("platform"), new Destination.Channel("general"),
                new Destination.Channel("platform-audit")).get(i % 6);
    }
}
