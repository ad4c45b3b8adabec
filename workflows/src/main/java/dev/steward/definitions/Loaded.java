package dev.steward.definitions;

import java.util.List;
import java.util.Optional;

/**
 * What a folder of workflow files holds.
 *
 * @param workflows
 *            those without a problem, by name
 * @param problems
 *            all of them, of all files, by file and line; empty when everything may be used
 */
public record Loaded(List<Workflow> workflows, List<Problem> problems) {

    public Loaded {
        workflows = List.copyOf(workflows);
        problems = List.copyOf(problems);
    }

    /** The workflow of that name. */
    public Optional<Workflow> workflow(String name) {
        return workflows.stream().filter(w -> w.name().equals(name)).findFirst();
    }
}
