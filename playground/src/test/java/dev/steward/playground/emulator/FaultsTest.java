package dev.steward.playground.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.playground.emulator.workspace.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
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
            assertThat(call.answered().fault()).hasValue("ResponseLost");
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
