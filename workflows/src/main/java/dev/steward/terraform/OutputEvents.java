package dev.steward.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the {@code -json} output of a plan or an apply has told so far. Not redacted.
 *
 * @param version
 *            of the Terraform that wrote it
 * @param planned
 *            operations that an apply will report; reads, imports and what is only forgotten report none
 * @param started
 *            begun and not ended: what became of them is unknown once Terraform is gone
 * @param finished
 *            ended well
 * @param failed
 *            ended badly; a resource may exist nevertheless
 * @param outputs
 *            the values of outputs that are not sensitive, after an apply
 */
record OutputEvents(Optional<String> version, List<RawDiagnostic> diagnostics, int planned, List<Operation> started,
        List<Operation> finished, List<Operation> failed, Optional<ChangeSummary> summary,
        Map<String, JsonNode> outputs) {

    OutputEvents {
        diagnostics = List.copyOf(diagnostics);
        started = List.copyOf(started);
        finished = List.copyOf(finished);
        failed = List.copyOf(failed);
        outputs = Map.copyOf(outputs);
    }

    /** Nothing so far. */
    static OutputEvents none() {
        return new OutputEvents(Optional.empty(), List.of(), 0, List.of(), List.of(), List.of(), Optional.empty(),
                Map.of());
    }

    /** Everything that the file holds now. */
    static OutputEvents read(Path file) {
        return new OutputReader(file).readAll();
    }

    /** The same, with outputs that were learnt in another way. */
    OutputEvents withOutputs(Map<String, JsonNode> others) {
        return new OutputEvents(version, diagnostics, planned, started, finished, failed, summary, others);
    }

    /** How far the apply is. */
    Progress progress() {
        int done = finished.size() + failed.size();
        return new Progress(done, Math.max(planned, done + started.size()),
                started.isEmpty() ? "" : started.getLast().address());
    }

    /** Whether any resource was touched. */
    boolean touched() {
        return !started.isEmpty() || !finished.isEmpty() || !failed.isEmpty();
    }

    /** Whether an error has that summary, or one that begins with it. */
    boolean hasError(String summary) {
        return diagnostics.stream()
                .anyMatch(d -> d.severity() == RawDiagnostic.Severity.ERROR && d.summary().startsWith(summary));
    }
}
