package dev.steward.playground.emulator.webapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each method's rate, at the limit and beyond, in time that moves only here. */
class RateLimitsTest {
    private Instant now = Instant.parse("2026-11-20T09:00:00Z");
    private final RateLimits rates = new RateLimits(() -> now);

    private static final Map<String, MethodSpec> METHODS = MethodSpec.table();
    private final MethodSpec posting = Objects.requireNonNull(METHODS.get("chat.postMessage"));

    static Stream<MethodSpec> methodsWithATier() {
        return METHODS.values().stream().filter(method -> method.perMinute().isPresent());
    }

    @ParameterizedTest
    @MethodSource("methodsWithATier")
    void takesItsTierInAMinuteAndAsksToWaitForTheRest(MethodSpec method) {
        int tier = method.perMinute().getAsInt();
        for (int i = 0; i < tier; i++) {
            assertThat(rates.check(method, "C1")).isEmpty();
        }
        now = now.plusSeconds(20);

        assertThat(rates.check(method, "C2")).as("one more, in any channel").contains(Duration.ofSeconds(40));
        now = now.plusSeconds(40);
        assertThat(rates.check(method, "C1")).isEmpty();
    }

    @Test
    void aChannelTakesAMessageASecondAndShortBursts() {
        assertThat(Stream.generate(() -> post("C1")).limit(RateLimits.BURST)).allMatch(Optional::isEmpty);

        assertThat(post("C1")).contains(Duration.ofSeconds(1));
        assertThat(post("C2")).as("another channel").isEmpty();
        for (int i = 0; i < 10; i++) {
            now = now.plusSeconds(1);
            assertThat(post("C1")).as("a message a second goes on for ever").isEmpty();
            assertThat(post("C1")).as("and no more").isPresent();
        }
        now = now.plusSeconds(60);
        assertThat(Stream.generate(() -> post("C1")).limit(RateLimits.BURST)).allMatch(Optional::isEmpty);
        assertThat(post("C1")).as("silence saves up one burst").isPresent();
    }

    private Optional<Duration> post(String channel) {
        return rates.check(posting, channel);
    }
}
