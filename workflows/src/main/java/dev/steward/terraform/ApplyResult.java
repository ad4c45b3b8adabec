package dev.steward.terraform;

import dev.steward.ledger.Actor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** How applying ended. */
public sealed interface ApplyResult {
    /**
     * All of it is done.
     *
     * @param outputs
     *            those that are not secret, as text, in their order
     * @param gone
     *            addresses that Terraform reported deleted
     */
    record Applied(int created, int updated, int deleted, Map<String, String> outputs, Set<String> gone)
            implements
                ApplyResult {
        public Applied {
            outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
            gone = Set.copyOf(gone);
        }
    }

    /** It failed, and nothing was changed. */
    record Failed(RunFailure failure) implements ApplyResult {}

    /** It failed or was stopped half-way. */
    record Partial(RunFailure failure) implements ApplyResult {}

    /** It was stopped before anything was changed. */
    record Cancelled(Actor by) implements ApplyResult {}

    /** Terraform found that the plan no longer fits the state. */
    record Stale(String why) implements ApplyResult {}

    /** Nobody can say what was done. */
    record Indeterminate(RunFailure failure) implements ApplyResult {}

    /** Terraform never got its lock: nothing was done, and it may be claimed again. */
    record NotStarted() implements ApplyResult {}
}
