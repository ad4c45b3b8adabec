package dev.steward.bot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.steward.database.FreshDatabase;
import dev.steward.ledger.Actor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T10:00:00Z"));

    @TempDir
    Path folder;

    private Home home;
    private Settings settings;
    private HttpServer slack;
    private final List<String> called = new CopyOnWriteArrayList<>();
    private volatile String opens = "{\"ok\":true,\"url\":\"ws://127.0.0.1:1/link?ticket=canary\"}";
    private volatile int slackStatus = 200;
    private volatile String slackAnswers = "{\"ok\":true,\"team_id\":\"T0ACME\",\"user_id\":\"U0BOT\"}";

    @BeforeEach
    void startSlackAndReadSettings() throws IOException {
        slack = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        slack.createContext("/api/", exchange -> {
            called.add(exchange.getRequestURI().getPath());
            boolean connection = exchange.getRequestURI().getPath().endsWith("apps.connections.open");
            byte[] body = (connection ? opens : slackAnswers).getBytes(UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(slackStatus, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        slack.start();
        settings = settings(Map.of("SLACK_SIGNING_SECRET", "secret"));
        home = new Home(settings.places().home());
    }

    @AfterEach
    void stopSlack() {
        slack.stop(0);
    }

    @Test
    void servesAnInitialisedHomeUntilItIsClosed() throws Exception {
        init();
        App app = serving();
        try (app) {
            assertThat(get("/healthz").statusCode()).isEqualTo(200);
            assertThat(get("/readyz").statusCode()).isEqualTo(200);
            assertThat(get("/metrics").body()).contains("steward_outbox_waiting 0.0", "steward_jobs_pending_terraform",
                    "jvm_memory_used_bytes");
        }
        assertThat(app.await()).isEmpty();

        serving().close();
    }

    @Test
    void isWarmedUpWhenItIsReadyAndNothingComesOfThat() throws Exception {
        init();
        try (App app = serving()) {
            assertThat(app).isNotNull();
            assertThat(get("/readyz").statusCode()).isEqualTo(200);
        }
        try (Stores stores = Stores.open(home, CLOCK)) {
            assertThat(stores.database().<List<String>>read(
                    h -> h.createQuery("SELECT id FROM processed_event").mapTo(String.class).list()))
                    .containsExactly("trigger:warm-up");
            assertThat(stores.database().<Integer>read(h -> h.createQuery("""
                    SELECT (SELECT count(*) FROM job WHERE kind = 'slack.click') + (SELECT count(*) FROM outbox)""")
                    .mapTo(Integer.class).one())).isZero();
        }
        assertThat(called).isNotEmpty().noneMatch(path -> path.contains("views.") || path.contains("chat."));
    }

    @Test
    void refusesAHomeThatWasNeverInitialised() {
        assertThat(refused()).contains("There is no Steward in " + home.folder(), "steward init --admin");
    }

    @Test
    void refusesATokenThatSlackDoesNotAcceptWithoutQuotingIt() {
        init();
        slackAnswers = "{\"ok\":false,\"error\":\"invalid_auth\"}";

        assertThat(refused()).contains("Slack refuses the bot token (invalid_auth)", "SLACK_BOT_TOKEN")
                .doesNotContain("xoxb-");
    }

    @Test
    void refusesAnAppTokenThatSlackDoesNotAcceptWithoutQuotingIt() throws IOException {
        init();
        settings = settings(Map.of("SLACK_APP_TOKEN", "xapp-1-A0STEWARD-canary"));
        opens = "{\"ok\":false,\"error\":\"invalid_auth\"}";

        assertThat(refused()).startsWith("SLACK_APP_TOKEN was refused by Slack (invalid_auth): ")
                .contains("connections:write").doesNotContain("canary");
    }

    @Test
    void hasNoDoorForSlackInSocketModeAndIsNotReadyWithoutAConnection() throws Exception {
        init();
        settings = settings(Map.of("SLACK_APP_TOKEN", "xapp-1-A0STEWARD-canary"));
        try (App app = serving()) {
            assertThat(app).isNotNull();
            assertThat(get("/slack/events").statusCode()).isEqualTo(404);
            assertThat(get("/healthz").statusCode()).isEqualTo(200);
            assertThat(get("/readyz").statusCode()).isEqualTo(503);
            assertThat(get("/readyz").body()).isEqualTo("no connection to Slack is open\n");
            assertThat(get("/metrics").body()).contains("steward_slack_connections_open 0.0",
                    "steward_slack_connections_wanted 2.0");
        }
    }

    @Test
    void startsWhileSlackIsDownAndServesOnceItIsBack() throws Exception {
        init();
        slackStatus = 503;
        try (App app = serving()) {
            assertThat(app).isNotNull();
            assertThat(get("/healthz").statusCode()).isEqualTo(200);
            assertThat(get("/readyz").statusCode()).isEqualTo(503);
            Awaitility.await().untilAsserted(() -> assertThat(get("/readyz").body())
                    .isEqualTo("starting: Slack cannot be reached (HTTP status 503): check the network and"
                            + " STEWARD_SLACK_API_URL\n"));
            assertThat(post("/slack/events").statusCode()).isEqualTo(503);
            slackStatus = 200;
            Awaitility.await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(get("/readyz").statusCode()).isEqualTo(200));
            assertThat(post("/slack/events").statusCode()).as("only the signature is missing").isEqualTo(401);
        }
    }

    @Test
    void stopsWhileItWaitsForSlackAndLeavesNothingOpen() {
        init();
        slackStatus = 503;
        serving().close();
        slackStatus = 200;
        serving().close();
    }

    @Test
    void saysThatTheTokenIsWrongAsSoonAsSlackCanSaySo() throws Exception {
        init();
        slackStatus = 503;
        try (App app = serving()) {
            slackAnswers = "{\"ok\":false,\"error\":\"invalid_auth\"}";
            slackStatus = 200;
            assertThat(app.await()).hasValueSatisfying(
                    why -> assertThat(why).contains("Slack refuses the bot token (invalid_auth)", "SLACK_BOT_TOKEN"));
        }
    }

    @Test
    void refusesASecondSteward() {
        init();
        try (App app = serving()) {
            assertThat(app).isNotNull();
            assertThat(refused()).startsWith("Another Steward serves from " + home.folder() + ": process "
                    + ProcessHandle.current().pid());
        }
    }

    @Test
    void refusesAHomeWithoutItsKeyAndLeavesNothingOpen() throws IOException {
        init();
        byte[] key = Files.readAllBytes(home.key());
        Files.delete(home.key());

        assertThat(refused()).startsWith("The encryption key is missing");
        assertThat(home.key()).doesNotExist();

        Files.write(home.key(), key);
        Files.setPosixFilePermissions(home.key(),
                PosixFilePermissions.fromString("rw-------"));
        serving().close();
    }

    @Test
    void leavesNothingOpenWhenAPortIsTaken() throws IOException {
        init();
        try (ServerSocket taken = new ServerSocket(settings.listening().port())) {
            assertThat(taken.isBound()).isTrue();
            assertThat(refused()).startsWith("Port " + settings.listening().port() + " is taken by another program.");
        }

        serving().close();
    }

    private void init() {
        FreshDatabase.provide(Home.create(home.folder()).database());
        try (Stores stores = Stores.open(home, CLOCK)) {
            var outcome = new Installation(stores).initialise(home, settings, new Actor.Operator("test"),
                    new Actor.SlackUser("T0ACME", "U0ADMIN"));
            assertThat(outcome).isInstanceOf(Installation.Outcome.Initialised.class);
        }
    }

    private App serving() {
        App.Outcome outcome = App.open(settings, CLOCK);
        assertThat(outcome).isInstanceOf(App.Outcome.Serving.class);
        return ((App.Outcome.Serving) outcome).app();
    }

    private String refused() {
        App.Outcome outcome = App.open(settings, CLOCK);
        assertThat(outcome).isInstanceOf(App.Outcome.Refused.class);
        return ((App.Outcome.Refused) outcome).why();
    }

    private HttpResponse<String> post(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + settings.listening().port() + path);
            return client.send(HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + settings.listening().port() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private Settings settings(Map<String, String> secrets) throws IOException {
        Map<String, String> environment = new HashMap<>(secrets);
        environment.putAll(Map.of("STEWARD_HOME", folder.resolve("home").toString(), "SLACK_BOT_TOKEN",
                "xoxb-123456789012", "STEWARD_SLACK_API_URL",
                "http://127.0.0.1:" + slack.getAddress().getPort() + "/api/", "STEWARD_PORT",
                Integer.toString(freePort()), "STEWARD_STATE_PORT", Integer.toString(freePort()), "STEWARD_ROOT",
                System.getProperty("steward.root"), "PATH", System.getenv("PATH")));
        var reading = Settings.read(environment, folder, Settings.Purpose.SERVE);
        assertThat(reading).isInstanceOf(Settings.Reading.Good.class);
        return ((Settings.Reading.Good) reading).settings();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
