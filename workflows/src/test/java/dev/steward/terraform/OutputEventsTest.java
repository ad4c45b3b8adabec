package dev.steward.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputEventsTest {
    private static final String HOOK = "{\"type\":\"%s\",\"hook\":{\"resource\":{\"addr\":\"%s\"},\"action\":\"%s\"}}\n";

    @TempDir
    Path temporary;

    @Test
    void readsAnApplyFromPlanToSummary() throws Exception {
        try (var bench = new Bench(temporary)) {
            Path module = TestTerraform.module("changes");
            var planned = bench.plan("s", module, "{\"name\":\"n1\"}");
            assertThat(planned.events().planned()).isEqualTo(5);
            assertThat(planned.events().touched()).isFalse();
            assertThat(planned.events().version()).isPresent();
            assertThat(planned.events().summary()).contains(new ChangeSummary(5, 0, 0, 0, "plan"));

            var events = bench.apply("s", module, planned).events();

            assertThat(events.finished()).hasSize(5)
                    .contains(new Operation("module.child[0].terraform_data.this", "create"));
            assertThat(events.progress()).isEqualTo(new Progress(5, 5, ""));
            assertThat(events.summary()).contains(new ChangeSummary(5, 0, 0, 0, "apply"));
            assertThat(events.outputs()).containsOnlyKeys("name");

            var replacing = bench.apply("s", module, bench.plan("s", module, "{\"name\":\"n2\"}")).events();
            assertThat(replacing.progress()).isEqualTo(new Progress(3, 3, ""));
        }
    }

    @Test
    void followsAFileThatGrowsInPieces() throws IOException {
        Path file = temporary.resolve("out");
        var reader = new OutputReader(file);
        assertThat(reader.readMore()).isEqualTo(OutputEvents.none());

        append(file, planned("a") + planned("b") + HOOK.formatted("apply_start", "a", "create"));
        assertThat(reader.readMore().progress()).isEqualTo(new Progress(0, 2, "a"));

        String end = HOOK.formatted("apply_complete", "a", "create");
        append(file, HOOK.formatted("apply_start", "b", "create") + end.substring(0, 20));
        assertThat(reader.readMore().progress()).isEqualTo(new Progress(0, 2, "b"));
        append(file, end.substring(20));
        assertThat(reader.readMore().progress()).isEqualTo(new Progress(1, 2, "b"));

        append(file, HOOK.formatted("apply_errored", "b", "create"));
        OutputEvents events = reader.readMore();
        assertThat(events.progress()).isEqualTo(new Progress(2, 2, ""));
        assertThat(events.failed()).containsExactly(new Operation("b", "create"));
        assertThat(events).isEqualTo(OutputEvents.read(file));
    }

    @Test
    void skipsWhatItDoesNotUnderstand() throws IOException {
        Path file = temporary.resolve("out");
        append(file, "Successfully configured the backend\n\n{broken\n{}\n[1]\n{\"type\":\"new_in_1_99\"}\n\u0000\n"
                + "{\"type\":\"diagnostic\"}\n{\"type\":\"version\",\"pad\":\"" + "x".repeat(1_100_000) + "\"}\n"
                + HOOK.formatted("apply_start", "data.x.y", "read")
                + HOOK.formatted("apply_complete", "data.x.y", "read")
                + "{\"type\":\"change_summary\",\"changes\":{\"add\":1,\"change\":2,\"import\":3,\"remove\":4,\"operation\":\"apply\"}}\n");

        OutputEvents events = OutputEvents.read(file);

        assertThat(events.summary()).contains(new ChangeSummary(1, 2, 4, 3, "apply"));
        assertThat(events.touched()).isFalse();
        assertThat(events.version()).isEmpty();
        assertThat(events.diagnostics()).hasSize(1);
    }

    @Test
    void keepsOnlyOutputsThatAreNotSensitive() throws IOException {
        Path file = temporary.resolve("out");
        append(file,
                "{\"type\":\"outputs\",\"outputs\":{\"a\":{\"sensitive\":false,\"value\":1},\"b\":{\"sensitive\":true,"
                        + "\"value\":2},\"c\":{\"value\":3},\"d\":{\"sensitive\":false,\"action\":\"create\"}}}\n");
        assertThat(OutputEvents.read(file).outputs()).containsOnlyKeys("a");
    }

    @Test
    void keepsABoundedNumberOfDiagnosticsAndNoSnippet() throws IOException {
        Path file = temporary.resolve("out");
        append(file, ("{\"type\":\"diagnostic\",\"diagnostic\":{\"severity\":\"error\",\"summary\":\"s\",\"snippet\":"
                + "{\"code\":\"hush\",\"values\":[{\"traversal\":\"var.v\",\"statement\":\"is hush\"}]}}}\n")
                .repeat(300));
        var diagnostics = OutputEvents.read(file).diagnostics();
        assertThat(diagnostics).hasSize(200);
        assertThat(diagnostics.toString()).doesNotContain("hush");
        assertThat(diagnostics.getFirst().declared()).isEqualTo(Optional.of("v"));
    }

    @Test
    void findsErrorsBySummary() {
        var events = events(
                "{\"type\":\"diagnostic\",\"diagnostic\":{\"severity\":\"error\",\"summary\":\"Saved plan is stale\"}}\n");
        assertThat(events.hasError("Saved plan is stale")).isTrue();
        assertThat(events.hasError("Something else")).isFalse();
        assertThat(events.diagnostics()).extracting(RawDiagnostic::declared).isEqualTo(List.of(Optional.empty()));
    }

    private OutputEvents events(String text) {
        try {
            Path file = temporary.resolve("out");
            append(file, text);
            return OutputEvents.read(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String planned(String address) {
        return "{\"type\":\"planned_change\",\"change\":{\"resource\":{\"addr\":\"" + address
                + "\"},\"action\":\"create\"}}\n";
    }

    private static void append(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
