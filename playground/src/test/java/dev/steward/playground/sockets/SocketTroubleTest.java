package dev.steward.playground.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.emulator.Message;
import dev.steward.playground.emulator.SlackEmulator;
import dev.steward.playground.emulator.journal.Delivery;
import dev.steward.playground.emulator.journal.Delivery.Outcome;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.sockets.SocketMode;
import dev.steward.playground.emulator.sockets.SocketMode.Reason;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.BotProcess;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.Until;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole bot in Socket Mode while its connections break, while it is killed with something unanswered, and while it
 * answers too late: nothing that it acknowledged is lost, and nothing is done twice.
 */
class SocketTroubleTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String CHANNEL = "platform-requests";
    /** Of each kind; {@code -Dsteward.socket.rounds=1000} for a longer run. */
    private static final int ROUNDS = Integer.getInteger("steward.socket.rounds", 50);
    private static final int FORMS = Math.max(2, ROUNDS / 20);
    private static final long SEED = Long.getLong("steward.socket.seed", 20261121);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    @TempDir
    Path folder;
    private Stage stage;
    private SlackEmulator slack;
    private Actor dana;
    private Actor omar;

    @BeforeEach
    void set() {
        stage = new Stage(Path.of(System.getProperty("steward.root", "..")), folder).initialised().socketMode();
        slack = stage.slack();
        dana = new Actor(slack.person("dana"));
        omar = new Actor(slack.person("omar"));
    }

    @AfterEach
    void strike() {
        threads.shutdownNow();
        stage.close();
    }

    /**
     * Commands, clicks that decide, events and forms at the same time, each click now and then sent twice, while somebody
     * breaks connections and announces their end.
     */
    @Test
    void losesAndDoublesNothingWhileItsConnectionsBreak() {
        stage.with("STEWARD_SOCKET_CONNECTIONS", "3").startHere();
        Message card = requested("in-the-storm");
        Until.isTrue("all are open", LIMIT, () -> slack.sockets().open() == 3);
        slack.faults().onDelivery("block_actions").duplicated().probability(0.1);
        Tally commands = new Tally();
        Tally clicks = new Tally();
        AtomicBoolean over = new AtomicBoolean();
        long started = System.nanoTime();
        CompletableFuture<Integer> storm = CompletableFuture.supplyAsync(() -> breakConnections(over), threads);
        List<CompletableFuture<Void>> people = Stream.<Runnable>of(
                () -> repeat(commands, () -> omar.types("general", "/owner", "payments")),
                () -> repeat(clicks, () -> slack.person("olga").click(card, "approve")),
                () -> IntStream.range(0, ROUNDS).forEach(i -> slack.event("subteam_members_changed",
                        Json.object().put("subteam_id", Seed.GROUP_PAYMENTS))),
                () -> IntStream.range(0, FORMS).forEach(i -> asksUntilTaken("storm-" + i)))
                .map(act -> CompletableFuture.runAsync(act, threads)).toList();
        people.forEach(CompletableFuture::join);
        over.set(true);
        int broken = storm.join();
        double seconds = (System.nanoTime() - started) / 1e9;
        Until.isTrue("the connections are back", LIMIT, () -> slack.sockets().open() >= 3);
        slack.clock().advance(Duration.ofMinutes(6));
        slack.settle();

        long answered = settled(() -> omar.person().ephemerals().stream()
                .filter(one -> one.plainText().contains("Payments")).count(), commands);
        long refused = settled(() -> count("SELECT count(*) FROM ledger WHERE action = 'decision.refused'"), clicks);
        assertThat(clicks.taken()).isEqualTo(refused);
        assertThat(commands.taken()).isEqualTo(answered);
        assertThat(slack.journal().failedDeliveries()).as("connections did break in the middle").isNotEmpty();
        Until.isTrue("every event is taken", LIMIT,
                () -> count("SELECT count(*) FROM processed_event WHERE id LIKE 'event:%'") == ROUNDS);
        IntStream.range(0, FORMS).forEach(i -> requestedOnce("storm-" + i));
        System.out.printf("seed %d: %d connections broken or replaced in %.0f s; commands %s, %d answers; clicks %s, %d"
                + " counted; %d events, each noted once; %d forms, each taken once%n", SEED, broken, seconds, commands,
                answered, clicks, refused, ROUNDS, FORMS);
    }

    @Test
    void anEventThatWasUnansweredWhenItWasKilledIsTakenOnceAfterTheStart() throws SQLException {
        BotProcess bot = stage.start();
        CompletableFuture<Void> sent;
        try (Connection blocker = blocked()) {
            sent = CompletableFuture.runAsync(() -> slack.event("user_change",
                    Json.object().set("user", Json.object().put("id", Seed.OMAR).put("team_id", Seed.TEAM))));
            Until.isTrue("the event is with the bot", LIMIT, () -> slack.sockets().waiting() == 1);
            bot.kill();
            blocker.rollback();
        }
        sent.join();
        assertThat(count("SELECT count(*) FROM processed_event WHERE id LIKE 'event:%'")).isZero();

        stage.start();
        slack.clock().advance(Duration.ofSeconds(61));
        slack.settle();

        assertThat(slack.journal().deliveriesOf("event_callback").getLast().acknowledged()).isTrue();
        assertThat(count("SELECT count(*) FROM processed_event WHERE id LIKE 'event:%'")).isEqualTo(1);
    }

    @Test
    void aClickThatWasUnansweredWhenItWasKilledCountsOnceWhenItIsRepeated() throws Exception {
        BotProcess bot = stage.start();
        Message card = requested("killed-click");
        CompletableFuture<Delivery> click;
        try (Connection blocker = blocked()) {
            click = CompletableFuture.supplyAsync(() -> omar.person().click(card, "approve"));
            Until.isTrue("the click is with the bot", LIMIT, () -> slack.sockets().waiting() == 1);
            bot.kill();
            blocker.rollback();
        }
        assertThat(click.get().reply().outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(click.get().shown()).as("the person is told").isPresent();
        assertThat(count("SELECT count(*) FROM decision")).isZero();

        stage.start();
        assertThat(omar.clicksAndIsTold(card, "approve")).contains("Your approval was the last one needed");
        applied();
    }

    @Test
    void aClickThatIsAnsweredTooLateCountsOnceThoughThePersonClicksAgain() throws Exception {
        stage.startHere();
        Message card = requested("late-click");
        CompletableFuture<Delivery> click;
        try (Connection blocker = blocked()) {
            click = CompletableFuture.supplyAsync(() -> omar.person().click(card, "approve"));
            assertThat(click.get().reply().outcome()).isEqualTo(Outcome.TIMED_OUT);
            blocker.rollback();
        }
        omar.person().click(card, "approve");
        applied();
        assertThat(count("SELECT count(*) FROM decision WHERE verdict = 'approve'")).isEqualTo(1);
        assertThat(slack.journal().sockets()).anyMatch(note -> note.what().endsWith("which nobody waits for"));
    }

    @Test
    void aFormThatIsAnsweredTooLateIsTakenOnceAndSaysSoWhenItIsSubmittedAgain() throws SQLException {
        stage.startHere();
        opens("late-form");
        dana.submits(Map.of("purpose", "Is answered too late"));
        dana.sees("Page 2 of 2");
        try (Connection blocker = blocked()) {
            assertThat(dana.submits(Map.of()).reply().outcome()).isEqualTo(Outcome.TIMED_OUT);
            blocker.rollback();
        }
        Until.isTrue("it is taken", LIMIT, () -> count("SELECT count(*) FROM request") == 1
                && count("SELECT count(*) FROM draft") == 0);

        dana.submits(Map.of());

        assertThat(dana.sees("Submitted already").plainText()).contains("REQ-1");
        assertThat(count("SELECT count(*) FROM request")).isEqualTo(1);
    }

    @Test
    void saysThatItIsNotReadyWhileSlackLetsNobodyIn() {
        stage.expecting(refusal -> refusal.contains("apps.connections.open")).startHere();
        slack.sockets().set(false);
        Until.isTrue("it is not ready", LIMIT, () -> readiness().equals("no connection to Slack is open"));

        slack.sockets().set(true);

        Until.isTrue("it is ready again", LIMIT,
                () -> readiness().equals("ok, 2 of 2 connections to Slack are open"));
        assertThat(dana.asks("general", "/owner", "payments")).contains("Payments");
    }

    @Test
    void closesItsConnectionsWhenItIsAskedToStop() {
        BotProcess bot = stage.start();
        Until.isTrue("both are open", LIMIT, () -> slack.sockets().open() == 2);

        bot.stop();

        Until.isTrue("none is open", LIMIT, () -> slack.sockets().open() == 0);
        assertThat(slack.journal().sockets()).noneMatch(note -> note.what().equals("broken"));
    }

    /** What one person did, how much of it Slack saw acknowledged, and how much of it the bot has noted. */
    private final class Tally {
        private final Set<String> done = ConcurrentHashMap.newKeySet();
        private final AtomicInteger acknowledged = new AtomicInteger();

        boolean add(Delivery delivery) {
            done.add("trigger:" + delivery.payload().path("trigger_id").asText());
            if (delivery.acknowledged()) {
                acknowledged.incrementAndGet();
            }
            return delivery.acknowledged();
        }

        long taken() {
            return stage.inspect(h -> h.createQuery("SELECT id FROM processed_event WHERE id LIKE 'trigger:%'")
                    .mapTo(String.class).list()).stream().filter(done::contains).count();
        }

        @Override
        public String toString() {
            return done.size() + " tried (" + taken() + " taken, " + acknowledged + " acknowledged)";
        }
    }

    /** Does it as often as wanted until each time was acknowledged, as people do who see an error. */
    private void repeat(Tally tally, Supplier<Delivery> act) {
        while (tally.acknowledged.get() < ROUNDS) {
            awaitConnection();
            if (!tally.add(act.get())) {
                pause(20);
            }
        }
    }

    /** Waits until what was taken has had its effect, each once; what was acknowledged is all taken. */
    private static long settled(Supplier<Long> effects, Tally tally) {
        Until.isTrue("what was taken has its effect: " + tally, LIMIT, () -> effects.get() >= tally.taken());
        long seen = effects.get();
        assertThat(seen).as("%s", tally).isEqualTo(tally.taken()).isGreaterThanOrEqualTo(tally.acknowledged.get());
        return seen;
    }

    /** Breaks, warns and replaces connections in an order that the seed decides; answers how many. */
    private int breakConnections(AtomicBoolean over) {
        Random random = new Random(SEED);
        int count = 0;
        while (!over.get()) {
            pause(50 + random.nextInt(350));
            count += switch (random.nextInt(8)) {
                case 0 -> slack.sockets().drop(SocketMode.MOST);
                case 1, 2 -> slack.sockets().disconnect(1, Reason.WARNING, Duration.ofMillis(500));
                case 3 -> slack.sockets().disconnect(1, Reason.REFRESH_REQUESTED, Duration.ofMillis(300));
                default -> slack.sockets().drop(1);
            };
        }
        return count;
    }

    /** Fills a form while connections break: every step that fails is done again, as people do. */
    private void asksUntilTaken(String service) {
        while (count("SELECT count(*) FROM request WHERE subject = '" + service + "'") == 0) {
            awaitConnection();
            while (dana.person().view().isPresent()) {
                dana.person().closeView();
            }
            if (!dana.types(CHANNEL, "/request", "new-service " + service).acknowledged() || !seen("Service name")) {
                continue;
            }
            step(Map.of("purpose", "Sails through the storm"));
            if (seen("Page 2 of 2")) {
                step(Map.of());
            }
        }
    }

    private void step(Map<String, String> fields) {
        Until.isTrue("a submission is acknowledged", LIMIT, () -> dana.submits(fields).acknowledged());
    }

    private boolean seen(String text) {
        for (int tries = 0; tries < 40; tries++) {
            if (dana.person().view().filter(view -> view.plainText().contains(text)).isPresent()) {
                return true;
            }
            pause(100);
        }
        return false;
    }

    private void requestedOnce(String service) {
        Until.isTrue("the card of " + service + " is there", LIMIT, () -> cards(service) >= 1);
        assertThat(count("SELECT count(*) FROM request WHERE subject = '" + service + "'")).as(service).isEqualTo(1);
        assertThat(cards(service)).as(service).isEqualTo(1);
    }

    private long cards(String service) {
        return slack.channel(CHANNEL).messages().stream().filter(message -> message.plainText().contains(service))
                .count();
    }

    private Message requested(String service) {
        opens(service);
        dana.submits(Map.of("purpose", "Shows what becomes of a click"));
        dana.sees("Page 2 of 2");
        dana.finishes(Map.of());
        return Until.present("a card to decide on", LIMIT, () -> slack.channel(CHANNEL).messages().stream()
                .filter(m -> m.buttons().stream().anyMatch(b -> b.actionId().equals("approve"))).findFirst());
    }

    private void opens(String service) {
        Until.isTrue("a connection is open", LIMIT, () -> slack.sockets().open() > 0);
        dana.opens(() -> dana.types(CHANNEL, "/request", "new-service " + service), "Service name");
    }

    private void applied() {
        Until.isTrue("the run is applied", LIMIT,
                () -> count("SELECT count(*) FROM run WHERE state = 'applied'") == 1);
        assertThat(count("SELECT count(*) FROM ledger WHERE action = 'run.applying'")).isEqualTo(1);
        assertThat(count("SELECT count(*) FROM decision")).isEqualTo(1);
    }

    private void awaitConnection() {
        Until.isTrue("a connection is open", LIMIT, () -> slack.sockets().open() > 0);
    }

    /** Keeps the bot from writing until it is rolled back or closed. */
    private Connection blocked() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + stage.home().resolve("steward.db"));
        connection.createStatement().execute("PRAGMA busy_timeout = 5000");
        connection.setAutoCommit(false);
        connection.createStatement().executeUpdate("UPDATE job SET revision = revision WHERE 0");
        return connection;
    }

    private String readiness() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client
                    .send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stage.port() + "/readyz")).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body().strip();
        } catch (IOException e) {
            return "no answer";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private long count(String sql) {
        return stage.inspect(h -> h.createQuery(sql).mapTo(Long.class).one());
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
