package dev.steward.playground.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DemoTest {
    @Test
    void playsTheWholeStoryAndSaysInItsLastLineWhatTrulyHappened() {
        play(Set.of(Demo.Option.JSON));
    }

    /** {@code ./mvnw -Pbench -Dbench=sockets -pl playground -am verify} */
    @Test
    @Tag("bench")
    @Tag("sockets")
    void playsTheSameOverSocketMode() {
        play(Set.of(Demo.Option.JSON, Demo.Option.SOCKET));
    }

    private static void play(Set<Demo.Option> options) {
        var said = new ByteArrayOutputStream();
        int exitCode = new Demo(new PrintStream(said, true, StandardCharsets.UTF_8), options).play();
        List<String> lines = said.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(exitCode).as("%s", String.join("\n", lines)).isZero();
        JsonNode last = Json.tree(lines.getLast());
        assertThat(last.path("applied").asInt()).isEqualTo(1);
        assertThat(last.path("granted").asInt()).isEqualTo(2);
        assertThat(last.path("ended").asInt()).isEqualTo(2);
        assertThat(last.path("rejected").asInt()).isEqualTo(1);
        assertThat(last.path("incidentsResolved").asInt()).isEqualTo(1);
        assertThat(last.path("revertsApplied").asInt()).isEqualTo(1);
        assertThat(last.path("breakGlassSigned").asInt()).isEqualTo(1);
        assertThat(last.path("refusedClicks").asInt()).isEqualTo(2);
        assertThat(last.path("recoveredRuns").asInt()).isEqualTo(1);
        assertThat(last.path("ledgerVerified").asBoolean()).isTrue();
        assertThat(last.path("slackErrors").asInt()).isZero();
        assertThat(lines).noneMatch(line -> line.contains("<!date") || line.contains("<@U") || line.contains("<#C"));
    }

    @Test
    void doesNotPassAStoryThatDidNotHappen() {
        Tally.Night night = new Tally.Night(1, 1, 1);
        Tally good = new Tally(1, 1, 2, 2, 1, night, 2, 1, 38, true, 0, 20);
        assertThat(good.good()).isTrue();
        assertThat(new Tally(1, 2, 2, 2, 1, night, 2, 1, 38, true, 0, 20).good()).as("let through twice").isFalse();
        assertThat(new Tally(1, 1, 2, 1, 1, night, 2, 1, 38, true, 0, 20).good()).as("access left").isFalse();
        assertThat(new Tally(0, 1, 2, 2, 1, night, 2, 1, 38, true, 0, 20).good()).as("not applied").isFalse();
        assertThat(new Tally(1, 1, 2, 2, 1, night, 2, 0, 38, true, 0, 20).good()).as("not killed in the middle")
                .isFalse();
        assertThat(new Tally(1, 1, 2, 2, 1, night, 2, 1, 38, false, 0, 20).good()).as("ledger broken").isFalse();
        assertThat(new Tally(1, 1, 2, 2, 1, night, 2, 1, 38, true, 1, 20).good()).as("Slack refused something")
                .isFalse();
        for (Tally.Night bad : List.of(new Tally.Night(0, 1, 1), new Tally.Night(1, 0, 1),
                new Tally.Night(1, 1, 0))) {
            assertThat(new Tally(1, 1, 2, 2, 1, bad, 2, 1, 38, true, 0, 20).good()).as("%s", bad).isFalse();
        }
    }
}
