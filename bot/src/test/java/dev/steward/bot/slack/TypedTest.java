package dev.steward.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as they are typed. */
class TypedTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void readsHowLongAndFromWhenToWhen() {
        assertThat(Typed.when(" 4H ", BERLIN)).contains(new Typed.When(Optional.empty(), Duration.ofHours(4)));
        Instant christmas = Instant.parse("2026-12-24T08:00:00Z");
        assertThat(Typed.when("2026-12-24T09:00..2026-12-25T09:00", BERLIN))
                .contains(new Typed.When(Optional.of(christmas), Duration.ofDays(1)));
        assertThat(Typed.when("2026-12-24 09:00 .. 2h", BERLIN))
                .contains(new Typed.When(Optional.of(christmas), Duration.ofHours(2)));
        assertThat(Typed.when("2026-12-24..2026-12-25", BERLIN)).contains(
                new Typed.When(Optional.of(Instant.parse("2026-12-23T23:00:00Z")), Duration.ofDays(1)));
        assertThat(Typed.when("2026-03-29T00:00..2026-03-30T00:00", BERLIN).orElseThrow().lasts())
                .as("a day in which an hour is skipped").isEqualTo(Duration.ofHours(23));
        assertThat(Typed.when("2026-12-25..2026-12-24", BERLIN).orElseThrow().lasts())
                .as("the use case refuses it").isNegative();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "0h", "-8h", "8", "99999d", "..", "2026-12-24..", "..2026-12-24",
            "2026-02-30..4h",
            "9:00..10:00", "2026-12-24T25:00..4h"})
    void readsNothingElse(String typed) {
        assertThat(Typed.when(typed, BERLIN)).isEmpty();
    }
}
