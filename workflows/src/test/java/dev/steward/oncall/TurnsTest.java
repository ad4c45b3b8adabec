package dev.steward.oncall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Turns are reckoned in local time, and tile the time all the same. */
class TurnsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void handsOverAtTheSameLocalTimeOnBothSidesOfBothChangesOfTheClocks() {
        Turns daily = turns(BERLIN, Duration.ofDays(1), "2026-01-05T09:00", "olga", "peter");
        Instant moment = Instant.parse("2026-01-05T08:00:00Z");
        for (int day = 0; day < 365; day++) {
            Turns.Turn turn = daily.at(moment).orElseThrow();
            assertThat(LocalTime.ofInstant(turn.from(), BERLIN)).isEqualTo(LocalTime.of(9, 0));
            assertThat(turn.person()).isEqualTo(day % 2 == 0 ? "olga" : "peter");
            moment = turn.until();
        }
        assertThat(length(daily, "2026-03-28T12:00:00Z")).as("spring").isEqualTo(Duration.ofHours(23));
        assertThat(length(daily, "2026-10-24T12:00:00Z")).as("autumn").isEqualTo(Duration.ofHours(25));
        assertThat(length(daily, "2026-10-26T12:00:00Z")).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void movesAHandOverInSkippedTimeToItsEnd() {
        Turns nightly = turns(BERLIN, Duration.ofDays(1), "2026-03-20T02:30", "olga", "peter");
        assertThat(nightly.at(Instant.parse("2026-03-29T00:59:59Z")).orElseThrow().until())
                .isEqualTo("2026-03-29T01:00:00Z");
        assertThat(nightly.at(Instant.parse("2026-03-29T01:00:00Z")).orElseThrow().until())
                .isEqualTo("2026-03-30T00:30:00Z");
    }

    @Test
    void handsOverInTheFirstOfTwoEqualLocalTimes() {
        Turns nightly = turns(BERLIN, Duration.ofDays(1), "2026-10-20T02:30", "olga", "peter");
        assertThat(nightly.at(Instant.parse("2026-10-25T00:30:00Z")).orElseThrow().from())
                .isEqualTo("2026-10-25T00:30:00Z");
        assertThat(nightly.at(Instant.parse("2026-10-25T01:30:00Z")).orElseThrow().from())
                .as("half past two comes again, and nobody hands over").isEqualTo("2026-10-25T00:30:00Z");
    }

    @Test
    void hasNobodyBeforeTheFirstTurn() {
        Turns weekly = turns(BERLIN, Duration.ofDays(7), "2026-01-05T09:00", "olga");
        assertThat(weekly.at(Instant.parse("2026-01-05T07:59:59.999Z"))).isEmpty();
        assertThat(weekly.at(Instant.parse("2026-01-05T08:00:00Z"))).isPresent();
        assertThat(weekly.begins()).isEqualTo("2026-01-05T08:00:00Z");
    }

    /** Lord Howe moves by half an hour, Apia left out a day, Lagos never changes. */
    @Test
    void tilesTheTimeInEveryZoneAndYear() {
        Random random = new Random(7);
        List<String> zones = List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia",
                "Africa/Lagos", "Africa/Casablanca", "America/Sao_Paulo", "Asia/Kathmandu", "Antarctica/Troll", "UTC");
        for (int round = 0; round < 400; round++) {
            ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            LocalDateTime starts = LocalDateTime.of(2005 + random.nextInt(25), 1 + random.nextInt(12),
                    1 + random.nextInt(28), random.nextInt(24), 15 * random.nextInt(4));
            Duration every = List.of(Duration.ofHours(1), Duration.ofHours(7), Duration.ofHours(12),
                    Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(14)).get(random.nextInt(6));
            Turns turns = new Turns(zone,
                    new Rotation.Layer("primary", every, starts, List.of("a", "b", "c")));
            tiles(turns, turns.begins().plus(Duration.ofHours(random.nextInt(24 * 700))), random);
        }
    }

    private static void tiles(Turns turns, Instant begin, Random random) {
        Instant moment = begin;
        for (int i = 0; i < 60; i++) {
            Turns.Turn turn = turns.at(moment).orElseThrow();
            assertThat(turn.from()).isBeforeOrEqualTo(moment);
            assertThat(turn.until()).isAfter(moment).isAfter(turn.from());
            long within = Duration.between(turn.from(), turn.until()).toMillis();
            assertThat(turns.at(turn.from().plusMillis((long) (within * random.nextDouble())))).contains(turn);
            assertThat(turns.at(turn.until().minusMillis(1))).contains(turn);
            assertThat(turns.at(turn.until()).orElseThrow().from()).isEqualTo(turn.until());
            moment = turn.until();
        }
    }

    private static Duration length(Turns turns, String moment) {
        Turns.Turn turn = turns.at(Instant.parse(moment)).orElseThrow();
        return Duration.between(turn.from(), turn.until());
    }

    private static Turns turns(ZoneId zone, Duration every, String starts, String... people) {
        return new Turns(zone, new Rotation.Layer("primary", every, LocalDateTime.parse(starts), List.of(people)));
    }
}
