package dev.steward.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationsTest {
    @Test
    void saysHowLongSomethingTookInWords() {
        assertThat(Durations.lasted(Duration.ofSeconds(59))).isEqualTo("less than a minute");
        assertThat(Durations.lasted(Duration.ofSeconds(60))).isEqualTo("1 minute");
        assertThat(Durations.lasted(Duration.ofMinutes(60))).isEqualTo("1 hour");
        assertThat(Durations.lasted(Duration.ofMinutes(125))).isEqualTo("2 hours 5 minutes");
        assertThat(Durations.lasted(Duration.ofHours(24).minusMillis(1))).isEqualTo("23 hours 59 minutes");
        assertThat(Durations.lasted(Duration.ofHours(24).plusMinutes(59))).as("minutes matter no more")
                .isEqualTo("1 day");
        assertThat(Durations.lasted(Duration.ofHours(73))).isEqualTo("3 days 1 hour");
    }
}
