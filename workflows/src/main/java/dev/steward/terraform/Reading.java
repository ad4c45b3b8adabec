package dev.steward.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what Terraform left in a run folder into what people may see. Nothing leaves here that has not been redacted
 * with all secrets known of the run: sensitive inputs, tokens and credentials, and whatever the plan marks.
 */
final class Reading {
    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);
    private static final int MOST_DETAILS = 20;

    private final TerraformCli cli;
    private final byte[] digestKey;

    Reading(TerraformCli cli, byte[] digestKey) {
        this.cli = cli;
        this.digestKey = digestKey.clone();
    }

    /** A plan that was read: the file's bytes, and what it would do. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, only handed on
    record Read(byte[] bytes, PlanView view) {}

    /**
     * What an apply left.
     *
     * @param inputs
     *            of the run
     * @param credentials
     *            values that may not be shown, whatever the plan says of them
     */
    record Remains(RunFolder folder, OutputEvents events, Map<String, JsonNode> inputs,
            Collection<String> credentials) {
        /** The same, with outputs that Terraform itself did not tell. */
        Remains withOutputs(Map<String, JsonNode> outputs) {
            return new Remains(folder, events.withOutputs(outputs), inputs, credentials);
        }

        /** Without values. */
        @Override
        public String toString() {
            return "Remains[" + folder + "]";
        }
    }

    /** The secrets that are known without looking at the plan. */
    static Redactor.Builder known(PreparedModule module, String token, Map<String, JsonNode> inputs) {
        Redactor.Builder secrets = Redactor.builder().secret(token).secrets(module.credentials().values());
        inputs.forEach((name, value) -> {
            if (module.secretVariables().contains(name)) {
                secrets.secret(value);
            }
        });
        return secrets;
    }

    Read plan(RunFolder folder, Redactor.Builder known) throws InterruptedException {
        JsonNode show = show(folder);
        try {
            return new Read(Files.readAllBytes(folder.plan()),
                    PlanReader.read(show, known.plan(show).build(), digestKey));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the plan in " + folder.path(), e);
        }
    }

    /** Why a plan failed, with what is wrong with which variable. */
    static RunFailure failure(String what, OutputEvents events, VarFile varFile, Redactor redactor) {
        List<Diagnostic> errors = errors(events, varFile, redactor);
        List<RunFailure.FieldProblem> fields = errors.stream().filter(e -> !e.variable().isEmpty())
                .map(e -> new RunFailure.FieldProblem(e.variable(), e.detail().isEmpty() ? e.summary() : message(e)))
                .toList();
        return new RunFailure(what, details(errors), fields);
    }

    /** Why an apply failed. The plan is looked at again for secrets: it is still in the folder. */
    RunFailure failure(String what, Remains remains) throws InterruptedException {
        List<Diagnostic> errors = errors(remains.events(), new VarFile(remains.folder().varFile(), List.of()),
                redactor(remains));
        return new RunFailure(what, details(errors), List.of());
    }

    /**
     * The outputs of an apply. Terraform leaves out what is marked sensitive; a secret that lost its mark on the way (the
     * {@code output} of a {@code terraform_data} has none) is masked here.
     */
    Map<String, String> outputs(Remains remains) throws InterruptedException {
        Map<String, String> outputs = new LinkedHashMap<>();
        if (!remains.events().outputs().isEmpty()) {
            Redactor redactor = redactor(remains);
            remains.events().outputs().forEach((name, value) -> {
                JsonNode redacted = redactor.redact(value);
                outputs.put(name, redacted.isTextual() ? redacted.asText() : redacted.toString());
            });
        }
        return outputs;
    }

    /** What is known of an apply whose end nobody saw. */
    RunFailure unknown(ApplyVerdict.Indeterminate verdict, Remains remains) throws InterruptedException {
        RunFailure failure = failure(verdict.why() + ".", remains);
        List<String> details = new ArrayList<>();
        verdict.finished().forEach(o -> details.add("done: " + o));
        verdict.unknown().forEach(o -> details.add("begun, and never heard of again: " + o));
        details.addAll(failure.details());
        return new RunFailure(failure.what(), details.subList(0, Math.min(details.size(), MOST_DETAILS)), List.of());
    }

    /**
     * All values that may be secret when an apply has ended. Should the plan not be readable any more, every input
     * counts as a secret.
     */
    private Redactor redactor(Remains remains) throws InterruptedException {
        Redactor.Builder secrets = Redactor.builder().secrets(remains.credentials());
        try {
            return secrets.plan(show(remains.folder())).build();
        } catch (RuntimeException e) {
            LOG.warn("the plan in {} cannot be read again; all inputs are masked: {}",
                    remains.folder().path().getFileName(),
                    e.toString());
            remains.inputs().values().forEach(secrets::secret);
            return secrets.build();
        }
    }

    private JsonNode show(RunFolder folder) throws InterruptedException {
        Finished finished = cli.run(new ShowCommand(folder.plan()), Call.in(folder.module(), folder.path()));
        try {
            if (finished.exitCode() != 0) {
                throw new IllegalStateException("terraform show failed in " + folder.path().getFileName());
            }
            return Json.tree(Files.readString(finished.output()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what terraform show said in " + folder.path(), e);
        } finally {
            delete(finished);
        }
    }

    private static void delete(Finished finished) {
        try {
            Files.deleteIfExists(finished.output());
        } catch (IOException e) {
            LOG.warn("cannot delete {}: it goes with its folder", finished.output());
        }
    }

    private static List<Diagnostic> errors(OutputEvents events, VarFile varFile, Redactor redactor) {
        return events.diagnostics().stream().map(raw -> redactor.redact(raw, varFile)).filter(Diagnostic::error)
                .toList();
    }

    private static List<String> details(List<Diagnostic> errors) {
        return errors.stream().map(Reading::text).distinct().limit(MOST_DETAILS).toList();
    }

    private static String text(Diagnostic error) {
        String at = error.address().isEmpty() ? "" : error.address() + ": ";
        return at + error.summary() + (error.detail().isEmpty() ? "" : ". " + error.detail().strip());
    }

    /** The part of a validation's message that its author wrote. */
    private static String message(Diagnostic error) {
        String detail = error.detail().strip();
        int end = detail.indexOf("\n\nThis was checked by the validation rule");
        return (end < 0 ? detail : detail.substring(0, end)).replace('\n', ' ').strip();
    }
}
