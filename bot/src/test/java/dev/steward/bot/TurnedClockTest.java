package dev.steward.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnedClockTest {
    @TempDir
    Path folder;

    @Test
    void isTheMachinesClockUnlessAFileIsNamed() {
        assertThat(TurnedClock.of(Map.of())).isNotInstanceOf(TurnedClock.class);
        assertThat(TurnedClock.of(Map.of(TurnedClock.VARIABLE, " "))).isNotInstanceOf(TurnedClock.class);
    }

    @Test
    void isAsFarAheadAsTheFileSaysAndFollowsIt() throws IOException {
        Path file = folder.resolve("clock");
        InstantSource clock = TurnedClock.of(Map.of(TurnedClock.VARIABLE, file.toString()));
        assertThat(ahead(clock)).as("without the file").isLessThan(Duration.ofMinutes(1));

        Files.writeString(file, Duration.ofHours(3).toMillis() + "\n");
        Awaitility.await().until(() -> ahead(clock).compareTo(Duration.ofHours(2)) > 0);
        Files.writeString(file, "three hours");
        Awaitility.await().until(() -> ahead(clock).compareTo(Duration.ofMinutes(1)) < 0);
    }

    private static Duration ahead(InstantSource clock) {
        return Duration.between(Instant.now(), clock.instant());
    }
}
