package dev.steward.playground.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.ledger.Ledger;
import dev.steward.ledger.Verification;
import dev.steward.playground.emulator.Message;
import dev.steward.playground.emulator.Person;
import dev.steward.playground.emulator.View;
import dev.steward.playground.emulator.faults.Fault;
import dev.steward.playground.emulator.journal.Delivery;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.BotProcess;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.TerraformProcesses;
import dev.steward.playground.stage.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole lives of requests while Slack fails: the real bot, the real Terraform. */
class SlackFaultsTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String CHANNEL = "platform-requests";

    @TempDir
    Path folder;
    private Stage stage;
    private Actor dana;
    private Actor omar;

    @BeforeEach
    void set() {
        stage = new Stage(Path.of(System.getProperty("steward.root", "..")), folder).initialised();
        // A form that is opened again because the answer to the first attempt was lost, or late on a slow machine.
        stage.expecting(refusal -> refusal.matches("\\d+ views\\.open: .*(expired|exchanged)_trigger_id.*"));
        dana = new Actor(stage.slack().person("dana"));
        omar = new Actor(stage.slack().person("omar"));
    }

    @AfterEach
    void strike() {
        stage.slack().faults().clear();
        stage.close();
    }

    @Test
    void appliesOnceAndSaysEverythingOnceWhenThreeCallsInTenFailAndDeliveriesComeTwiceLateAndOutOfOrder() {
        stage.startHere();
        stage.slack().faults().seed(7);
        stage.slack().faults().on("*").oneOf(Mixed.FAULTS).probability(0.3);
        stage.slack().faults().onDelivery("*").oneOf(new Fault.Duplicated(Duration.ZERO),
                new Fault.Duplicated(Duration.ofMillis(400)), new Fault.Late(Duration.ofMillis(300)),
                new Fault.Reordered(Duration.ofMillis(500))).probability(0.4);
        for (String name : List.of("first-api", "second-api")) {
            submit(dana, name);
            decide(toDecide(name), "approve");
            card(name, "*Applied*");
        }
        stage.slack().people().join(stage.slack().person("olga"), "payments");
        awaitQuiet();
        stage.slack().faults().clear();

        assertThat(messages()).hasSize(2);
        for (Message card : messages()) {
            assertThat(card.buttons()).isEmpty();
            assertThat(stage.slack().channel(CHANNEL).thread(card)).as("plan and result").hasSize(2);
        }
        assertThat(about(stage.slack().person("dana"), "Your request")).hasSize(2)
                .allMatch(m -> m.plainText().contains("Applied"));
        assertThat(about(stage.slack().person("omar"), "You approved")).hasSize(2);
        assertThat(entries("decision.approve")).isEqualTo(2);
        assertThat(entries("run.applying")).isEqualTo(2);
        assertThat(count("SELECT count(*) FROM entity WHERE kind = 'Service'")).isEqualTo(2);
        assertThat(count("""
                SELECT count(*) FROM team_member m JOIN team t ON t.id = m.team JOIN person p ON p.id = m.person
                WHERE t.name = 'payments' AND p.slack_user = 'U0OLGA0001'""")).as("the event arrived").isEqualTo(1);
        Said said = Said.on(stage);
        assertThat(said.doubles()).isZero();
        assertThat(said.missing()).isZero();
        Verification ledger = stage.inspect(h -> new Ledger(InstantSource.system()).verify(h, Optional.empty()));
        assertThat(ledger).isInstanceOf(Verification.Intact.class);
    }

    @Test
    void aFormThatSlackDidNotOpenIsOfferedAgainByAButton() {
        stage.startHere();
        for (Fault fault : List.of(new Fault.RateLimited(Duration.ofSeconds(30)), new Fault.ServerError(503),
                new Fault.Reset(), new Fault.MalformedBody())) {
            stage.slack().faults().on("views.open").oneOf(fault).times(1);
            assertThat(dana.asks(CHANNEL, "/request", "new-service late-api")).as("%s", fault)
                    .contains("Slack did not open the form of *New service*")
                    .contains("open it with this button");
            dana.person().view().ifPresent(view -> dana.person().closeView());
            dana.person().click(dana.person().ephemerals().getLast(), "open-form:new-service");
            assertThat(dana.sees("Service name").values().toString()).contains("late-api");
            dana.person().closeView();
        }
    }

    @Test
    void anAnswerThatSlackDidNotTakeComesAsADirectMessage() {
        stage.startHere();
        submit(dana, "payments-api");
        Message card = toDecide("payments-api");
        stage.slack().faults().on("response_url").rateLimited(Duration.ofMinutes(1)).times(1);
        omar.person().click(card, "approve");
        Message told = Until.present("Omar is told", LIMIT, () -> about(omar.person(), "Your approval was").stream()
                .findFirst());
        assertThat(told.plainText()).contains("Your approval was the last one needed")
                .contains("Here because Slack may not have shown it to you at the time.");
        stage.slack().faults().on("response_url").connectionReset().times(1);
        dana.person().command(CHANNEL, "/owner", "payments-api");
        Until.isTrue("Dana is told", LIMIT, () -> !about(dana.person(), "Here because Slack").isEmpty());
        card("payments-api", "*Applied*");
    }

    @Test
    void aClickThatComesWhileStewardStopsIsAnsweredAtOnceAndCarriedOutAtTheNextStart() throws InterruptedException {
        stage.slowApplies(14);
        BotProcess bot = stage.start();
        submit(dana, "first-api");
        submit(dana, "second-api");
        Message first = toDecide("first-api");
        Message second = toDecide("second-api");
        omar.clicksAndIsTold(first, "approve");
        long terraform = applying();
        Thread stopping = Thread.ofVirtual().start(bot::stop);
        Until.isTrue("Steward drains", LIMIT, () -> bot.tail().contains("stopping: waiting"));
        assertThat(omar.clicksAndIsTold(second, "approve")).contains("Steward is restarting", "Your click is kept");
        TerraformProcesses.goOn(terraform);
        stopping.join();
        assertThat(entries("decision.approve")).isEqualTo(1);
        stage.start();
        card("first-api", "*Applied*");
        card("second-api", "*Applied*");
        assertThat(entries("decision.approve")).isEqualTo(2);
    }

    @Test
    void startsWhileSlackIsAwaySoThatARunningApplyKeepsItsState() {
        stage.slowApplies(14);
        BotProcess bot = stage.start();
        submit(dana, "first-api");
        omar.clicksAndIsTold(toDecide("first-api"), "approve");
        long terraform = applying();
        bot.kill();
        stage.slack().faults().on("*").oneOf(new Fault.ServerError(503), new Fault.Reset());
        stage.launch();
        Until.isTrue("it is alive", LIMIT, () -> Metrics.body(stage.port(), "/healthz").equals("ok\n"));
        Until.isTrue("it says what it waits for", LIMIT, () -> Metrics.body(stage.port(), "/readyz")
                .startsWith("starting: Slack cannot be reached"));
        TerraformProcesses.goOn(terraform);
        Until.isTrue("Terraform ends", LIMIT, () -> TerraformProcesses.applying(stage.home()).isEmpty());
        assertThat(count("SELECT count(*) FROM state_version")).as("its state was taken").isPositive();
        stage.slack().faults().clear();
        card("first-api", "*Applied*");
        assertThat(entries("run.apply_claimed")).isEqualTo(1);
    }

    @Test
    void theRequesterIsToldInTheFormWhenSlackTakesNoMessages() {
        stage.startHere();
        dana.types(CHANNEL, "/request", "new-service");
        dana.sees("Service name");
        dana.submits(Map.of("service", "payments-api", "purpose", "Takes card payments for the shop"));
        dana.sees("Tier");
        stage.slack().faults().on("*").serverError(503);
        submitAs(omar, "other-api");
        Until.isTrue("Steward notices", LIMIT, () -> metric("steward_slack_unreachable_seconds") > 0);
        dana.submits(Map.of());
        assertThat(dana.sees("Stored").plainText()).contains("REQ-2 is stored")
                .contains("Slack does not take Steward's messages at the moment");
        stage.slack().faults().clear();
        toDecide("payments-api");
        toDecide("other-api");
        Until.isTrue("it noticed", LIMIT, () -> metric("steward_slack_unreachable_seconds") == 0);
    }

    /** Waits until Terraform has its lock, and has it stand still then. */
    private long applying() {
        Until.isTrue("Terraform has its lock", LIMIT, () -> entries("run.applying") == 1);
        long terraform = Until.present("Terraform applies", LIMIT, () -> TerraformProcesses.applying(stage.home()));
        TerraformProcesses.standStill(terraform);
        return terraform;
    }

    private void submitAs(Actor actor, String name) {
        stage.slack().faults().clear();
        actor.types(CHANNEL, "/request", "new-service " + name);
        actor.sees("Service name");
        actor.submits(Map.of("purpose", "Something that is needed"));
        actor.sees("Page 2 of 2");
        stage.slack().faults().on("*").serverError(503);
        actor.submits(Map.of());
    }

    /** Asks for the form until it is there, as people do: by the button that is offered, or by typing it again. */
    private void submit(Actor actor, String name) {
        Until.present("a form for " + name, LIMIT, () -> {
            actor.types(CHANNEL, "/request", "new-service " + name);
            return awaitView(actor, "Service name");
        });
        Until.present("the second page", LIMIT, () -> {
            actor.submits(Map.of("purpose", "Something that is needed"));
            return awaitView(actor, "Page 2 of 2");
        });
        actor.submits(Map.of());
        while (actor.person().view().isPresent()) {
            actor.person().closeView();
        }
    }

    private static Optional<View> awaitView(Actor actor, String text) {
        AtomicReference<Optional<View>> seen = new AtomicReference<>(Optional.empty());
        Until.holds(Duration.ofSeconds(4), () -> {
            seen.set(actor.person().view().filter(view -> view.plainText().contains(text)));
            return seen.get().isPresent();
        });
        return seen.get();
    }

    private void decide(Message card, String action) {
        Delivery click = omar.person().click(card, action);
        assertThat(click.acknowledged()).isTrue();
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

    private static List<Message> about(Person person, String text) {
        return person.directMessages().stream().filter(m -> m.plainText().contains(text)).toList();
    }

    private void awaitQuiet() {
        stage.slack().settle();
        Until.isTrue("nothing is left to be sent or done", LIMIT, () -> count("SELECT count(*) FROM outbox") == 0
                && count("SELECT count(*) FROM job WHERE kind LIKE 'slack.mirror-group' OR kind = 'slack.click'") == 0);
    }

    private double metric(String name) {
        return Metrics.read(stage.port(), name);
    }

    private int entries(String action) {
        return stage.inspect(h -> h.createQuery("SELECT count(*) FROM ledger WHERE action = :action")
                .bind("action", action).mapTo(Integer.class).one());
    }

    private int count(String sql) {
        return stage.inspect(h -> h.createQuery(sql).mapTo(Integer.class).one());
    }
}
