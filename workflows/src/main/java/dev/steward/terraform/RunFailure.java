package dev.steward.terraform;

import java.util.List;

/**
 * Why a run did not do what it should, in words that may be shown: everything in it has been redacted.
 *
 * @param what
 *            what happened, in a sentence
 * @param details
 *            more, in order of importance
 * @param fields
 *            what is wrong with which input
 */
public record RunFailure(String what, List<String> details, List<FieldProblem> fields) {

    public RunFailure {
        details = List.copyOf(details);
        fields = List.copyOf(fields);
    }

    /** A failure that one sentence tells. */
    public static RunFailure of(String what) {
        return new RunFailure(what, List.of(), List.of());
    }

    /**
     * What is wrong with one input.
     *
     * @param variable
     *            the module's variable
     */
    public record FieldProblem(String variable, String message) {}
}
