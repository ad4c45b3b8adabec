package dev.steward.playground.emulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.playground.emulator.faults.Fault;
import dev.steward.playground.emulator.workspace.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultsTest extends EmulatorTest {
    private HttpResponse<String> post(String channel) {
        return api.send("chat.postMessage", "application/x-www-form-urlencoded", "Bearer " + slack.botToken(),
                ApiClient.form("channel", channel, "text", "x"));
    }

    private int posted() {
        return slack.channel("general").messages().size();
    }

    @Test
    void limitsTheRateAsOftenAsOrdered() {
        slack.faults().on("chat.postMessage").rateLimited(Duration.ofSeconds(7)).times(2);

        HttpResponse<String> first = post(Seed.GENERAL);
        post(Seed.GENERAL);
        HttpResponse<String> third = post(Seed.GENERAL);

        assertThat(first.statusCode()).isEqualTo(429);
        assertThat(first.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(first.body()).isEqualTo("{\"ok\":false,\"error\":\"ratelimited\"}");
        assertThat(third.statusCode()).isEqualTo(200);
        assertThat(posted()).isEqualTo(1);
        assertThat(slack.journal().errors()).hasSize(2).allMatch(call -> call.injected());
        assertThat(slack.journal().genuineErrors()).isEmpty();
    }

    @Test
    void failsOnlyInTheChannelMeant() {
        slack.faults().on("chat.postMessage").inChannel(Seed.PAYMENTS).serverError(503);

        assertThat(post(Seed.GENERAL).statusCode()).isEqualTo(200);
        assertThat(post(Seed.PAYMENTS).statusCode()).isEqualTo(503);
        slack.faults().clear();
        assertThat(post(Seed.PAYMENTS).statusCode()).isEqualTo(200);
    }

    @Test
    void losesTheResponseOfWhatWasApplied() {
        slack.faults().on("chat.postMessage").responseLost().times(1);

        assertThatThrownBy(() -> post(Seed.GENERAL)).isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(IOException.class);

        assertThat(posted()).isEqualTo(1);
        assertThat(slack.journal().callsOf("chat.postMessage")).singleElement().satisfies(call -> {
            assertThat(call.ok()).isTrue();
            assertThat(call.answered().fault()).hasValue("response_lost");
        });
        assertThat(post(Seed.GENERAL).statusCode()).as("the connection pool recovers").isEqualTo(200);
    }

    @Test
    void resetsAndHangsWithoutApplyingAnything() {
        slack.faults().on("*").connectionReset().times(1);
        assertThatThrownBy(() -> post(Seed.GENERAL)).isInstanceOf(UncheckedIOException.class);
        slack.faults().on("*").hang(Duration.ofMillis(50)).times(1);
        assertThatThrownBy(() -> post(Seed.GENERAL)).isInstanceOf(UncheckedIOException.class);

        assertThat(posted()).isZero();
    }

    @Test
    void aResetIsAResetOfTheConnection() throws IOException {
        slack.faults().on("chat.postMessage").connectionReset().times(1);
        assertThatThrownBy(this::readFromSocket).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        slack.faults().on("chat.postMessage").responseLost().times(1);
        assertThatThrownBy(this::readFromSocket).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        slack.faults().on("chat.postMessage").truncated().times(1);
        assertThat(readFromSocket()).startsWith("HTTP/1.1 200").endsWith("{");

        assertThat(posted()).as("all but the first were applied").isEqualTo(2);
        assertThat(slack.faults().struck())
                .isEqualTo(Map.of("connection_reset", 1, "response_lost", 1, "truncated", 1));
    }

    /** Whatever comes until the connection ends; an HTTP client would not tell a reset from a close. */
    private String readFromSocket() throws IOException {
        byte[] body = ("channel=" + Seed.GENERAL + "&text=x").getBytes(US_ASCII);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), slack.apiUrl().getPort())) {
            socket.getOutputStream()
                    .write(("POST /api/chat.postMessage HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                            + slack.botToken()
                            + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                            + body.length + "\r\n\r\n").getBytes(US_ASCII));
            socket.getOutputStream().write(body);
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    @Test
    void mixesFaultsInOneOrder() {
        slack.faults().on("*").oneOf(new Fault.ServerError(500), new Fault.RateLimited(Duration.ofSeconds(1)))
                .probability(0.5);
        IntStream.range(0, 60).forEach(i -> post(Seed.GENERAL));

        assertThat(slack.faults().struck().keySet()).containsExactly("rate_limited", "server_error");
        assertThat(slack.journal().errors()).hasSizeBetween(15, 45);
    }

    @Test
    void answersSlowlyOrWithHalfABody() {
        slack.faults().on("chat.postMessage").slow(Duration.ofMillis(50)).times(1);
        long started = System.nanoTime();
        assertThat(post(Seed.GENERAL).body()).contains("\"ok\":true");
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofMillis(50));

        slack.faults().on("chat.postMessage").malformedBody().times(1);
        assertThat(post(Seed.GENERAL).body()).startsWith("{\"ok\":true").doesNotEndWith("}");
        assertThat(posted()).isEqualTo(2);
    }

    @Test
    void strikesByChanceTheSameWayInEveryRun() {
        slack.faults().on("chat.postMessage").serverError(500).probability(0.3);
        long first = failures();
        slack.reset();
        slack.faults().on("chat.postMessage").serverError(500).probability(0.3);

        assertThat(first).isBetween(5L, 30L);
        assertThat(failures()).isEqualTo(first);
    }

    private long failures() {
        return IntStream.range(0, 50).filter(i -> post(Seed.GENERAL).statusCode() == 500).count();
    }
}
