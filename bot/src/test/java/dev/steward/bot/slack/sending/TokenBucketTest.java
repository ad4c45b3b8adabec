package dev.steward.bot.slack.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.database.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private final TestClock clock = new TestClock();

    @Test
    void letsABurstThroughAndThenOneAtATime() {
        var bucket = new TokenBucket(3, 1, Duration.ofSeconds(1), clock);
        for (int i = 0; i < 3; i++) {
            assertThat(bucket.delay()).isZero();
            bucket.take();
        }
        assertThat(bucket.delay()).isEqualTo(Duration.ofSeconds(1));
        clock.advance(Duration.ofMillis(999));
        assertThat(bucket.delay()).isEqualTo(Duration.ofMillis(1));
        clock.advance(Duration.ofMillis(1));
        assertThat(bucket.delay()).isZero();
    }

    @Test
    void neverHoldsMoreThanItsCapacity() {
        var bucket = new TokenBucket(2, 1, Duration.ofSeconds(1), clock);
        clock.advance(Duration.ofHours(1));
        bucket.delay();
        bucket.take();
        bucket.take();
        assertThat(bucket.delay()).isPositive();
    }

    @Test
    void letsNothingThroughWhilePaused() {
        var bucket = new TokenBucket(3, 1, Duration.ofSeconds(1), clock);
        bucket.pause(Duration.ofSeconds(30));
        bucket.pause(Duration.ofSeconds(10));
        assertThat(bucket.delay()).isEqualTo(Duration.ofSeconds(30));
        clock.advance(Duration.ofSeconds(30));
        assertThat(bucket.delay()).isZero();
    }

    @Test
    void aClockThatIsSetBackMakesNoPauseLonger() {
        var bucket = new TokenBucket(3, 1, Duration.ofSeconds(1), clock);
        bucket.pause(Duration.ofSeconds(30));
        clock.advance(Duration.ofHours(-1));
        assertThat(bucket.delay()).isEqualTo(Duration.ofSeconds(30));
        clock.advance(Duration.ofSeconds(30));
        assertThat(bucket.delay()).isZero();
    }

    @Test
    void staysUnder20ProgressEditsAnd50EditsInTheWorstMinute() {
        assertThat(editsInAMinute(new Rates(clock), true)).isEqualTo(19);
        assertThat(editsInAMinute(new Rates(clock), false)).isEqualTo(49);
    }

    @Test
    void leavesRoomForDecisionsWhenProgressIsUsedUp() {
        var rates = new Rates(clock);
        while (rates.edit(true).isZero()) {
            assertThat(true).isTrue();
        }
        assertThat(rates.edit(false)).isZero();
    }

    @Test
    void pausesPostsToOneChannelAlone() {
        var rates = new Rates(clock);
        rates.pausePosts("C1", Duration.ofSeconds(20));
        assertThat(rates.post("C1")).isEqualTo(Duration.ofSeconds(20));
        assertThat(rates.post("C2")).isZero();
        assertThat(rates.edit(false)).isZero();
    }

    private int editsInAMinute(Rates rates, boolean progress) {
        int edits = 0;
        for (int ms = 0; ms < 60_000; ms += 10) { // the first instant of the next minute is not counted
            while (rates.edit(progress).isZero()) {
                edits++;
            }
            clock.advance(Duration.ofMillis(10));
        }
        return edits;
    }
}
