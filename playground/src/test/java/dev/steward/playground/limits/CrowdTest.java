package dev.steward.playground.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.emulator.View;
import dev.steward.playground.emulator.journal.Delivery;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many people who ask for something at the same moment, some of them for the same name. */
class CrowdTest extends LimitsTest {
    private @Nullable Stage stage;

    @Override
    Stage stage() {
        return Objects.requireNonNull(stage, "the stage is set");
    }

    /** {@code ./mvnw -Pbench -Dbench=crowd verify} */
    @Test
    @Tag("bench")
    @Tag("crowd")
    void twoHundredAtOnceAreAllAnsweredPlannedAndShown(@TempDir Path folder) throws Exception {
        crowd(folder, Integer.getInteger("steward.crowd", 200));
    }

    /** Every tenth wants the name of the one before. */
    private void crowd(Path folder, int size) throws Exception {
        try (Stage opened = new Stage(root(), folder).initialised();
                ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            stage = opened;
            opened.start();
            CountDownLatch together = new CountDownLatch(1);
            List<Future<String>> ends = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                Actor actor = actor(opened.slack().people().add("crowd" + i + "x", "Crowd " + i));
                String service = "crowd-" + (i % 10 == 9 ? i - 1 : i);
                ends.add(people.submit(() -> {
                    together.await();
                    return asks(actor, service);
                }));
            }
            together.countDown();
            List<String> errors = new ArrayList<>();
            for (Future<String> end : ends) {
                errors.add(end.get());
            }
            int names = size - size / 10;
            assertThat(errors).filteredOn(error -> !error.isEmpty())
                    .allSatisfy(error -> assertThat(error).contains("choose another name"));
            assertThat(errors).filteredOn(String::isEmpty).as("one wins each name").hasSize(names);
            Until.isTrue("all are planned", Duration.ofMinutes(10),
                    () -> count("SELECT count(*) FROM run WHERE state = 'awaiting_approval'") == names);
            assertThat(count("SELECT count(*) FROM request")).isEqualTo(names);
            assertThat(opened.slack().journal().deliveries()).allMatch(Delivery::acknowledged);
            Until.isTrue("every card is complete", Duration.ofMinutes(30), () -> opened.slack().channel(CHANNEL)
                    .messages().stream().filter(m -> labels(m).contains("Approve")).count() == names);
        }
    }

    /** What the form says in the end, or nothing when it was taken. */
    private static String asks(Actor actor, String service) {
        View form = actor.opens(() -> actor.types(CHANNEL, "/request", "new-service " + service), "Service name");
        actor.person().suggest(Actor.actionId(form, "owner"), "plat");
        actor.submits(Map.of("purpose", "Takes card payments for the shop", "owner", "platform"));
        if (shown(actor).contains("Page 2 of 2")) {
            actor.submits(Map.of());
        }
        return shown(actor);
    }

    private static String shown(Actor actor) {
        return actor.person().view().map(view -> view.plainText() + view.errors()).orElse("");
    }
}
