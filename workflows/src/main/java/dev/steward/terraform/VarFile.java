package dev.steward.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The inputs of a run as a {@code *.tfvars.json} file, one variable per line, so that the line of a diagnostic names the
 * variable. Strings are literal there: <code>${...}</code> is not evaluated.
 *
 * @param names
 *            the variables in the order of their lines; the first stands on line 2
 */
record VarFile(Path file, List<String> names) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    VarFile {
        names = List.copyOf(names);
    }

    /**
     * Writes the file with mode 0600.
     *
     * @throws IllegalArgumentException
     *             if the file's name would make Terraform read it as HCL, or a variable's name is none
     */
    static VarFile write(Path file, Map<String, JsonNode> inputs) {
        if (!file.toString().endsWith(".tfvars.json")) {
            throw new IllegalArgumentException("a var file's name ends with .tfvars.json: " + file);
        }
        var sorted = new TreeMap<>(inputs);
        sorted.keySet().forEach(VarFile::requireName);
        var lines = sorted.entrySet().stream().map(e -> Json.text(e.getKey()) + ":" + Json.text(e.getValue())).toList();
        String text = "{\n" + String.join(",\n", lines) + "\n}\n";
        try {
            PrivateFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the inputs to " + file, e);
        }
        return new VarFile(file, List.copyOf(sorted.keySet()));
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of a Terraform variable: " + name);
        }
    }

    /** The variable that a diagnostic is about: by its line in this file, else the one it mentions. */
    Optional<String> variable(RawDiagnostic diagnostic) {
        Path name = file.getFileName();
        boolean here = name != null && Path.of(diagnostic.file()).endsWith(name);
        int index = diagnostic.line() - 2;
        if (here && index >= 0 && index < names.size()) {
            return Optional.of(names.get(index));
        }
        return diagnostic.declared();
    }
}
