package dev.steward.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackgroundTest {
    @Test
    void workThatHasNotBegunGivesWayToAnAnswerAndBeginsAfterIt() throws InterruptedException {
        var begun = new CountDownLatch(1);
        try (Background background = new Background(1, 1, Duration.ofHours(1))) {
            long before = background.first(() -> {
                assertThat(background.offer(begun::countDown)).isTrue();
                return begun.getCount();
            });
            assertThat(before).isEqualTo(1);
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void workDoesNotWaitForEverWhileAnswersKeepComing() throws InterruptedException {
        var begun = new CountDownLatch(1);
        try (Background background = new Background(1, 1)) {
            boolean inTheMiddleOfAnAnswer = background.first(() -> {
                assertThat(background.offer(begun::countDown)).isTrue();
                try {
                    return begun.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            });
            assertThat(inTheMiddleOfAnAnswer).isTrue();
        }
    }
}
