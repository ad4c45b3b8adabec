package dev.steward.bot.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.database.Database;
import dev.steward.database.FreshDatabase;
import dev.steward.incidents.alerts.AlertIntake;
import dev.steward.incidents.alerts.AlertSource;
import dev.steward.jobs.Jobs;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertWebhooksTest {
    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final String SECRET = "alertmanager-canary-0123456789";
    private static final String PAGER = "pagerduty-canary-0123456789";
    private static final String GENERIC = "generic-canary-0123456789";
    private static final String FIRING = """
            {"alerts": [{"status": "firing", "fingerprint": "f1", "labels": {"alertname": "canary-label"}}]}""";
    private static final String EVENT = """
            {"event": {"event_type": "incident.triggered", "data": {"id": "P1", "type": "incident", "status":
            "triggered"}}}""";
    private static final String PLAIN = "{\"name\": \"Disk full\"}";

    private final Metrics metrics = new Metrics();
    private final HttpClient client = HttpClient.newHttpClient();
    private Database database;
    private AlertIntake intake;
    private PublicServer server;

    @BeforeEach
    void start(@TempDir Path folder) {
        database = FreshDatabase.open(folder.resolve("steward.db"));
        intake = new AlertIntake(database, new Jobs(CLOCK), CLOCK);
        var webhooks = new AlertWebhooks(Map.of(AlertSource.ALERTMANAGER, SECRET, AlertSource.PAGERDUTY, PAGER,
                AlertSource.GENERIC, GENERIC), intake, CLOCK);
        server = PublicServer.start(0, Optional.empty(), Optional.of(webhooks), new Health(() -> true), metrics);
    }

    @AfterEach
    void stop() {
        server.close();
        intake.close();
        database.close();
        client.close();
        metrics.close();
    }

    @Test
    void takesWhatCarriesTheSecretAndSaysHowMuch() throws Exception {
        HttpResponse<String> reply = send(to("alertmanager", FIRING).header("Authorization", "Bearer " + SECRET));

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("Taken: 1 alert.\n");
        assertThat(stored()).contains("canary-label");
    }

    @Test
    void saysThatASourceWithoutASecretIsNotListenedTo() throws Exception {
        HttpResponse<String> reply = send(to("grafana", FIRING).header("Authorization", "Bearer " + SECRET));

        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(reply.body()).contains("takes no alerts from Grafana", "webhooks.grafana.secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer wrong", "Bearer " + PAGER, SECRET, "Basic " + SECRET,
            "Bearer " + SECRET + "x"})
    void refusesAWrongSecretWithoutAWordAboutIt(String authorization) throws Exception {
        HttpResponse<String> reply = send(to("alertmanager", FIRING).header("Authorization", authorization));

        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(reply.body()).isEqualTo("Not authorised.\n");
        assertThat(stored()).isEmpty();
    }

    @Test
    void refusesABodyWithoutAnySecret() throws Exception {
        for (String source : new String[]{"alertmanager", "pagerduty", "generic"}) {
            assertThat(send(to(source, FIRING)).statusCode()).isEqualTo(401);
        }
        assertThat(stored()).isEmpty();
    }

    @Test
    void takesPagerDutysSignatureAlsoBesideThatOfAnOldSecret() throws Exception {
        String good = "v1=" + hmac(PAGER, EVENT);
        assertThat(send(to("pagerduty", EVENT).header("X-PagerDuty-Signature", good)).statusCode()).isEqualTo(200);
        assertThat(
                send(to("pagerduty", EVENT).header("X-PagerDuty-Signature", "v1=" + hmac("old", EVENT) + ", " + good))
                        .statusCode())
                .isEqualTo(200);
        for (String bad : new String[]{"v1=" + hmac("old", EVENT), "v0=" + hmac(PAGER, EVENT), hmac(PAGER, EVENT),
                "v1=" + hmac(PAGER, EVENT + " "), ",,,", "v1="}) {
            assertThat(send(to("pagerduty", EVENT).header("X-PagerDuty-Signature", bad)).statusCode())
                    .as(bad).isEqualTo(401);
        }
    }

    @Test
    void takesASignatureOverTimeAndBodyForFiveMinutesBothWays() throws Exception {
        for (long seconds : new long[]{0, 300, -300}) {
            assertThat(signed(PLAIN, NOW.plusSeconds(seconds)).statusCode()).isEqualTo(200);
        }
        for (long seconds : new long[]{301, -301, 86_400_000}) {
            assertThat(signed(PLAIN, NOW.plusSeconds(seconds)).statusCode()).isEqualTo(401);
        }
        String time = Long.toString(NOW.getEpochSecond());
        String later = Long.toString(NOW.getEpochSecond() + 1);
        String signature = "sha256=" + hmac(GENERIC, time + "." + PLAIN);
        assertThat(send(to("generic", PLAIN).header("X-Steward-Signature", signature)
                .header("X-Steward-Timestamp", later)).statusCode()).as("another time").isEqualTo(401);
        assertThat(send(to("generic", PLAIN).header("X-Steward-Signature", signature)).statusCode())
                .as("no time").isEqualTo(401);
        assertThat(send(to("generic", PLAIN).header("X-Steward-Signature", signature)
                .header("X-Steward-Timestamp", "9".repeat(30))).statusCode()).isEqualTo(401);
        assertThat(send(to("generic", PLAIN).header("Authorization", "Bearer " + GENERIC)).statusCode())
                .as("the secret itself").isEqualTo(200);
    }

    @Test
    void aReplayIsSaidAtTheTimeOfItsSignature() throws Exception {
        signed(PLAIN, NOW.minusSeconds(200));
        assertThat(stored()).contains("\"at\":" + NOW.minusSeconds(200).toEpochMilli());
    }

    @Test
    void saysWhatCannotBeReadAndQuotesNothing() throws Exception {
        HttpResponse<String> nonsense = authorised("canary");
        assertThat(nonsense.statusCode()).isEqualTo(400);
        assertThat(nonsense.body()).isEqualTo("The body is not JSON that can be read. Nothing was taken.\n");

        HttpResponse<String> bad = authorised("{\"alerts\": [{\"status\": \"canary\", \"fingerprint\": \"x\"}]}");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(bad.body()).contains("Taken: 0 alerts. Left out: 1").doesNotContain("canary");

        HttpResponse<String> half = authorised(FIRING.replace("}}]}", "}}, 7]}"));
        assertThat(half.statusCode()).isEqualTo(200);
        assertThat(half.body()).isEqualTo("Taken: 1 alert. Left out: 1 (not an object).\n");

        assertThat(authorised("{\"alerts\": []}").body()).isEqualTo("Taken: 0 alerts.\n");
    }

    @Test
    void takesABodyOfExactlyOneMegabyteAndRefusesOneByteMore() throws Exception {
        String padding = " ".repeat(AlertWebhooks.LARGEST_BODY - FIRING.length());
        assertThat(authorised(FIRING + padding).statusCode()).isEqualTo(200);

        assertThat(authorised(FIRING + padding + " ").statusCode()).isEqualTo(413);
        HttpResponse<String> chunked = send(HttpRequest.newBuilder(address("alertmanager"))
                .header("Authorization", "Bearer " + SECRET).POST(BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream((FIRING + padding + " ").getBytes(UTF_8)))));
        assertThat(chunked.statusCode()).isEqualTo(413);
    }

    @Test
    void asksForTheBodyAgainWhenItCannotBeStoredNow() throws Exception {
        intake.close();
        HttpResponse<String> reply = authorised(FIRING);

        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.headers().firstValue("Retry-After")).contains("10");
        assertThat(reply.body()).isEqualTo("Too much waits to be stored. Send it again later.\n");
    }

    @Test
    void takesNothingButPosts() throws Exception {
        assertThat(send(HttpRequest.newBuilder(address("alertmanager")).GET()).statusCode()).isEqualTo(405);
        assertThat(send(to("nagios", FIRING)).statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> authorised(String body) throws Exception {
        return send(to("alertmanager", body).header("Authorization", "Bearer " + SECRET));
    }

    private HttpResponse<String> signed(String body, Instant at) throws Exception {
        String time = Long.toString(at.getEpochSecond());
        return send(to("generic", body).header("X-Steward-Timestamp", time).header("X-Steward-Signature",
                "sha256=" + hmac(GENERIC, time + "." + body)));
    }

    private String stored() {
        return String.join("\n", database.<java.util.List<String>>read(
                h -> h.createQuery("SELECT alerts FROM alert_intake ORDER BY id").mapTo(String.class).list()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder to(String source, String body) {
        return HttpRequest.newBuilder(address(source)).POST(BodyPublishers.ofString(body));
    }

    private URI address(String source) {
        return URI.create("http://127.0.0.1:" + server.port() + "/webhooks/" + source);
    }

    private static String hmac(String secret, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    }
}
