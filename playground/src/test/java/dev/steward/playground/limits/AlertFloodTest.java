package dev.steward.playground.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.emulator.Message;
import dev.steward.playground.stage.AlertPost;
import dev.steward.playground.stage.BotProcess;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many bodies of alerts a second over real HTTP, and a kill in the middle: what was acknowledged is there. */
class AlertFloodTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Instant START = Instant.parse("2026-01-02T03:00:00Z");
    private static final int SENDERS = 32;

    @Test
    void whatWasAcknowledgedSurvivesAKillAndMakesFewMessages(@TempDir Path folder) throws Exception {
        flood(folder, 50, Duration.ofSeconds(3));
    }

    /** {@code ./mvnw -Pbench -Dbench=alerts -pl playground -am verify} */
    @Test
    @Tag("bench")
    @Tag("alerts")
    void fiveHundredASecondAreAcknowledgedAtOnceAndNoneIsLost(@TempDir Path folder) throws Exception {
        flood(folder, Integer.getInteger("steward.alerts", 500), Duration.ofSeconds(15));
    }

    /** Half of the time before the kill, half after it. */
    private static void flood(Path folder, int each, Duration half) throws Exception {
        try (Stage stage = new Stage(root(), folder).initialised();
                AlertPost alerts = new AlertPost(stage.port());
                ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            BotProcess bot = stage.start();
            warmUp(alerts);
            Flood before = new Flood(alerts, "before", each, half);
            Future<?> dies = senders.submit(() -> {
                Until.isTrue("the first half is over", PATIENCE, () -> before.sent.get() >= before.size * 9 / 10);
                bot.kill();
            });
            before.send(senders);
            dies.get();
            stage.start();
            warmUp(alerts);
            Flood after = new Flood(alerts, "after", each, half);
            after.send(senders);

            Set<String> acknowledged = new HashSet<>(before.acknowledged);
            acknowledged.addAll(after.acknowledged);
            assertThat(after.acknowledged).hasSize(after.size);
            Until.isTrue("all is worked through", PATIENCE,
                    () -> stage.inspect(h -> h.createQuery("SELECT count(*) FROM alert_intake").mapTo(Integer.class)
                            .one()) == 0);
            Set<String> kept = Set.copyOf(stage.<List<String>>inspect(
                    h -> h.createQuery("SELECT fingerprint FROM alert").mapTo(String.class).list()));
            assertThat(kept).containsAll(acknowledged);
            assertThat(stage.<Integer>inspect(h -> h.createQuery(
                    "SELECT count(*) FROM ledger WHERE action LIKE 'alert.%'").mapTo(Integer.class).one()))
                    .as("entries of the ledger").isLessThan(10);
            Until.isTrue("the card says how many", PATIENCE,
                    () -> cards(stage).stream().anyMatch(card -> card.plainText()
                            .contains(String.format(Locale.ROOT, "%,d alerts firing", kept.size()))));
            assertThat(cards(stage)).as("cards").hasSize(1);
            int edits = stage.slack().journal().callsOf("chat.postMessage").size()
                    + stage.slack().journal().callsOf("chat.update").size();
            System.out.printf("%d a second before a kill: %s; after it: %s; %d messages sent and edited%n", each,
                    before,
                    after, edits);
        }
    }

    private static void warmUp(AlertPost alerts) {
        for (int i = 0; i < 200; i++) {
            assertThat(alerts.post(List.of(alert("warm-" + i)))).contains(200);
        }
    }

    private static Map<String, Object> alert(String fingerprint) {
        return AlertPost.firing(fingerprint, START, "alertname", "PodDown", "pod", fingerprint, "severity", "critical",
                "namespace", "shop", "cluster", "eu-1");
    }

    private static List<Message> cards(Stage stage) {
        return stage.slack().channel("platform").messages().stream()
                .filter(message -> message.plainText().contains("No service: ")).toList();
    }

    /** So many bodies a second, whether or not the earlier ones were answered. */
    private static final class Flood {
        private final AlertPost alerts;
        private final String name;
        private final int each;
        private final int size;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger sent = new AtomicInteger();
        private final List<String> acknowledged = new ArrayList<>();
        private final List<Long> micros = new ArrayList<>();

        Flood(AlertPost alerts, String name, int each, Duration time) {
            this.alerts = alerts;
            this.name = name;
            this.each = each;
            size = (int) (each * time.toSeconds());
        }

        void send(ExecutorService senders) throws Exception {
            long begun = System.nanoTime();
            Callable<Optional<Void>> sender = () -> {
                for (int i = next.getAndIncrement(); i < size; i = next.getAndIncrement()) {
                    send(i, begun + i * 1_000_000_000L / each);
                }
                return Optional.empty();
            };
            for (Future<?> done : senders.invokeAll(Collections.nCopies(SENDERS, sender))) {
                done.get();
            }
        }

        /** From the moment when it was to be sent: one that is late because others were slow counts as slow. */
        private void send(int i, long due) {
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            String fingerprint = name + "-" + i;
            sent.incrementAndGet();
            Optional<Integer> status = alerts.post(List.of(alert(fingerprint)));
            if (status.filter(code -> code == 200).isPresent()) {
                acknowledged(fingerprint, (System.nanoTime() - due) / 1000);
            }
        }

        private synchronized void acknowledged(String fingerprint, long took) {
            acknowledged.add(fingerprint);
            micros.add(took);
        }

        @Override
        public synchronized String toString() {
            List<Long> sorted = micros.stream().sorted().toList();
            return "%d of %d acknowledged, p50 %.1f ms, p99 %.1f ms, at most %.1f ms".formatted(acknowledged.size(),
                    size, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
        }

        private static double at(List<Long> sorted, double share) {
            return sorted.get((int) Math.ceil(share * sorted.size()) - 1) / 1000.0;
        }
    }

    private static Path root() {
        return Path.of(System.getProperty("steward.root", "."));
    }
}
