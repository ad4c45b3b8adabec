package dev.steward.playground;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String line) {
        return Main.run(List.of(line.split(" ", -1)), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static String word(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"playground --help, --home", "playground -h, --socket", "playground --fresh --help, --port",
            "demo --help, --keep", "demo -h, --json", "bench --help, --quick", "bench --json -h, --quick"})
    void helpSaysHowTheCommandIsUsedAndDoesNothing(String line, String option) {
        assertThat(run(line)).isZero();

        assertThat(said()).startsWith("usage: steward " + word(line) + " ").contains("\n  " + option);
        assertThat(said().split("usage:", -1)).as("the other commands are not in the way").hasSize(2);
        assertThat(complained()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"playground --colour, There is no --colour.", "playground --port eight, --port takes a number",
            "demo --fast, There is no --fast.", "bench slowly, There is no slowly."})
    void saysWhatItDoesNotUnderstandAndHowTheCommandIsUsed(String line, String why) {
        assertThat(run(line)).isEqualTo(2);

        assertThat(complained()).startsWith(why).contains("usage: steward " + word(line) + " ");
        assertThat(said()).isEmpty();
    }

    @Test
    void namesAllCommandsWhereNoneIsMeant() {
        assertThat(run("dance")).isEqualTo(2);

        assertThat(complained()).contains("usage: steward playground", "usage: steward demo", "usage: steward bench");
        assertThat(run("--help")).isZero();
        assertThat(said()).contains("usage: steward playground", "usage: steward demo", "usage: steward bench");
    }
}
