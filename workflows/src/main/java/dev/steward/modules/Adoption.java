package dev.steward.modules;

import java.util.List;

/**
 * What became of the modules that {@code modules.lock} names when a home begins.
 *
 * @param adopted
 *            names of those that are accepted now
 * @param findings
 *            why others are not
 */
public record Adoption(List<String> adopted, List<Finding> findings) {
    public Adoption {
        adopted = List.copyOf(adopted);
        findings = List.copyOf(findings);
    }
}
