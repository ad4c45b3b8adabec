package dev.steward.modules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Json;
import dev.steward.terraform.Finished;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The errors that Terraform reports with {@code -json}: one object ({@code validate}) or one per line (the others). */
record Diagnostics(List<Diagnostic> errors) {
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    /**
     * One error.
     *
     * @param file
     *            empty when Terraform names none
     * @param line
     *            0 when Terraform names none
     */
    record Diagnostic(String file, int line, String summary, String detail) {
        Finding finding(String advice) {
            String what = "Terraform says: " + summary + (detail.isBlank()
                    ? ""
                    : " (" + detail.strip()
                            .replaceAll("\\s+", " ").replaceAll("[.:]$", "") + ")");
            return Finding.at(file.isEmpty() ? "." : file, line, what, advice);
        }
    }

    static Diagnostics of(Finished finished) {
        String text = finished.outputText(MAX_BYTES);
        var errors = new ArrayList<Diagnostic>();
        parsed(text).ifPresentOrElse(whole -> {
            whole.path("diagnostics").forEach(d -> add(d, errors));
            add(whole.path("diagnostic"), errors);
        }, () -> text.lines().forEach(line -> parsed(line).ifPresent(l -> add(l.path("diagnostic"), errors))));
        return new Diagnostics(List.copyOf(errors));
    }

    private static Optional<JsonNode> parsed(String text) {
        try {
            return text.startsWith("{") && !text.strip().contains("\n{")
                    ? Optional.of(Json.tree(text))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // init prints some lines that are not JSON
        }
    }

    private static void add(JsonNode diagnostic, List<Diagnostic> errors) {
        if (diagnostic.path("severity").asText().equals("error")) {
            errors.add(new Diagnostic(diagnostic.path("range").path("filename").asText(),
                    diagnostic.path("range").path("start").path("line").asInt(),
                    diagnostic.path("summary").asText(), diagnostic.path("detail").asText()));
        }
    }
}
