package dev.steward.playground.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.stage.BotProcess;
import dev.steward.playground.stage.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two Stewards that want to serve from the same home. */
class TwoStewardsTest {
    @Test
    void exactlyOneOfTwoStartedAtOnceServesAndTheNextTakesOverAfterAKill(@TempDir Path folder) throws Exception {
        try (Stage stage = new Stage(LimitsTest.root(), folder).initialised()) {
            List<String> refusals = new ArrayList<>();
            List<BotProcess> serving = new ArrayList<>();
            try (ExecutorService both = Executors.newFixedThreadPool(2)) {
                List<Future<BotProcess>> started = List.of(both.submit(stage::startAnother),
                        both.submit(stage::startAnother));
                for (Future<BotProcess> future : started) {
                    try {
                        serving.add(future.get());
                    } catch (ExecutionException e) {
                        refusals.add(String.valueOf(e.getMessage()));
                    }
                }
            }
            assertThat(serving).hasSize(1);
            assertThat(refusals).singleElement().asString()
                    .containsPattern("Another Steward serves from .*: (process " + serving.getFirst().pid()
                            + " on \\S+ since 20\\S+Z|a process that is just starting)")
                    .contains("Stop it first").doesNotContain("\tat ");
            serving.getFirst().kill();
            BotProcess next = stage.startAnother();
            assertThat(next.pid()).isNotEqualTo(serving.getFirst().pid());
            next.close();
        }
    }
}
