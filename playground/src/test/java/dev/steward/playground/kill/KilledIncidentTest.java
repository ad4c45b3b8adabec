package dev.steward.playground.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.ledger.Ledger;
import dev.steward.ledger.Verification;
import dev.steward.playground.emulator.Channel;
import dev.steward.playground.emulator.Message;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.BotProcess;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real process, killed with SIGKILL between the steps for an incident's channel, and while people go on in it. */
class KilledIncidentTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private static Stage stage;
    private static BotProcess bot;
    private static Actor dana;
    private static int declared;

    /** Each test has an incident of its own, and goes on with the bot that the one before has left. */
    @BeforeAll
    static void set(@TempDir Path folder) {
        stage = new Stage(Path.of(System.getProperty("steward.root", "..")), folder)
                .expecting(refusal -> refusal.matches(
                        "\\d+ (conversations\\.create: .*name_taken|conversations\\.invite: .*already_in_channel"
                                + "|pins\\.add: .*already_pinned).*"))
                .initialised();
        dana = new Actor(stage.slack().person("dana"));
        bot = stage.start();
    }

    @AfterAll
    static void strike() {
        stage.close();
    }

    @AfterEach
    void mend() {
        stage.slack().faults().clear();
    }

    @ParameterizedTest
    @CsvSource({"conversations.create, true", "conversations.create, false", "conversations.invite, true",
            "conversations.invite, false", "conversations.info, false", "conversations.setTopic, true",
            "conversations.setTopic, false", "pins.add, true", "pins.add, false"})
    void goesOnWithTheStepsAfterAKillInTheMiddleOfOne(String method, boolean done) {
        if (done) {
            stage.slack().faults().on(method).responseLost();
        } else {
            stage.slack().faults().on(method).hang(Duration.ofMinutes(5));
        }
        declare();
        Until.isTrue(method + " was called", LIMIT,
                () -> stage.slack().faults().struck().values().stream().mapToInt(Integer::intValue).sum() >= 1);
        bot.kill();
        stage.slack().faults().clear();
        bot = stage.start();
        complete();
    }

    @Test
    void losesNothingWhenKilledRightAfterTheDeclaration() {
        declare();
        bot.kill();
        bot = stage.start();
        complete();
    }

    @Test
    void takesInAtItsStartWhatWasPinnedAndMarkedWhileItWasDead() {
        declare();
        Channel channel = complete();
        Message pinned = channel.post(dana.person(), "Pinned while it was dead");
        Message marked = channel.post(dana.person(), "Marked while it was dead");
        bot.kill();
        dana.person().deeds().pin(channel.id(), pinned.ts());
        dana.person().deeds().react(channel.id(), marked.ts(), "pushpin");
        bot = stage.start();
        Until.isTrue("both are in the timeline", LIMIT, () -> texts().containsAll(
                List.of("Pinned while it was dead", "Marked while it was dead")));
        assertThat(texts()).doesNotHaveDuplicates();
    }

    private static void declare() {
        declared++;
        dana.opens(() -> dana.types("platform-requests", "/incident", "SEV-4 Killed in between"), "incomplete");
        dana.submits(Map.of());
        dana.sees("is declared");
        dana.person().closeView();
    }

    private static Channel complete() {
        Channel channel = Until.present("the channel", LIMIT, () -> named(name()));
        Until.isTrue("all steps are done", LIMIT, () -> state().equals("ready"));
        assertThat(channel.members()).contains(dana.person().id());
        assertThat(channel.topic()).startsWith("SEV-4 | investigating");
        assertThat(channel.pinned()).hasSize(1);
        assertThat(channel.messages().stream().filter(message -> message.plainText().contains("Incident lead"))
                .toList()).as("one headline").hasSize(1);
        assertThat(number("SELECT count(*) FROM incident")).isEqualTo(declared);
        Verification verification = stage.inspect(h -> new Ledger(InstantSource.system()).verify(h, Optional.empty()));
        assertThat(verification).isInstanceOf(Verification.Intact.class);
        assertThat(named(name() + "-2")).as("a second channel").isEmpty();
        return channel;
    }

    private static String name() {
        return "inc-" + declared + "-killed-in-between";
    }

    private static Optional<Channel> named(String name) {
        try {
            return Optional.of(stage.slack().channel(name));
        } catch (IllegalArgumentException | IllegalStateException none) {
            return Optional.empty();
        }
    }

    private static List<String> texts() {
        return stage.inspect(h -> h.createQuery("SELECT text FROM timeline_entry WHERE kind = 'message'")
                .mapTo(String.class).list());
    }

    private static String state() {
        return stage.inspect(h -> h.createQuery("SELECT channel_state FROM incident ORDER BY id DESC LIMIT 1")
                .mapTo(String.class).findOne()
                .orElse(""));
    }

    private static int number(String sql) {
        return stage.inspect(h -> h.createQuery(sql).mapTo(Integer.class).one());
    }
}
