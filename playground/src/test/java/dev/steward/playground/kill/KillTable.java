package dev.steward.playground.kill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What became of all kills, by the moment at which they came, as a table. Safe for concurrent use. */
final class KillTable {
    private static final String HEAD = """
            | killed at | kills | of these with Terraform | applied | waiting | indeterminate | applied twice | lost | settled: median | worst |
            |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
            """;

    private final List<Kill> kills = new ArrayList<>();
    private int lives;

    synchronized void add(Life life) {
        lives++;
        kills.addAll(life.kills());
    }

    synchronized int kills() {
        return kills.size();
    }

    synchronized String text() {
        Map<String, List<Kill>> rows = new LinkedHashMap<>();
        Stream.concat(Arrays.stream(Step.values()).map(Step::label),
                Stream.of("random moment", "random moment of a start"))
                .forEach(moment -> rows.put(moment, kills.stream().filter(k -> k.moment().equals(moment)).toList()));
        StringBuilder text = new StringBuilder(HEAD);
        rows.forEach((moment, row) -> text.append(line(moment, row)));
        return text.append(line("**all**, in " + lives + " lives", kills)).toString();
    }

    private static String line(String moment, List<Kill> row) {
        List<Duration> times = row.stream().map(Kill::settled).filter(Objects::nonNull).sorted().toList();
        return String.format(Locale.ROOT, "| %s | %d | %d | %d | %d | %d | %d | %d | %s | %s |%n", moment, row.size(),
                row.stream().filter(Kill::terraformToo).count(), ended(row, "applied"), ended(row, "waiting"),
                ended(row, "indeterminate"),
                endings(row).filter(Kill.Ending::doubled).count(), endings(row).filter(Kill.Ending::lost).count(),
                times.isEmpty() ? "" : seconds(times.get(times.size() / 2)),
                times.isEmpty() ? "" : seconds(times.getLast()));
    }

    private static long ended(List<Kill> row, String state) {
        return endings(row).filter(ending -> ending.state().equals(state)).count();
    }

    private static Stream<Kill.Ending> endings(List<Kill> row) {
        return row.stream().map(Kill::ending).filter(Objects::nonNull);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
