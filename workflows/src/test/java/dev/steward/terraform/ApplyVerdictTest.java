package dev.steward.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.terraform.ApplyVerdict.Applied;
import dev.steward.terraform.ApplyVerdict.Cancelled;
import dev.steward.terraform.ApplyVerdict.Failed;
import dev.steward.terraform.ApplyVerdict.Indeterminate;
import dev.steward.terraform.ApplyVerdict.LockRefused;
import dev.steward.terraform.ApplyVerdict.NothingChanged;
import dev.steward.terraform.ApplyVerdict.Partial;
import dev.steward.terraform.ApplyVerdict.Stale;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ApplyVerdictTest {
    private static final Operation A = new Operation("a", "create");
    private static final Operation B = new Operation("b", "create");
    private static final boolean ADVANCED = true;
    private static final boolean LOCKED = true;
    private static final boolean CANCEL = true;
    private static final int VANISHED = -1;

    @TempDir
    Path temporary;

    static Stream<Arguments> table() {
        var nothing = OutputEvents.none();
        var done = events(List.of(), List.of(A), List.of(), 1);
        var zero = events(List.of(), List.of(), List.of(), 0);
        var half = events(List.of(), List.of(A), List.of(B), -1);
        var some = events(List.of(), List.of(A), List.of(), -1);
        var open = events(List.of(B), List.of(A), List.of(), -1);
        var refused = events(List.of(), List.of(), List.of(A), -1);
        return Stream.of(
                row(0, done, ADVANCED, LOCKED, false, Applied.class),
                row(0, done, ADVANCED, LOCKED, CANCEL, Applied.class),
                row(0, zero, ADVANCED, LOCKED, false, Applied.class),
                row(0, zero, false, LOCKED, false, NothingChanged.class),
                row(0, done, false, LOCKED, false, Indeterminate.class),
                row(0, some, ADVANCED, LOCKED, false, Indeterminate.class),
                row(0, nothing, false, LOCKED, false, Indeterminate.class),
                row(0, nothing, false, LOCKED, CANCEL, Cancelled.class),
                row(0, nothing, ADVANCED, LOCKED, CANCEL, Indeterminate.class),
                row(0, events(List.of(), List.of(A), List.of(B), 1), ADVANCED, LOCKED, false, Indeterminate.class),
                row(0, events(List.of(B), List.of(A), List.of(), 1), ADVANCED, LOCKED, false, Indeterminate.class),
                row(1, nothing, false, LOCKED, false, Failed.class),
                row(1, refused, false, LOCKED, false, Failed.class),
                row(1, half, ADVANCED, LOCKED, false, Partial.class),
                row(1, some, ADVANCED, LOCKED, false, Partial.class),
                row(1, refused, ADVANCED, LOCKED, false, Partial.class),
                row(1, half, false, LOCKED, false, Indeterminate.class),
                row(1, open, ADVANCED, LOCKED, false, Indeterminate.class),
                row(1, half, ADVANCED, LOCKED, CANCEL, Cancelled.class),
                row(1, nothing, false, LOCKED, CANCEL, Cancelled.class),
                row(1, open, ADVANCED, LOCKED, CANCEL, Indeterminate.class),
                row(1, stale("Saved plan is stale", false), false, LOCKED, false, Stale.class),
                row(1, stale("Saved plan does not match the given state", false), false, LOCKED, CANCEL, Stale.class),
                row(1, stale("Saved plan is stale", true), ADVANCED, LOCKED, false, Partial.class),
                row(1, unsent(List.of(A, B), ApplyVerdict.NOT_SENT), ADVANCED, LOCKED, false, Applied.class),
                row(1, unsent(List.of(A, B), ApplyVerdict.NOT_SENT), ADVANCED, LOCKED, CANCEL, Applied.class),
                row(1, unsent(List.of(A, B), ApplyVerdict.NOT_SENT), false, LOCKED, false, Indeterminate.class),
                row(1, unsent(List.of(A, B), List.of("Failed to save state")), ADVANCED, LOCKED, false, Partial.class),
                row(1, unsent(List.of(A, B), List.of("Error releasing the state lock")), ADVANCED, LOCKED, false,
                        Applied.class),
                row(137, unsent(List.of(A, B), ApplyVerdict.NOT_SENT), ADVANCED, LOCKED, false, Partial.class),
                row(1, unsent(List.of(A), ApplyVerdict.NOT_SENT), ADVANCED, LOCKED, false, Partial.class),
                row(1, unsent(List.of(A, B), List.of("Failed to save state", "Check failed")), ADVANCED, LOCKED, false,
                        Partial.class),
                row(1, unsent(List.of(A, B),
                        Collections.nCopies(OutputReader.MOST_DIAGNOSTICS, "Failed to save state")),
                        ADVANCED, LOCKED, false, Partial.class),
                row(137, open, false, LOCKED, CANCEL, Indeterminate.class),
                row(137, nothing, false, LOCKED, CANCEL, Cancelled.class),
                row(143, nothing, false, LOCKED, false, Failed.class),
                row(VANISHED, nothing, false, LOCKED, false, Indeterminate.class),
                row(VANISHED, done, ADVANCED, LOCKED, false, Indeterminate.class),
                row(VANISHED, nothing, false, false, false, LockRefused.class),
                row(1, nothing, false, false, false, LockRefused.class),
                row(0, nothing, false, false, false, LockRefused.class),
                row(0, done, false, false, false, Indeterminate.class),
                row(1, nothing, ADVANCED, false, false, Indeterminate.class));
    }

    @ParameterizedTest
    @MethodSource("table")
    void judgesByEverythingAtOnce(int exitCode, OutputEvents events, boolean advanced, boolean locked, boolean cancel,
            Class<?> expected) {
        var code = exitCode == VANISHED ? Optional.<Integer>empty() : Optional.of(exitCode);
        assertThat(ApplyVerdict.classify(code, events, advanced, locked, cancel)).isInstanceOf(expected);
    }

    @Test
    void listsWhatIsFinishedAndWhatIsUnknown() {
        var events = events(List.of(B), List.of(A), List.of(), -1);
        assertThat(ApplyVerdict.classify(Optional.empty(), events, false, true, false)).isEqualTo(
                new Indeterminate("Terraform vanished without an exit code", List.of(A), List.of(B)));
    }

    @Test
    void aRealFailureHalfWayIsPartial() throws Exception {
        try (var bench = new Bench(temporary)) {
            Path module = TestTerraform.module("partial");
            var applied = bench.apply("s", module, bench.plan("s", module, "{}"));

            var verdict = ApplyVerdict.classify(Optional.of(applied.exitCode()), applied.events(),
                    bench.backend.versions("s") > 0, true, false);

            assertThat(verdict).isInstanceOfSatisfying(Partial.class, partial -> assertThat(partial.finished())
                    .extracting(Operation::address).containsExactly("terraform_data.first", "terraform_data.second"));
            assertThat(applied.events().summary()).isEmpty();
        }
    }

    @Test
    void aRealRefusalOfTheLockDoesNothing() throws Exception {
        try (var bench = new Bench(temporary)) {
            Path module = TestTerraform.module("changes");
            var planned = bench.plan("s", module, "{\"name\":\"n\"}");
            var wrong = new BackendEnvironment(bench.backend.environment("s").address(), "attempt", "wrong");
            RunFolder folder = RunFolder.create(temporary.resolve("refused"));
            ModuleWorkspace.checkOut(module, folder.module());
            var command = new ApplyCommand(planned.folder().plan(), Optional.empty());
            var data = bench.workspace.prepare("digestchanges", module, wrong);
            var process = TerraformProcess.start(folder, bench.cli.argv(command),
                    bench.cli.environment(Optional.of(data), Map.of(), Optional.of(wrong)));
            var end = process.awaitEnd(Duration.ofSeconds(30), Duration.ofMillis(20), () -> {});

            assertThat(end).isEqualTo(new Liveness.Ended(1));
            assertThat(ApplyVerdict.classify(Optional.of(1), OutputEvents.read(folder.output()), false, false, false))
                    .isInstanceOf(LockRefused.class);
            assertThat(bench.backend.state("s")).isEmpty();
        }
    }

    private static Arguments row(int exitCode, OutputEvents events, boolean advanced, boolean locked, boolean cancel,
            Class<?> expected) {
        return Arguments.of(exitCode, events, advanced, locked, cancel, expected);
    }

    private static OutputEvents events(List<Operation> started, List<Operation> finished, List<Operation> failed,
            int added) {
        var summary = added < 0
                ? Optional.<ChangeSummary>empty()
                : Optional.of(new ChangeSummary(added, 0, 0, 0, "apply"));
        return new OutputEvents(Optional.of("1.11.4"), List.of(), 2, started, finished, failed, summary, Map.of());
    }

    private static OutputEvents unsent(List<Operation> finished, List<String> errors) {
        var diagnostics = errors.stream()
                .map(e -> new RawDiagnostic(RawDiagnostic.Severity.ERROR, e, "", "", "", 0, Optional.empty())).toList();
        return new OutputEvents(Optional.of("1.11.4"), diagnostics, 2, List.of(), finished, List.of(),
                Optional.empty(), Map.of());
    }

    private static OutputEvents stale(String summary, boolean touched) {
        var diagnostic = new RawDiagnostic(RawDiagnostic.Severity.ERROR, summary, "", "", "", 0, Optional.empty());
        return new OutputEvents(Optional.of("1.11.4"), List.of(diagnostic), 2, List.of(),
                touched ? List.of(A) : List.of(), List.of(), Optional.empty(), Map.of());
    }
}
