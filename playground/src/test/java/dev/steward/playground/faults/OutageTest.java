package dev.steward.playground.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.emulator.Message;
import dev.steward.playground.emulator.faults.Fault;
import dev.steward.playground.emulator.journal.Call;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slack takes no call for ten minutes, while people go on clicking: nothing is lost, nothing is said twice. */
class OutageTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final String CHANNEL = "platform-requests";
    private static final List<String> BEFORE = List.of("first-api", "second-api", "third-api");

    @TempDir
    Path folder;
    private Stage stage;

    @BeforeEach
    void set() {
        stage = new Stage(Path.of(System.getProperty("steward.root", "..")), folder).initialised();
        // A form that is opened again because the answer to the first attempt was lost, or after the outage.
        stage.expecting(refusal -> refusal.matches("\\d+ views\\.open: .*(expired|exchanged)_trigger_id.*"));
    }

    @AfterEach
    void strike() {
        stage.slack().faults().clear();
        stage.close();
    }

    @Test
    void tenMinutesWithoutSlackLoseAndDoubleNothing() {
        PacedClock clock = new PacedClock(Instant.now(), 1);
        stage.startHere(clock);
        before();
        goAway(new Fault.Reset(), new Fault.ServerError(503), new Fault.ResponseLost());
        during();
        Until.isTrue("the outage is noticed", LIMIT,
                () -> Metrics.read(stage.port(), "steward_slack_unreachable_seconds") > 0);
        clock.advance(TEN_MINUTES);
        stage.slack().clock().advance(TEN_MINUTES);
        stage.slack().faults().clear();
        Said said = after();

        assertThat(said.messages()).as("what came late says so, once").filteredOn(
                m -> m.plainText().contains("10 min late: Slack could not be reached.")).isNotEmpty();
        assertThat(said.messages()).allSatisfy(m -> assertThat(m.plainText().split("min late", -1)).hasSizeLessThan(3));
    }

    @Test
    @Tag("bench")
    @Tag("outage")
    void measuresARealOutageOfTenMinutes() throws InterruptedException {
        Duration length = Duration.ofSeconds(Long.getLong("steward.outage.seconds", TEN_MINUTES.toSeconds()));
        stage.start();
        before();
        int calls = stage.slack().journal().calls().size();
        goAway(new Fault.Reset(), new Fault.ServerError(503), new Fault.ServerError(500),
                new Fault.Hang(Duration.ofSeconds(11)), new Fault.MalformedBody(), new Fault.ResponseLost(),
                new Fault.RateLimited(Duration.ofSeconds(5)));
        during();
        Thread.sleep(length);
        Map<String, Integer> struck = stage.slack().faults().struck();
        int failed = stage.slack().journal().calls().size() - calls;
        long back = System.nanoTime();
        long number = stage.slack().journal().calls().getLast().number();
        stage.slack().faults().clear();
        Until.isTrue("the first message", LIMIT,
                () -> stage.slack().journal().calls().stream().anyMatch(c -> c.number() > number && says(c)));
        long first = System.nanoTime() - back;
        Said said = after();
        long waited = stage.slack().journal().calls().stream().filter(c -> c.number() > number).filter(OutageTest::says)
                .count();
        System.out.printf("""
                outage %d s: %d calls failed %s; messages %d, doubles %d, missing %d;
                after Slack's return: first message after %.1f s, all said and applied after %.1f s, %d posts and edits
                """, length.toSeconds(), failed, struck, said.messages().size(), said.doubles(), said.missing(),
                first / 1e9, (System.nanoTime() - back) / 1e9, waited);
    }

    private static boolean says(Call call) {
        return call.ok() && call.method().startsWith("chat.");
    }

    /** Three requests wait for approval, and four people have a form open. */
    private void before() {
        for (String name : BEFORE) {
            Actor dana = actor("dana");
            open(dana, name);
            dana.finishes(Map.of());
            toDecide(name);
        }
        open(actor("dana"), "fourth-api");
        open(actor("omar"), "fifth-api");
        open(actor("pia"), "sixth-api");
        open(actor("olga"), "seventh-api");
        Until.isTrue("everything is said", LIMIT, () -> waiting() == 0);
    }

    private void goAway(Fault... faults) {
        stage.slack().faults().seed(10);
        stage.slack().faults().on("*").oneOf(faults);
    }

    /** Everybody goes on: one request is approved, one rejected, one left alone; four more are submitted. */
    private void during() {
        actor("omar").person().click(toDecide("first-api"), "approve");
        actor("dana").person().click(note("third-api"), "cancel");
        for (String name : List.of("dana", "omar", "pia", "olga")) {
            actor(name).submits(Map.of());
        }
        Until.isTrue("all is stored", LIMIT, () -> count("SELECT count(*) FROM request") == 7
                && count("SELECT count(*) FROM decision") == 1 && state("third-api").equals("cancelled"));
        Until.isTrue("new requests are planned", LIMIT,
                () -> count("SELECT count(*) FROM run WHERE state = 'awaiting_approval'") == 5);
    }

    private Said after() {
        card("first-api", "*Applied*");
        card("third-api", "Cancelled");
        for (String name : List.of("second-api", "fourth-api", "fifth-api", "sixth-api", "seventh-api")) {
            card(name, "Waiting for approval");
        }
        Until.isTrue("everything is said", LIMIT, () -> waiting() == 0);
        Said said = Said.on(stage);
        assertThat(said.doubles()).isZero();
        assertThat(said.missing()).isZero();
        assertThat(stage.slack().channel(CHANNEL).messages()).hasSize(7);
        assertThat(count("SELECT count(*) FROM ledger WHERE action = 'run.applying'")).isEqualTo(1);
        return said;
    }

    private static void open(Actor actor, String name) {
        actor.types(CHANNEL, "/request", "new-service " + name);
        actor.sees("Service name");
        actor.submits(Map.of("purpose", "Something that is needed"));
        actor.sees("Page 2 of 2");
    }

    private Actor actor(String name) {
        return new Actor(stage.slack().person(name));
    }

    private Message toDecide(String name) {
        return Until.present("a card for " + name + " to decide on", LIMIT,
                () -> messages().stream().filter(m -> m.plainText().contains(name)
                        && m.buttons().stream().anyMatch(b -> b.actionId().equals("approve"))).findFirst());
    }

    private Message card(String name, String text) {
        return Until.present("a card for " + name + " with " + text, LIMIT, () -> messages().stream()
                .filter(m -> m.plainText().contains(name) && m.plainText().contains(text)).findFirst());
    }

    private List<Message> messages() {
        return stage.slack().channel(CHANNEL).messages();
    }

    private Message note(String name) {
        return Until.present("Dana's note about " + name, LIMIT,
                () -> stage.slack().person("dana").directMessages().stream()
                        .filter(m -> m.plainText().contains(name) && !m.buttons().isEmpty()).findFirst());
    }

    private int waiting() {
        return count("SELECT count(*) FROM outbox");
    }

    private String state(String name) {
        return stage.inspect(h -> h.createQuery("SELECT state FROM request WHERE subject = :name")
                .bind("name", name).mapTo(String.class).one());
    }

    private int count(String sql) {
        return stage.inspect(h -> h.createQuery(sql).mapTo(Integer.class).one());
    }
}
