package dev.steward.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans and applies for tests the way Steward does, with state in a {@link LoopbackBackend}. */
final class Bench implements AutoCloseable {
    static final byte[] KEY = new byte[32];

    final LoopbackBackend backend = new LoopbackBackend();
    final TerraformCli cli;
    final ModuleWorkspace workspace;
    private final Path root;
    private int attempts;

    Bench(Path root) {
        this.root = root;
        cli = TestTerraform.cli(root);
        workspace = new ModuleWorkspace(cli, TerraformVersion.OLDEST, root.resolve("prepared"));
    }

    /** An attempt that has ended. */
    record Attempt(RunFolder folder, Liveness end, OutputEvents events, VarFile varFile) {
        int exitCode() {
            assertThat(end).isInstanceOf(Liveness.Ended.class);
            return ((Liveness.Ended) end).exitCode();
        }

        List<Diagnostic> diagnostics(Redactor redactor) {
            return events.diagnostics().stream().map(d -> redactor.redact(d, varFile)).toList();
        }
    }

    Attempt plan(String stack, Path module, String inputs) throws InterruptedException {
        return plan(stack, module, inputs, PlanCommand.Mode.NORMAL);
    }

    Attempt plan(String stack, Path module, String inputs, PlanCommand.Mode mode) throws InterruptedException {
        RunFolder folder = folder(module);
        VarFile varFile = VarFile.write(folder.varFile(), inputs(inputs));
        return run(stack, module, folder, varFile, new PlanCommand(mode, folder.varFile(), folder.plan()));
    }

    /** Applies the plan of an attempt in a new folder. */
    Attempt apply(String stack, Path module, Attempt planned) throws InterruptedException, IOException {
        RunFolder folder = folder(module);
        Files.copy(planned.folder().plan(), folder.plan());
        return run(stack, module, folder, planned.varFile(), new ApplyCommand(folder.plan(), Optional.empty()));
    }

    private Attempt run(String stack, Path module, RunFolder folder, VarFile varFile, Command command)
            throws InterruptedException {
        var environment = cli.environment(Optional.of(data(module, stack)), Map.of(),
                Optional.of(backend.environment(stack)));
        var process = TerraformProcess.start(folder, cli.argv(command), environment);
        Liveness end = process.awaitEnd(Duration.ofSeconds(60), Duration.ofMillis(20), () -> {});
        return new Attempt(folder, end, OutputEvents.read(folder.output()), varFile);
    }

    JsonNode show(Attempt planned) throws InterruptedException {
        Call call = Call.in(planned.folder().module(), planned.folder().path().resolve("show"))
                .withDataFolder(root.resolve("unused"));
        Finished finished = cli.run(new ShowCommand(planned.folder().plan()), call);
        assertThat(finished.exitCode()).isZero();
        return Json.tree(finished.outputText(10_000_000));
    }

    PlanView view(Attempt planned) throws InterruptedException {
        JsonNode show = show(planned);
        return PlanReader.read(show, Redactor.builder().plan(show).build(), KEY);
    }

    static Map<String, JsonNode> inputs(String json) {
        var inputs = new HashMap<String, JsonNode>();
        Json.tree(json).properties().forEach(e -> inputs.put(e.getKey(), e.getValue()));
        return inputs;
    }

    private Path data(Path module, String stack) throws InterruptedException {
        Path name = module.getFileName();
        String digest = "digest" + (name == null ? "" : name.toString());
        return workspace.prepare(digest, module, backend.environment(stack));
    }

    private RunFolder folder(Path module) {
        RunFolder folder = RunFolder.create(root.resolve("attempt-" + ++attempts));
        ModuleWorkspace.checkOut(module, folder.module());
        return folder;
    }

    @Override
    public void close() {
        backend.close();
    }
}
