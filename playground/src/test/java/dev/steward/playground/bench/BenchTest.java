package dev.steward.playground.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class BenchTest {
    @Test
    void itsSmallestFormRunsAndPrintsEachRowAfterALedgerThatIsVerified() {
        var said = new ByteArrayOutputStream();
        int exitCode = Bench.smallest(new PrintStream(said, true, StandardCharsets.UTF_8)).run();
        List<String> lines = said.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(exitCode).as("%s", String.join("\n", lines)).isZero();
        assertThat(lines).anyMatch(line -> line.contains("the ledger is intact: 1"));
        JsonNode rows = Json.tree(lines.getLast()).path("rows");
        assertThat(StreamSupport.stream(rows.spliterator(), false).map(row -> row.path("what").asText())).isNotEmpty()
                .allSatisfy(what -> assertThat(lines).anyMatch(line -> line.startsWith(what)));
        assertThat(rows).hasSize(20).allSatisfy(row -> {
            assertThat(row.path("steward").asDouble()).as("%s", row).isPositive();
            assertThat(row.path("compared").asDouble()).as("%s", row).isPositive();
        });
    }

    @Test
    void aFigureIsTheSmallestValueThatItsShareOfTheSamplesDoesNotExceed() {
        Samples samples = Samples.of(List.of(4, 1, 3, 2));
        assertThat(samples.median()).isEqualTo(2);
        assertThat(samples.percentile(0.99)).isEqualTo(4);
        assertThat(samples.worst()).isEqualTo(4);
    }

    @Test
    void saysWhetherAnAimWasReached() {
        Row row = Row.told("x", 13, 10, "y", "ms");
        assertThat(row.within(new Row.Aim.Ratio(1.3)).line()).contains("1.30", "<= 1.30 x", "reached");
        assertThat(row.within(new Row.Aim.Ratio(1.2)).line()).contains("<= 1.20 x", "missed");
        assertThat(row.within(new Row.Aim.Value(13)).line()).contains("<= 13 ms", "reached");
        assertThat(row.line()).doesNotContain("reached", "missed");
    }
}
