package dev.steward.playground.emulator.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.emulator.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalTest {
    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");

    private final Journal journal = new Journal();

    @Test
    void keepsTheNewestOfWhatWasSaid() {
        for (int i = 0; i <= Journal.MOST; i++) {
            journal.call(number -> new Call(number, NOW, "auth.test", Json.object(),
                    new Call.Answered(200, Json.object().put("ok", true), Duration.ZERO, Optional.empty())));
        }

        assertThat(journal.calls()).hasSize(Journal.MOST - Journal.MOST / 10 + 1);
        assertThat(journal.calls().getFirst().number()).isEqualTo(Journal.MOST / 10 + 1L);
        assertThat(journal.calls().getLast().number()).isEqualTo(Journal.MOST + 1L);
    }

    @Test
    void keepsTheNewestOfWhatHappenedToConnections() {
        for (int i = 0; i <= Journal.MOST; i++) {
            journal.socket(number -> new SocketNote(number, "S1", "opened"));
        }

        assertThat(journal.sockets()).hasSizeLessThanOrEqualTo(Journal.MOST);
        assertThat(journal.sockets().getLast().number()).isEqualTo(Journal.MOST + 1L);
    }
}
