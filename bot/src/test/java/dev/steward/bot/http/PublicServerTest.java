package dev.steward.bot.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bot.slack.SlackCall;
import dev.steward.bot.slack.SlackReply;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.params.ParameterizedTest;

class PublicServerTest {
    private final BlockingDeque<SlackCall> received = new LinkedBlockingDeque<>();
    private final AtomicReference<Function<SlackCall, SlackReply>> slack = new AtomicReference<>(c -> SlackReply.ok());
    private final AtomicBoolean databaseAnswers = new AtomicBoolean(true);
    private final Health health = new Health(databaseAnswers::get);
    private final Metrics metrics = new Metrics();
    private final HttpClient client = HttpClient.newHttpClient();
    private PublicServer server;

    @BeforeEach
    void start() {
        server = PublicServer.start(0, Optional.of(call -> {
            received.add(call);
            return slack.get().apply(call);
        }), health, metrics);
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
        metrics.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
            "Transfer-Encoding: chunked\r\n\r\nz\r\n", "Transfer-Encoding: chunked\r\n\r\n-1\r\n"})
    void saysThatABodyCannotBeReadToItsEnd(String rest) throws Exception {
        String reply = raw("POST /slack/events HTTP/1.1\r\nHost: x\r\n" + rest);

        assertThat(reply).startsWith("HTTP/1.1 400").doesNotContain("Exception", "on our side", "jetty");
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GARBAGE\r\n\r\n", "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
            "GET /a HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\nAccept: text/html\r\n\r\n",
            "GET /slack%2fevents HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n\r\n"})
    void answersWhatIsNotAsHttpWantsItWithoutAWordAboutItself(String request) throws Exception {
        assertThat(raw(request)).startsWith("HTTP/1.1 4").doesNotContain("Exception", "CAUSED", "jetty", "<html");
    }

    private String raw(String request) throws java.io.IOException {
        try (var socket = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    void handsTheExactBytesAndHeadersToSlacksEndpoint() throws Exception {
        byte[] body = "payload=%7B%22a%22%3A1%7D&b=\u00e4\r\n\u0000".getBytes(UTF_8);

        HttpResponse<String> reply = client.send(
                to("/slack/events").header("X-Slack-Signature", "v0=abc")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofByteArray(body)).build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
        assertThat(received.getLast().body()).isEqualTo(body);
        assertThat(received.getLast().header("x-slack-signature")).contains("v0=abc");
        assertThat(received.getLast().headers()).doesNotContainKey("X-Slack-Signature");
    }

    @Test
    void answersWhatSlacksEndpointSays() throws Exception {
        slack.set(c -> new SlackReply(404, Map.of("Content-Type", "application/json; charset=utf-8", "X-Test", "1"),
                "{\"error\":\"no listener\"}".getBytes(UTF_8)));

        HttpResponse<String> reply = post("/slack/events", "{}");

        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(reply.body()).isEqualTo("{\"error\":\"no listener\"}");
        assertThat(reply.headers().allValues("content-type")).containsExactly("application/json;charset=utf-8");
        assertThat(reply.headers().allValues("x-test")).containsExactly("1");
    }

    @Test
    void takesABodyOfExactlyOneMegabyteAndRefusesOneByteMore() throws Exception {
        assertThat(post("/slack/events", "x".repeat(PublicServer.LARGEST_BODY)).statusCode()).isEqualTo(200);
        received.clear();

        HttpResponse<String> reply = post("/slack/events", "x".repeat(PublicServer.LARGEST_BODY + 1));

        assertThat(reply.statusCode()).isEqualTo(413);
        assertThat(reply.body()).isEqualTo("The body is too large.\n");
        assertThat(received).isEmpty();
    }

    @Test
    void answersAFailureWithAnIdAndNothingElse() throws Exception {
        slack.set(c -> {
            throw new IllegalStateException("canary");
        });

        HttpResponse<String> reply = post("/slack/events", "{}");

        assertThat(reply.statusCode()).isEqualTo(500);
        assertThat(reply.body()).matches(
                "Something went wrong on our side. It is in Steward's log as error [0-9a-f]{8}.\n");
    }

    @Test
    void answersAnErrorOfTheMachineInTheSameWay() throws Exception {
        slack.set(c -> {
            throw new StackOverflowError("canary");
        });

        HttpResponse<String> reply = post("/slack/events", "{}");

        assertThat(reply.statusCode()).isEqualTo(500);
        assertThat(reply.body()).contains("error ").doesNotContain("canary", "StackOverflow");
    }

    @Test
    void saysThatThereIsNothing() throws Exception {
        HttpResponse<String> reply = get("/admin");

        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(reply.body()).isEqualTo("There is nothing at this address.\n");
        assertThat(get("/slack/events").statusCode()).isEqualTo(405);
    }

    @Test
    void isReadyOnlyBetweenWarmUpAndDraining() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/healthz").statusCode()).isEqualTo(200);

        health.ready();
        assertThat(get("/readyz").statusCode()).isEqualTo(200);

        health.draining();
        health.ready();
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void isUnhealthyWhenTheDatabaseDoesNotAnswer() throws Exception {
        health.ready();
        databaseAnswers.set(false);

        assertThat(get("/healthz").statusCode()).isEqualTo(503);
        assertThat(get("/healthz").body()).isEqualTo("the database does not answer\n");
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
    }

    @Test
    void exportsNumbersOfTheMachineTheServerAndTheDomain() throws Exception {
        metrics.gauge("steward.outbox.waiting", "Messages that wait to be sent", () -> 3);
        metrics.gauges("steward.runs", "Runs by state", "state", () -> Map.of("applying", 2, "planning", 1));
        metrics.counter("steward.alerts.received", "Alerts that were taken in", "source", "generic", () -> 7);
        post("/slack/events", "{}");
        get("/no/such/path");

        String scraped = get("/metrics").body();

        assertThat(scraped).contains("steward_outbox_waiting 3.0", "steward_runs{state=\"applying\"} 2.0",
                "steward_alerts_received_total{source=\"generic\"} 7.0",
                "jvm_memory_used_bytes",
                "http_server_requests_seconds_count{method=\"POST\",route=\"/slack/events\",status=\"200\"} 1",
                "http_server_requests_seconds_count{method=\"other\",route=\"other\",status=\"404\"} 1");
    }

    @Test
    void tellsNothingOfItselfInAnswerToNonsense() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write("NONSENSE\r\n\r\n".getBytes(UTF_8));
            out.flush();
            InputStream in = socket.getInputStream();

            String reply = new String(in.readAllBytes(), UTF_8);

            assertThat(reply).startsWith("HTTP/1.1 400").doesNotContainIgnoringCase("jetty").doesNotContain("\tat ");
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(to(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(to(path).POST(BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }
}
