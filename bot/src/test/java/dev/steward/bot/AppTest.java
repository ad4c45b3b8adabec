package dev.steward.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.ledger.Actor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T10:00:00Z"));

    @TempDir
    Path folder;

    private Home home;
    private Settings settings;

    @BeforeEach
    void readSettings() throws IOException {
        settings = settings(freePort(), freePort());
        home = new Home(settings.places().home());
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
        app.await();

        serving().close();
    }

    @Test
    void refusesAHomeThatWasNeverInitialised() {
        assertThat(refused()).contains("There is no Steward in " + home.folder(), "steward init --admin");
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
        Home.create(home.folder());
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

    private HttpResponse<String> get(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + settings.listening().port() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private Settings settings(int port, int statePort) {
        var reading = Settings.read(Map.of("STEWARD_HOME", folder.resolve("home").toString(), "SLACK_BOT_TOKEN",
                "xoxb-123456789012", "SLACK_SIGNING_SECRET", "secret", "STEWARD_PORT", Integer.toString(port),
                "STEWARD_STATE_PORT", Integer.toString(statePort), "PATH", System.getenv("PATH")), folder,
                Settings.Purpose.SERVE);
        assertThat(reading).isInstanceOf(Settings.Reading.Good.class);
        return ((Settings.Reading.Good) reading).settings();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
