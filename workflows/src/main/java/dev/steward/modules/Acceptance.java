package dev.steward.modules;

import java.util.List;

/** What became of accepting a module. */
public sealed interface Acceptance {
    /** It is accepted: in the table, in the ledger and in {@code modules.lock}. */
    record Accepted(String name, String digest) implements Acceptance {}

    /**
     * It is not; nothing was written.
     *
     * @param findings
     *            every reason
     */
    record Refused(List<Finding> findings) implements Acceptance {
        public Refused {
            findings = List.copyOf(findings);
        }
    }
}
