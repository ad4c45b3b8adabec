package dev.steward.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleWorkspaceTest {
    private static final String DIGEST = "0123456789abcdef";

    @TempDir
    Path temporary;

    private LoopbackBackend backend;
    private ModuleWorkspace workspace;
    private final Path module = TestTerraform.module("changes");

    @BeforeEach
    void open() {
        backend = new LoopbackBackend();
        workspace = over(TestTerraform.cli(temporary));
    }

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void preparesOnceForAllStacks() throws Exception {
        Path data = workspace.prepare(DIGEST, module, backend.environment("one"));
        assertThat(workspace.prepare(DIGEST, module, backend.environment("two"))).isEqualTo(data);
        assertThat(over(TestTerraform.cli(temporary)).prepare(DIGEST, module, backend.environment("three")))
                .as("another Steward on the same home").isEqualTo(data);

        assertThat(backend.journal()).as("init reads once and locks nothing").containsExactly("GET one 204");
        assertThat(data.resolve("terraform.tfstate")).content().contains("\"type\": \"http\"")
                .doesNotContain("127.0.0.1", "loopback-token");
    }

    @Test
    void whatIsPreparedIsReadOnly() throws Exception {
        Path data = workspace.prepare(DIGEST, module, backend.environment("s"));
        try (Stream<Path> all = Files.walk(data)) {
            assertThat(all.map(ModuleWorkspaceTest::mode)).allMatch(mode -> !mode.contains("w"));
        }
    }

    @Test
    void differentStacksArePlannedAndAppliedFromTheSameData() throws Exception {
        try (var bench = new Bench(temporary)) {
            for (String stack : List.of("one", "two")) {
                var planned = bench.plan(stack, module, "{\"name\":\"" + stack + "\"}");
                assertThat(bench.apply(stack, module, planned).exitCode()).isZero();
                assertThat(bench.backend.versions(stack)).isEqualTo(1);
            }
            assertThat(bench.backend.journal()).containsExactly("GET one 204", "LOCK one 200 OperationTypePlan",
                    "GET one 204", "UNLOCK one 200", "LOCK one 200 OperationTypeApply", "GET one 204", "GET one 204",
                    "POST one 200", "UNLOCK one 200", "LOCK two 200 OperationTypePlan", "GET two 204", "UNLOCK two 200",
                    "LOCK two 200 OperationTypeApply", "GET two 204", "GET two 204", "POST two 200", "UNLOCK two 200");
        }
    }

    @Test
    void concurrentPreparersWaitForOne() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Path>> calls = Stream.generate(() -> (Callable<Path>) () -> workspace.prepare(DIGEST, module,
                    backend.environment("s"))).limit(8).toList();
            for (Future<Path> prepared : threads.invokeAll(calls)) {
                assertThat(prepared.get().resolve("terraform.tfstate")).exists();
            }
        }
        assertThat(backend.journal()).hasSize(1);
    }

    @Test
    void whatACrashLeftHalfDoneIsDoneAgain() throws Exception {
        Path data = workspace.prepare(DIGEST, module, backend.environment("s"));
        Path folder = Optional.ofNullable(data.getParent()).orElseThrow();
        Files.delete(folder.resolve("prepared"));
        Files.createFile(folder.resolve("module/leftover.tf"));

        workspace.prepare(DIGEST, module, backend.environment("s"));

        assertThat(folder.resolve("prepared")).exists();
        assertThat(folder.resolve("module/leftover.tf")).doesNotExist();
        assertThat(backend.journal()).hasSize(2);
    }

    @Test
    void aFailedInitSaysWhyAndMayBeTriedAgain() throws Exception {
        Path broken = TestTerraform.moduleOf(temporary.resolve("broken"),
                "terraform {\n  required_version = \">= 99\"\n}\n");
        assertThatThrownBy(() -> workspace.prepare(DIGEST, broken, backend.environment("s")))
                .isInstanceOf(ModuleNotPrepared.class).hasMessageContaining("Unsupported Terraform Core version");
        assertThatThrownBy(() -> workspace.prepare(DIGEST, broken, backend.environment("s")))
                .isInstanceOf(ModuleNotPrepared.class);
        assertThat(workspace.prepare(DIGEST, module, backend.environment("s"))).exists();
    }

    @Test
    void aWorkingCopyIsWritableAndHasTheBackend() throws Exception {
        Path source = readOnlyModule();
        Path copy = temporary.resolve("copy");

        ModuleWorkspace.checkOut(source, copy);

        assertThat(copy.resolve("steward_backend.tf")).hasContent("terraform {\n  backend \"http\" {}\n}\n");
        assertThat(mode(copy)).isEqualTo("rwx------");
        assertThat(mode(copy.resolve("main.tf"))).isEqualTo("rw-------");
        assertThat(mode(copy.resolve("run.sh"))).isEqualTo("rwx------");
        assertThat(copy.resolve(".terraform")).as("not covered by the digest").doesNotExist();
        ModuleWorkspace.scratch(source, temporary.resolve("scratch"));
        assertThat(temporary.resolve("scratch/steward_backend.tf")).doesNotExist();
    }

    @Test
    void refusesAModuleThatBringsItsOwnBackendFile() throws IOException {
        Path source = TestTerraform.moduleOf(temporary.resolve("m"), "");
        Files.createFile(source.resolve("steward_backend.tf"));
        assertThatThrownBy(() -> ModuleWorkspace.checkOut(source, temporary.resolve("copy")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("steward_backend.tf");
    }

    @Test
    void refusesSymbolicLinks() throws IOException {
        Path source = TestTerraform.moduleOf(temporary.resolve("m"), "");
        Files.createSymbolicLink(source.resolve("link"), Path.of("/etc/passwd"));
        assertThatThrownBy(() -> ModuleWorkspace.checkOut(source, temporary.resolve("copy")))
                .hasStackTraceContaining("symbolic link");
    }

    @Test
    void refusesADigestThatIsAPath() {
        assertThatThrownBy(() -> workspace.prepare("../../etc", module, backend.environment("s")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private ModuleWorkspace over(TerraformCli cli) {
        return new ModuleWorkspace(cli, TerraformVersion.OLDEST, temporary.resolve("prepared"));
    }

    private Path readOnlyModule() throws IOException {
        Path source = TestTerraform.moduleOf(temporary.resolve("m"), "# empty\n");
        Files.writeString(source.resolve("run.sh"), "#!/bin/sh\n");
        Files.createDirectories(source.resolve(".terraform/providers"));
        Files.setPosixFilePermissions(source.resolve("run.sh"), PosixFilePermissions.fromString("r-xr-xr-x"));
        Files.setPosixFilePermissions(source.resolve("main.tf"), PosixFilePermissions.fromString("r--r--r--"));
        return source;
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
