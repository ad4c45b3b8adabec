package dev.steward.bot.slack.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(2), new SplittableRandom(7));

    @Test
    void waitsTwiceAsLongAfterEachFailureUpToItsLimit() {
        for (long meant : new long[]{250, 500, 1000, 2000, 2000, 2000, 2000, 2000, 2000, 2000}) {
            assertThat(backoff.next(Duration.ZERO)).isBetween(Duration.ofMillis(meant / 2), Duration.ofMillis(meant));
        }
        backoff.reset();
        assertThat(backoff.next(Duration.ZERO)).isBetween(Duration.ofMillis(125), Duration.ofMillis(250));
    }

    @Test
    void neverWaitsLessThanSlackAskedFor() {
        assertThat(backoff.next(Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void doesNotWaitTheSameTwice() {
        Backoff other = new Backoff(Duration.ofSeconds(2), new SplittableRandom(8));
        assertThat(backoff.next(Duration.ZERO)).isNotEqualTo(other.next(Duration.ZERO));
    }
}
