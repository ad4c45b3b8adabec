package dev.steward.playground.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.stage.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real bot, killed with SIGKILL at every step of a request that leaves a trace, and at random moments: 100 times in
 * the usual build, 1,000 times under {@code -Pbench -Dbench=kills}. {@code -Dsteward.seed=N} repeats the choices of a run,
 * though not the machine's timing.
 */
@Tag("kills")
class KillMatrixTest {
    private static final int STAGES = 3;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final KillTable table = new KillTable();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final long seed = Long.getLong("steward.seed", System.nanoTime());
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger lives = new AtomicInteger();

    @Test
    void keepsEveryPromiseWhenKilledAtAnyMoment() throws Exception {
        int wanted = "kills".equals(System.getProperty("steward.bench"))
                ? 1000
                : Integer.getInteger("steward.kills", 100);
        System.out.println("seed " + seed);
        try (ExecutorService stages = Executors.newFixedThreadPool(STAGES)) {
            List<Callable<Void>> all = new ArrayList<>();
            IntStream.range(0, STAGES).forEach(number -> all.add(() -> {
                play(number, new Random(seed + number), wanted);
                return null;
            }));
            for (Future<Void> one : stages.invokeAll(all)) {
                one.get();
            }
        }
        System.out.println(table.text());
        assertThat(failures).as("what went wrong; seed " + seed).isEmpty();
        assertThat(table.kills()).isGreaterThanOrEqualTo(wanted);
    }

    private void play(int number, Random random, int wanted) throws IOException {
        for (int stages = 0; begun.get() < wanted; stages++) {
            Path place = Files.createDirectory(folder.resolve("stage-" + number + "-" + stages));
            Stage stage = new Stage(root(), place);
            Effects effects = Effects.prepare(stage, place);
            stage.initialised();
            Effects.accept(stage);
            try (Victim victim = new Victim(stage)) {
                boolean good = true;
                while (good && begun.get() < wanted) {
                    Life life = new Life(victim, String.format("service-%04d", lives.incrementAndGet()), random,
                            () -> begun.getAndUpdate(n -> Math.min(n + 1, wanted)) < wanted);
                    good = live(life, victim, effects);
                }
            }
        }
    }

    /** Answers whether all was well; if not, the stage is left as it is, and another is set. */
    private boolean live(Life life, Victim victim, Effects effects) {
        List<String> problems;
        try {
            int approvals = life.live();
            Inspection inspection = new Inspection(victim.stage(), life.name()).look(effects, approvals);
            problems = inspection.problems();
            life.kills().forEach(kill -> kill.ended(inspection.ending()));
        } catch (RuntimeException e) {
            problems = List.of(e.toString());
        }
        table.add(life);
        if (!problems.isEmpty()) {
            failures.add(life.name() + " in " + victim.stage().home() + ", killed at " + life.kills() + ":\n  "
                    + String.join("\n  ", problems) + "\n" + victim.tail());
        }
        report();
        return problems.isEmpty();
    }

    /** After each life, so that a run that is broken off leaves its table, too. */
    private synchronized void report() {
        try {
            Path report = Files.createDirectories(Path.of("target")).resolve("kills.md");
            Files.writeString(report,
                    "seed " + seed + "\n\n" + table.text() + "\n" + String.join("\n\n", failures) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        return Path.of(System.getProperty("steward.root", ".."));
    }
}
