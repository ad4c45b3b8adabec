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
import java.util.LinkedHashMap;
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

    @Test
    void ofManyAtOnceEachIsPlannedAndShownOrToldWhoWasFirst(@TempDir Path folder) throws Exception {
        crowd(folder, 20);
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
        try (Stage opened = new Stage(root(), folder).initialised().expecting(CrowdTest::formThatOpenedTooLate);
                ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            stage = opened;
            opened.startHere();
            long begun = System.nanoTime();
            Map<String, List<String>> ends = atOnce(people, size);
            long answered = System.nanoTime();
            assertThat(ends).allSatisfy((service, answers) -> {
                assertThat(answers).filteredOn(String::isEmpty).as("one wins " + service).hasSize(1);
                assertThat(answers).filteredOn(answer -> !answer.isEmpty()).as("the others are told").allSatisfy(
                        answer -> assertThat(answer)
                                .containsPattern("REQ-\\d+ asks for `" + service + "` already: choose another name"));
            });
            Until.isTrue("all are planned", Duration.ofMinutes(10),
                    () -> count("SELECT count(*) FROM run WHERE state = 'awaiting_approval'") == ends.size());
            long planned = System.nanoTime();
            assertThat(count("SELECT count(*) FROM request")).isEqualTo(ends.size());
            Until.isTrue("every card is complete", Duration.ofMinutes(30), () -> opened.slack().channel(CHANNEL)
                    .messages().stream().filter(m -> labels(m).contains("Approve")).count() == ends.size());
            assertThat(opened.slack().channel(CHANNEL).messages()).as("one card each").hasSize(ends.size());
            nothingIsLeft();
            System.out.printf("%d people: %s; all answered after %d s, planned after %d s, all cards after %d s%n",
                    size,
                    deliveries(opened.slack().journal().deliveries()), seconds(begun, answered),
                    seconds(begun, planned), seconds(begun, System.nanoTime()));
        }
    }

    /** What each was told in the end, by the name that they wanted. */
    private Map<String, List<String>> atOnce(ExecutorService people, int size) throws Exception {
        CountDownLatch together = new CountDownLatch(1);
        Map<String, List<Future<String>>> asked = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            Actor actor = actor(stage().slack().people().add("crowd" + i + "x", "Crowd " + i));
            String service = "crowd-" + (i % 10 == 9 ? i - 1 : i);
            asked.computeIfAbsent(service, s -> new ArrayList<>()).add(people.submit(() -> {
                together.await();
                return asks(actor, service);
            }));
        }
        together.countDown();
        Map<String, List<String>> ends = new LinkedHashMap<>();
        for (Map.Entry<String, List<Future<String>>> each : asked.entrySet()) {
            for (Future<String> end : each.getValue()) {
                ends.computeIfAbsent(each.getKey(), s -> new ArrayList<>()).add(end.get());
            }
        }
        return ends;
    }

    /** What the form says in the end, or nothing when it was taken. Whatever Slack says failed is done again, as people do. */
    private static String asks(Actor actor, String service) {
        View form = actor.opens(() -> actor.types(CHANNEL, "/request", "new-service " + service), "Service name");
        actor.person().suggest(Actor.actionId(form, "owner"), "plat");
        submits(actor, Map.of("purpose", "Takes card payments for the shop", "owner", "platform"));
        if (shown(actor).contains("Page 2 of 2")) {
            submits(actor, Map.of());
        }
        String last = shown(actor);
        return last.contains("It was taken the first time") ? "" : last;
    }

    private static void submits(Actor actor, Map<String, String> fields) {
        Until.isTrue(actor.person().name() + "'s page is acknowledged", LIMIT,
                () -> actor.submits(fields).acknowledged());
    }

    private static String shown(Actor actor) {
        return actor.person().view().map(view -> view.plainText() + view.errors()).orElse("");
    }

    private static boolean formThatOpenedTooLate(String refusal) {
        return refusal.contains(" views.open: ") && refusal.contains("expired_trigger_id");
    }

    private static String deliveries(List<Delivery> all) {
        long late = all.stream().filter(delivery -> !delivery.acknowledged()).count();
        long slowest = all.stream().mapToLong(delivery -> delivery.reply().took().toMillis()).max().orElse(0);
        return all.size() + " deliveries, " + late + " not acknowledged in time, the slowest after " + slowest + " ms";
    }

    private static long seconds(long from, long to) {
        return Duration.ofNanos(to - from).toSeconds();
    }
}
