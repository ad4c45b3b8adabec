package dev.steward.playground.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.emulator.Channel;
import dev.steward.playground.emulator.Ephemeral;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.BotProcess;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A very long incident, opened as people open it: typed in Slack, until it is on their screen. */
class LongTimelineTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration AIM = Duration.ofMillis(300);
    private static final int ENTRIES = Integer.getInteger("steward.timeline", 5_000);
    private static final int WARM_UP = 10;
    private static final int OPENINGS = 40;
    private static final String REQUESTS = "platform-requests";
    private static final String TITLE = "The long night";

    /** {@code ./mvnw -Pbench -Dbench=timeline -pl playground -am verify} */
    @Test
    @Tag("bench")
    @Tag("timeline")
    void aTimelineOfFiveThousandEntriesOpensWithinThreeHundredMilliseconds(@TempDir Path folder) {
        try (Stage stage = new Stage(Path.of(System.getProperty("steward.root", ".")), folder).initialised()) {
            BotProcess bot = stage.start();
            Actor dana = new Actor(stage.slack().person("dana"));
            String channel = declared(stage, dana);
            bot.stop();
            LongTimeline.write(stage, 1, ENTRIES, Stream.of("dana", "omar", "olga", "pia").map(
                    name -> (dev.steward.ledger.Actor) new dev.steward.ledger.Actor.SlackUser(
                            stage.<String>inspect(h -> h.createQuery(
                                    "SELECT slack_team FROM person WHERE slack_team IS NOT NULL LIMIT 1")
                                    .mapTo(String.class).one()),
                            stage.slack().person(name).id()))
                    .toList());
            stage.start();
            Opening opening = new Opening(dana, channel);
            List<Times> all = List.of(
                    opening.measured("the latest of the short view", () -> opening.command("timeline")),
                    opening.measured("the latest of everything", () -> opening.command("timeline all")),
                    opening.measured("the page before it", opening::earlier),
                    opening.measured("how it stands", () -> opening.command("summary")),
                    opening.measured("the postmortem", opening::postmortem));
            all.forEach(System.out::println);
            assertThat(all).allSatisfy(times -> assertThat(times.at(0.95)).as(times.toString()).isLessThan(AIM));
        }
    }

    private static String declared(Stage stage, Actor dana) {
        dana.opens(() -> dana.types(REQUESTS, "/incident", "SEV-3 " + TITLE), "It is fine if");
        dana.submits(Map.of());
        dana.sees("is declared");
        dana.person().closeView();
        String name = "inc-1-the-long-night";
        Until.isTrue("its channel is ready", PATIENCE, () -> stage.<Long>inspect(h -> h.createQuery(
                "SELECT count(*) FROM incident WHERE channel_state = 'ready'").mapTo(Long.class).one()) == 1);
        Channel channel = stage.slack().channel(name);
        Until.isTrue("dana is in it", PATIENCE, () -> channel.members().contains(dana.person().id()));
        return name;
    }

    /** What one person does again and again. */
    private record Opening(Actor who, String channel) {
        Times measured(String what, Supplier<Duration> open) {
            Times times = new Times(what, new ArrayList<>());
            for (int i = 0; i < WARM_UP + OPENINGS; i++) {
                Duration took = open.get();
                if (i >= WARM_UP) {
                    times.all().add(took);
                }
            }
            return times;
        }

        Duration command(String words) {
            int before = who.person().ephemerals().size();
            Duration took = timed(() -> who.types(channel, "/incident", words), () -> answer(before));
            assertThat(answer(before).orElseThrow().plainText()).contains("INC-1");
            return took;
        }

        Duration earlier() {
            Ephemeral latest = who.person().ephemerals().getLast();
            int before = who.person().ephemerals().size();
            return timed(() -> who.person().click(latest, "incident-timeline:earlier"), () -> answer(before));
        }

        Duration postmortem() {
            Duration took = timed(() -> who.types(channel, "/incident", "postmortem"), () -> who.person().view());
            who.person().closeView();
            return took;
        }

        private Optional<Ephemeral> answer(int before) {
            List<Ephemeral> all = who.person().ephemerals();
            return all.size() > before ? Optional.of(all.getLast()) : Optional.empty();
        }

        private static Duration timed(Runnable act, Supplier<Optional<?>> shown) {
            long begun = System.nanoTime();
            act.run();
            while (shown.get().isEmpty()) {
                if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new IllegalStateException("waited in vain");
                }
                LockSupport.parkNanos(200_000);
            }
            return Duration.ofNanos(System.nanoTime() - begun);
        }
    }

    /** How long it took each time. */
    private record Times(String what, List<Duration> all) {
        Duration at(double share) {
            return all.stream().sorted().toList().get((int) Math.ceil(share * all.size()) - 1);
        }

        @Override
        public String toString() {
            return "%d entries, %s: p50 %.1f ms, p95 %.1f ms, at most %.1f ms of %d".formatted(ENTRIES, what,
                    millis(0.5), millis(0.95), millis(1), all.size());
        }

        private double millis(double share) {
            return at(share).toNanos() / 1_000_000.0;
        }
    }
}
