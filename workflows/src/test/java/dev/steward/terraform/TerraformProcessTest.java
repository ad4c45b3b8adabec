package dev.steward.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerraformProcessTest {
    private static final Map<String, String> PATH_ONLY = Map.of("PATH", "/usr/bin:/bin");
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);

    @TempDir
    Path temporary;

    @Test
    void writesWhoRunsBeforeItRunsAndTheExitCodeAfter() throws Exception {
        RunFolder folder = folder("run");
        var process = start(folder, "cp process seen; printf '{\"type\":\"version\"}\\n'; echo oops >&2; exit 7");

        assertThat(process.awaitEnd(LONG, POLL, () -> {})).isEqualTo(new Liveness.Ended(7));
        assertThat(folder.path().resolve("seen")).hasSameTextualContentAs(folder.process());
        assertThat(folder.process()).content().containsPattern(
                "^pid=\\d+ start=\\d+ wrapper=\\d+ wrapperStart=\\d+ boot=[0-9a-f-]{36} end\n$");
        assertThat(folder.output()).hasContent("{\"type\":\"version\"}\n");
        assertThat(folder.errors()).hasContent("oops\n");
        for (Path file : List.of(folder.output(), folder.errors(), folder.process(), folder.exit())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        }
    }

    @Test
    void runsInASessionOfItsOwnWithNothingToRead() throws Exception {
        RunFolder folder = folder("run");
        var process = start(folder, "cat; cut -d' ' -f6 /proc/$$/stat; tr '\\0' '\\n' < /proc/$$/environ | sort");

        process.awaitEnd(LONG, POLL, () -> {});

        assertThat(Files.readAllLines(folder.output())).containsExactly(
                Long.toString(folder.started().orElseThrow().wrapper().pid()), "PATH=/usr/bin:/bin",
                "STEWARD_RUN=" + folder.path());
    }

    @Test
    void servesOneCommandOnce() throws Exception {
        RunFolder folder = folder("run");
        start(folder, "exit 0").awaitEnd(LONG, POLL, () -> {});
        assertThatThrownBy(() -> start(folder, "touch again")).isInstanceOf(IllegalStateException.class);
        assertThat(folder.path().resolve("again")).doesNotExist();
        assertThat(folder.liveness()).isEqualTo(new Liveness.Ended(0));
    }

    @Test
    void aForbiddenFolderStartsNothingAnyMore() throws Exception {
        RunFolder folder = folder("run");
        assertThat(folder.liveness()).isEqualTo(new Liveness.NeverStarted());
        assertThat(folder.forbid()).isEqualTo(new Liveness.NeverStarted());

        Files.copy(
                Path.of(System.getProperty("steward.root"),
                        "workflows/src/main/resources/dev/steward/terraform/launch.sh"),
                folder.launcher());
        Process launcher = new ProcessBuilder("setsid", "sh", folder.launcher().toString(),
                folder.path().toString(), "touch", folder.path().resolve("ran").toString())
                .redirectErrorStream(true).redirectOutput(folder.launcherOutput().toFile()).start();
        launcher.waitFor();

        assertThat(folder.path().resolve("ran")).doesNotExist();
        assertThat(folder.exit()).doesNotExist();
        assertThat(folder.liveness()).isEqualTo(new Liveness.NeverStarted());
        assertThat(folder.forbid()).isEqualTo(new Liveness.NeverStarted());
    }

    @Test
    void forbiddingComesTooLateForWhatRuns() throws Exception {
        RunFolder folder = folder("run");
        var process = start(folder, "sleep 60");
        assertThat(folder.forbid()).isInstanceOf(Liveness.Running.class);
        process.kill();
    }

    @Test
    void waitsOnlyAsLongAsItsLimitAndDoesNotStopAnything() throws Exception {
        var process = start(folder("run"), "sleep 60");
        assertThat(process.awaitEnd(Duration.ofMillis(100), POLL, () -> {})).isInstanceOf(Liveness.Running.class);
        assertThat(process.liveness()).isInstanceOf(Liveness.Running.class);
        process.kill();
    }

    @Test
    void anInterruptedWaitDoesNotHurtIt() throws Exception {
        RunFolder folder = folder("run");
        var process = start(folder, "while [ ! -e go ]; do sleep 0.05; done; exit 3");
        var thrown = new AtomicReference<Throwable>();
        Thread waiter = Thread.ofVirtual().start(() -> {
            try {
                process.awaitEnd(LONG, POLL, () -> {});
            } catch (InterruptedException e) {
                thrown.set(e);
            }
        });
        waiter.interrupt();
        waiter.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(process.liveness()).isInstanceOf(Liveness.Running.class);

        Files.createFile(folder.path().resolve("go"));
        assertThat(process.awaitEnd(LONG, POLL, () -> {})).isEqualTo(new Liveness.Ended(3));
    }

    @Test
    void tellsOfNewOutput() throws Exception {
        RunFolder folder = folder("run");
        var calls = new AtomicInteger();
        start(folder, "echo one; sleep 0.3; echo two").awaitEnd(LONG, POLL, calls::incrementAndGet);
        assertThat(calls.get()).isBetween(2, 4);
    }

    @Test
    void anotherProcessOfTheSameNumberIsNotOurs() throws Exception {
        RunFolder folder = folder("run");
        long self = ProcessHandle.current().pid();
        write(folder, "pid=" + self + " start=1 wrapper=" + self + " wrapperStart=1 boot=" + boot() + " end\n");
        assertThat(folder.liveness()).isEqualTo(new Liveness.Vanished());
        assertThat(TerraformProcess.attach(folder).cancel()).isEqualTo(TerraformProcess.Cancellation.NOT_RUNNING);
        TerraformProcess.attach(folder).kill();
    }

    @Test
    void waitingForWhatHasTheNumberOfThisProcessNowEndsAtOnce() throws Exception {
        RunFolder folder = folder("run");
        long self = ProcessHandle.current().pid();
        write(folder, "pid=" + self + " start=1 wrapper=" + self + " wrapperStart=1 boot=" + boot() + " end\n");
        assertThat(TerraformProcess.attach(folder).awaitEnd(LONG, POLL, () -> {})).isEqualTo(new Liveness.Vanished());
    }

    @Test
    void aProcessOfAnotherBootIsNotOurs() throws Exception {
        RunFolder folder = folder("run");
        var self = ProcessIdentity.Stat.of(ProcessHandle.current().pid()).orElseThrow();
        String line = "pid=" + self.pid() + " start=" + self.start() + " wrapper=" + self.pid() + " wrapperStart="
                + self.start() + " boot=";
        write(folder, line + boot() + " end\n");
        assertThat(folder.liveness()).isEqualTo(new Liveness.Running(self.pid()));
        write(folder, line + "another end\n");
        assertThat(folder.liveness()).isEqualTo(new Liveness.Vanished());
        TerraformProcess.attach(folder).kill();
        write(folder, "");
        assertThat(folder.liveness()).isEqualTo(new Liveness.Vanished());
    }

    @Test
    void vanishesWhenWrapperAndProcessAreKilled() throws Exception {
        RunFolder folder = folder("run");
        var process = start(folder, "sleep 60");
        var started = folder.started().orElseThrow();
        ProcessHandle.of(started.wrapper().pid()).orElseThrow().destroyForcibly();
        await().until(() -> !started.wrapper().alive());
        assertThat(process.liveness()).isInstanceOf(Liveness.Running.class);
        process.kill();
        assertThat(process.liveness()).isEqualTo(new Liveness.Vanished());
    }

    @Test
    void aSignalToTheWrapperDoesNotCostTheExitCode() throws Exception {
        RunFolder folder = folder("run");
        var process = start(folder, "while [ ! -e go ]; do sleep 0.05; done; exit 5");
        var wrapper = ProcessHandle.of(folder.started().orElseThrow().wrapper().pid()).orElseThrow();
        wrapper.destroy();
        process.awaitEnd(Duration.ofMillis(200), POLL, () -> {});
        wrapper.destroy();
        Files.createFile(folder.path().resolve("go"));
        assertThat(process.awaitEnd(LONG, POLL, () -> {})).isEqualTo(new Liveness.Ended(5));
    }

    @Test
    void cancelSignalsOnceAndOnlyTheProcessItself() throws Exception {
        RunFolder folder = folder("run");
        var process = start(folder,
                "trap 'echo term; exit 1' TERM; (trap 'echo child' TERM; while :; do sleep 0.05; done) & "
                        + "echo ready; while :; do sleep 0.05; done");
        await().until(() -> Files.size(folder.output()) > 0);

        assertThat(process.cancel()).isEqualTo(TerraformProcess.Cancellation.SIGNALLED);
        assertThat(TerraformProcess.attach(folder).cancel()).isNotEqualTo(TerraformProcess.Cancellation.SIGNALLED);
        assertThat(process.awaitEnd(LONG, POLL, () -> {})).isEqualTo(new Liveness.Ended(1));

        assertThat(folder.output()).hasContent("ready\nterm\n");
        assertThat(folder.cancelRequested()).isTrue();
        assertThat(process.cancel()).isEqualTo(TerraformProcess.Cancellation.NOT_RUNNING);
        process.kill();
    }

    @Test
    void aSecondCancelDoesNotSignalAgain() throws Exception {
        RunFolder folder = folder("run");
        var process = start(folder, "trap 'echo term' TERM; echo ready; while :; do sleep 0.05; done");
        await().until(() -> Files.size(folder.output()) > 0);
        assertThat(process.cancel()).isEqualTo(TerraformProcess.Cancellation.SIGNALLED);
        assertThat(process.cancel()).isEqualTo(TerraformProcess.Cancellation.ALREADY_SIGNALLED);
        process.kill();
    }

    @Test
    void killTakesEverythingThatWasStartedEvenInOtherSessions() throws Exception {
        RunFolder folder = folder("run");
        var process = start(folder, "setsid sleep 61 & sleep 62 & trap '' TERM; sleep 0.2; echo ready; sleep 63");
        await().until(() -> Files.size(folder.output()) > 0);

        process.kill();

        assertThat(process.awaitEnd(LONG, POLL, () -> {})).isEqualTo(new Liveness.Ended(137));
        assertThat(ProcessIdentity.everything())
                .noneMatch(s -> ProcessIdentity.hasVariable(s.pid(), TerraformProcess.MARK, folder.path().toString()));
    }

    @Test
    void saysSoWhenNothingCanBeLaunched() {
        RunFolder folder = folder("run");
        assertThatThrownBy(() -> TerraformProcess.start(folder, List.of("true"), Map.of("PATH", "/nowhere")))
                .isInstanceOf(TerraformUnusable.class).hasMessageContaining("could not be launched");
        assertThat(folder.liveness()).isEqualTo(new Liveness.NeverStarted());
    }

    @Test
    void anApplySurvivesTheKillingOfTheStewardThatStartedIt() throws Exception {
        try (var backend = new LoopbackBackend()) {
            RunFolder folder = plannedSlowApply(backend);
            Process steward = stewardThatApplies(folder, backend);
            try (BufferedReader output = steward.inputReader()) {
                assertThat(output.readLine()).isEqualTo("started");
            }
            await().until(() -> backend.lock("slow").isPresent());
            steward.toHandle().destroyForcibly();
            steward.waitFor();

            var process = TerraformProcess.attach(new RunFolder(folder.path()));
            assertThat(process.liveness()).isInstanceOf(Liveness.Running.class);
            assertThat(process.awaitEnd(LONG, POLL, () -> {})).isEqualTo(new Liveness.Ended(0));

            assertThat(folder.output()).content().contains("Apply complete! Resources: 2 added");
            assertThat(folder.errors()).isEmptyFile();
            assertThat(backend.versions("slow")).isEqualTo(1);
            assertThat(backend.lock("slow")).isEmpty();
        }
    }

    @Test
    void aCancelledApplySavesItsStateAndUnlocks() throws Exception {
        try (var backend = new LoopbackBackend()) {
            RunFolder folder = plannedSlowApply(backend);
            var cli = TestTerraform.cli(temporary);
            var process = TerraformProcess.start(folder, cli.argv(new ApplyCommand(folder.plan(), Optional.empty())),
                    cli.environment(Optional.of(temporary.resolve("data")), Map.of(),
                            Optional.of(backend.environment("slow"))));
            await().until(() -> Files.readString(folder.output()).contains("apply_complete"));

            assertThat(process.cancel()).isEqualTo(TerraformProcess.Cancellation.SIGNALLED);
            process.awaitEnd(LONG, POLL, () -> {});

            int exitCode = ((Liveness.Ended) process.liveness()).exitCode();
            var verdict = ApplyVerdict.classify(Optional.of(exitCode), OutputEvents.read(folder.output()),
                    backend.versions("slow") > 0, true, folder.cancelRequested());
            assertThat(verdict).isEqualTo(new ApplyVerdict.Cancelled(
                    List.of(new Operation("terraform_data.a", "create")), true));
            assertThat(backend.lock("slow")).isEmpty();
            assertThat(new String(backend.state("slow").orElseThrow(), StandardCharsets.UTF_8))
                    .contains("\"name\": \"a\"");
        }
    }

    private RunFolder plannedSlowApply(LoopbackBackend backend) throws Exception {
        RunFolder folder = folder("run");
        PrivateFiles.deleteFolder(folder.module());
        PrivateFiles.copyModule(TestTerraform.module("slow"), folder.module());
        Files.writeString(folder.module().resolve("steward_backend.tf"), "terraform {\n  backend \"http\" {}\n}\n");
        Files.writeString(folder.varFile(), "{}");
        var cli = TestTerraform.cli(temporary);
        Call call = Call.in(folder.module(), temporary.resolve("output")).withDataFolder(temporary.resolve("data"))
                .withBackend(backend.environment("slow"));
        assertThat(cli.run(new InitCommand(true), call).exitCode()).isZero();
        var plan = new PlanCommand(PlanCommand.Mode.NORMAL, folder.varFile(), folder.plan());
        assertThat(cli.run(plan, call).exitCode()).isEqualTo(2);
        return folder;
    }

    private Process stewardThatApplies(RunFolder folder, LoopbackBackend backend) throws IOException {
        var cli = TestTerraform.cli(temporary);
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), StartAndWait.class.getName(), folder.path().toString()));
        command.addAll(cli.argv(new ApplyCommand(folder.plan(), Optional.empty())));
        var builder = new ProcessBuilder(command).redirectError(temporary.resolve("steward.err").toFile());
        builder.environment().clear();
        builder.environment().putAll(cli.environment(Optional.of(temporary.resolve("data")), Map.of(),
                Optional.of(backend.environment("slow"))));
        return builder.start();
    }

    private RunFolder folder(String name) {
        RunFolder folder = RunFolder.create(temporary.resolve(name));
        try {
            PrivateFiles.folder(folder.module());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return folder;
    }

    private static TerraformProcess start(RunFolder folder, String script) {
        return TerraformProcess.start(folder, List.of("sh", "-c", "cd ..; " + script), PATH_ONLY);
    }

    private static void write(RunFolder folder, String text) throws IOException {
        Files.writeString(folder.process(), text);
    }

    private static String boot() {
        return ProcessIdentity.currentBoot();
    }
}
