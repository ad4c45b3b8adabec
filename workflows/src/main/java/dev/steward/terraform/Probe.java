package dev.steward.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks whether what a module made is still there: by the configuration in the module's folder {@code probe}, which reads
 * and makes nothing, and whose output {@code found} names what it sees. It gets the inputs and the credentials of the
 * module, and is planned, never applied.
 */
final class Probe {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int MOST = 20;
    private static final int LONGEST = 200;
    private static final int SHOWN_BYTES = 16 * 1024 * 1024;

    private final TerraformCli cli;
    private final Path folder;

    /**
     * @param folder
     *            of its own; it is removed at the end
     */
    Probe(TerraformCli cli, Path folder) {
        this.cli = cli;
        this.folder = folder;
    }

    ProbeResult look(PreparedModule module, Map<String, JsonNode> inputs) throws InterruptedException {
        Path source = module.source().resolve(PreparedModule.PROBE);
        if (!Files.isDirectory(source)) {
            return new ProbeResult.None();
        }
        try {
            PrivateFiles.folder(folder);
            ModuleWorkspace.scratch(source, folder.resolve("module"));
            VarFile.write(varFile(), inputs);
            return look(module, Reading.known(module, "", inputs).build());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare a probe in " + folder, e);
        } catch (TerraformTimedOut e) {
            return new ProbeResult.Failed("Terraform took more than " + LIMIT.toMinutes() + " minutes");
        } finally {
            remove();
        }
    }

    private ProbeResult look(PreparedModule module, Redactor secrets) throws InterruptedException {
        Call call = new Call(folder.resolve("module"), folder.resolve("output"), Optional.of(folder.resolve("data")),
                Optional.empty(), module.credentials(), LIMIT);
        for (Command command : List.of(new InitCommand(false),
                new PlanCommand(PlanCommand.Mode.NORMAL, varFile(), plan()))) {
            Finished finished = cli.run(command, call);
            if (finished.exitCode() != 0 && finished.exitCode() != 2) {
                return new ProbeResult.Failed(secrets.redact(why(command, finished)));
            }
        }
        Finished shown = cli.run(new ShowCommand(plan()), call);
        JsonNode found = Json.tree(shown.outputText(SHOWN_BYTES)).path("planned_values").path("outputs").path("found");
        return found.path("value").isArray()
                ? found(found.path("value"), secrets)
                : new ProbeResult.Failed("its output `found` is no list that is known when it is planned");
    }

    private static String why(Command command, Finished finished) {
        return OutputEvents.read(finished.output()).diagnostics().stream()
                .filter(d -> d.severity() == RawDiagnostic.Severity.ERROR).map(RawDiagnostic::summary).findFirst()
                .orElse("terraform " + command.name() + " ended with code " + finished.exitCode());
    }

    private static ProbeResult found(JsonNode names, Redactor secrets) {
        List<String> what = new ArrayList<>();
        for (JsonNode name : names) {
            String text = secrets.redact(name.isTextual() ? name.asText() : name.toString());
            what.add(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
        }
        return what.isEmpty()
                ? new ProbeResult.Clear()
                : new ProbeResult.Found(what.subList(0, Math.min(MOST, what.size())));
    }

    private Path varFile() {
        return folder.resolve("inputs.tfvars.json");
    }

    private Path plan() {
        return folder.resolve("plan");
    }

    private void remove() {
        try {
            PrivateFiles.deleteFolder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
