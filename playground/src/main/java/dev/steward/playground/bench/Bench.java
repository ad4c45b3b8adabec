package dev.steward.playground.bench;

import dev.steward.database.Json;
import dev.steward.ledger.Ledger;
import dev.steward.ledger.Verification;
import dev.steward.playground.stage.Folders;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures a bot with an empty ledger, one with a long ledger, and what each of their figures is honestly compared with,
 * all in one run and each in turn, and prints a table of the ratios.
 */
public final class Bench {
    private final PrintStream out;
    private final Sizes sizes;
    private final boolean json;

    private Bench(PrintStream out, Sizes sizes, boolean json) {
        this.out = out;
        this.sizes = sizes;
        this.json = json;
    }

    /**
     * A benchmark that has not run yet.
     *
     * @param quick
     *            whether it is to take two minutes instead of eight
     * @param json
     *            whether the last line is a JSON object
     */
    public static Bench of(PrintStream out, boolean quick, boolean json) {
        return new Bench(out, quick ? Sizes.QUICK : Sizes.FULL, json);
    }

    /** The shortest there is, for finding out whether it runs. */
    static Bench smallest(PrintStream out) {
        return new Bench(out, Sizes.SMALLEST, true);
    }

    /** Measures and prints; answers 0 whatever the figures are, and 1 if it broke off. */
    public int run() {
        long began = System.nanoTime();
        Path folder = folder();
        try (House empty = new House(root(), folder.resolve("empty"));
                House full = new House(root(), folder.resolve("full"))) {
            say("writing " + sizes.entries() + " ledger entries and " + sizes.history() + " finished requests");
            History.write(full.database(), sizes);
            say(verified(full));
            Report report = measured(folder, empty, full);
            report.print(out);
            long seconds = (System.nanoTime() - began) / 1_000_000_000;
            out.println("Measured in " + seconds + " s.");
            if (json) {
                out.println(summary(report, seconds));
            }
            return 0;
        } catch (RuntimeException e) {
            out.println("The measurement broke off: " + e.getMessage());
            e.printStackTrace(out);
            return 1;
        } finally {
            Folders.delete(folder, out);
        }
    }

    /** What {@code steward ledger verify} would say. */
    private static String verified(House full) {
        Verification verified = full.stage()
                .inspect(h -> new Ledger(InstantSource.system()).verify(h, Optional.empty()));
        return switch (verified) {
            case Verification.Intact intact -> "the ledger is intact: " + intact.head().seq() + " entries";
            case Verification.Broken broken ->
                throw new IllegalStateException(
                        "the ledger is broken at entry " + broken.seq() + ", which " + broken.why());
        };
    }

    private Report measured(Path folder, House empty, House full) {
        try (Contender echo = empty.floor(folder, "echo", List.of());
                Contender floor = empty.floor(folder, "floor", List.of(folder.resolve("floor.db").toString()))) {
            List<Contender> all = List.of(echo, floor, empty.contender(), full.contender());
            say("cold: " + sizes.boots() + " starts of each server, a first command, a burst of " + sizes.burst());
            for (int i = 0; i < sizes.boots(); i++) {
                all.forEach(contender -> contender.boot(sizes.burst()));
            }
            say("warming up");
            all.forEach(contender -> contender.warmUp(sizes));
            say("steady: " + sizes.rounds() + " rounds of " + sizes.round().toMillis() + " ms at " + sizes.perSecond()
                    + " a second, of commands and of clicks");
            for (int i = 0; i < sizes.rounds(); i++) {
                all.forEach(contender -> contender.command(sizes));
                all.forEach(contender -> contender.click(sizes));
            }
            for (int i = 0; i < sizes.boots(); i++) {
                all.forEach(contender -> contender.burst(sizes.burst()));
            }
            return new Report(sizes, echo, floor, empty, full, travelled(folder, empty, full));
        }
    }

    /** Raw Terraform and both bots in turn; the first turn counts for nothing. */
    private List<RawTerraform.Took> travelled(Path folder, House empty, House full) {
        say("planning and applying " + sizes.journeys() + " requests");
        RawTerraform raw = new RawTerraform(empty.stage().modules().resolve("service"), folder);
        List<RawTerraform.Took> took = new ArrayList<>();
        raw.once(Journey.inputs("bench-raw"));
        for (int i = 1; i <= sizes.journeys(); i++) {
            String service = "bench-" + i;
            took.add(raw.once(Journey.inputs(service)));
            empty.travel(service);
            full.travel(service);
        }
        return took;
    }

    private String summary(Report report, long seconds) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("rows", report.rows().stream().map(Row::json).toList());
        values.put("ledgerEntries", sizes.entries());
        values.put("processors", Runtime.getRuntime().availableProcessors());
        values.put("java", Runtime.version().toString());
        values.put("seconds", seconds);
        return Json.text(values);
    }

    private void say(String what) {
        out.println("... " + what);
        out.flush();
    }

    private static Path root() {
        return Path.of(System.getenv().getOrDefault("STEWARD_ROOT", System.getProperty("steward.root", ".")));
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("steward-bench-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary folder for the benchmark", e);
        }
    }
}
