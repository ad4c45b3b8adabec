package dev.steward.playground.bench;

import dev.steward.database.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Terraform as a pipeline would call it: a fresh checkout of the module, {@code init}, {@code plan} to a file,
 * {@code show -json} of it; later {@code apply} of that file. State is a local file, with nobody's lock to wait for.
 */
final class RawTerraform {
    private final Path module;
    private final Path folder;
    private final String binary = System.getenv().getOrDefault("STEWARD_TERRAFORM", "terraform");
    private int made;

    RawTerraform(Path module, Path folder) {
        this.module = module;
        this.folder = folder;
    }

    /** Milliseconds that both took. */
    record Took(double plan, double apply) {}

    /** Plans and applies once; copying the module is not counted. */
    Took once(Map<String, ?> inputs) {
        Path work = folder.resolve("raw-" + ++made);
        try {
            checkOut(work);
            Files.writeString(work.resolve("inputs.tfvars.json"), Json.text(inputs));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot check the module out to " + work, e);
        }
        long began = System.nanoTime();
        run(work, "init", "-input=false", "-no-color");
        run(work, "plan", "-input=false", "-no-color", "-var-file=inputs.tfvars.json", "-out=plan");
        run(work, "show", "-json", "plan");
        long planned = System.nanoTime();
        run(work, "apply", "-input=false", "-no-color", "plan");
        return new Took((planned - began) / 1e6, (System.nanoTime() - planned) / 1e6);
    }

    private void checkOut(Path work) throws IOException {
        Files.createDirectory(work);
        try (Stream<Path> files = Files.list(module)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, work.resolve(file.getFileName()));
            }
        }
    }

    private void run(Path work, String... arguments) {
        List<String> command = new ArrayList<>(List.of(binary));
        command.addAll(List.of(arguments));
        Path output = work.resolve(arguments[0] + ".out");
        ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true)
                .redirectInput(new File("/dev/null")).redirectOutput(output.toFile());
        builder.environment().put("CHECKPOINT_DISABLE", "1");
        builder.environment().put("TF_IN_AUTOMATION", "1");
        try {
            int exitCode = builder.start().waitFor();
            if (exitCode != 0) {
                throw new IllegalStateException("terraform " + arguments[0] + ": " + Files.readString(output));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("terraform " + arguments[0] + " could not run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
