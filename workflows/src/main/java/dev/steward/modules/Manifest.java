package dev.steward.modules;

import java.util.List;
import java.util.Map;

/**
 * A module's {@code module.yaml}: what it says of itself, and what it asks vetting to let pass.
 *
 * @param lines
 *            where each variable and output stands, for findings
 */
record Manifest(ModuleDescriptor descriptor, List<Exemption> exemptions, Lines lines) {

    /** Whether the module gives a reason for using that. */
    boolean exempts(String use) {
        return exemptions.stream().anyMatch(e -> e.use().equals(use));
    }

    /**
     * Something that vetting refuses unless a reason is given.
     *
     * @param use
     *            one of {@link ModuleFiles#EXEMPTABLE}
     * @param why
     *            for the person who accepts the module
     */
    record Exemption(String use, String why, int line) {}

    /** Lines in {@code module.yaml}, by name. */
    record Lines(Map<String, Integer> variables, Map<String, Integer> outputs) {
        int variable(String name) {
            return variables.getOrDefault(name, 0);
        }

        int output(String name) {
            return outputs.getOrDefault(name, 0);
        }
    }
}
