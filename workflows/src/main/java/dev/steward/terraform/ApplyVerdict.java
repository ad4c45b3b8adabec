package dev.steward.terraform;

import java.util.List;
import java.util.Optional;

/**
 * What an apply has really done, judged by everything at once: exit code 1 does not mean "not applied", 0 does not mean
 * "not cancelled", and neither tells whether the state arrived.
 */
sealed interface ApplyVerdict {
    /** Summaries by which Terraform refuses a plan that does not fit the state. */
    List<String> STALE = List.of("Saved plan is stale", "Saved plan does not match the given state");

    /** Summaries by which Terraform says that it could not hand its state over, or not end its lock, and nothing else. */
    List<String> NOT_SENT = List.of("Failed to save state", "Failed to persist state to backend",
            "Error releasing the state lock");

    /**
     * All of it was done and the state has it; also when a cancellation came too late, or when Terraform ended badly for
     * no other reason than that its state could not be stored at once.
     */
    record Applied(ChangeSummary summary) implements ApplyVerdict {}

    /** It ended well and there was nothing to do. */
    record NothingChanged() implements ApplyVerdict {}

    /** It ended badly before it had changed anything that was recorded. */
    record Failed() implements ApplyVerdict {}

    /**
     * Some of it was done, the state has that, and the rest was not.
     *
     * @param failed
     *            ended badly; such a resource may exist, and is then tainted in the state
     */
    record Partial(List<Operation> finished, List<Operation> failed) implements ApplyVerdict {}

    /**
     * It stopped because it was told to.
     *
     * @param finished
     *            what was done before; the state has it
     * @param changed
     *            whether the state has advanced
     */
    record Cancelled(List<Operation> finished, boolean changed) implements ApplyVerdict {}

    /** The state has changed since the plan was made; nothing was done. */
    record Stale() implements ApplyVerdict {}

    /** The lock was never granted, so nothing was done; another attempt is safe. */
    record LockRefused() implements ApplyVerdict {}

    /**
     * Nobody can know from here. A person must look, and only a new plan may follow.
     *
     * @param why
     *            for people
     * @param unknown
     *            begun, and never heard of again
     */
    record Indeterminate(String why, List<Operation> finished, List<Operation> unknown) implements ApplyVerdict {}

    /**
     * Judges an apply that has ended.
     *
     * @param exitCode
     *            absent when Terraform has vanished
     * @param stateAdvanced
     *            whether the stack's serial has grown under this attempt, {@code errored.tfstate} included: take that
     *            in first
     * @param lockGranted
     *            whether our endpoint has granted this attempt its lock
     * @param cancelRequested
     *            our own flag; Terraform's exit code does not tell
     */
    static ApplyVerdict classify(Optional<Integer> exitCode, OutputEvents events, boolean stateAdvanced,
            boolean lockGranted, boolean cancelRequested) {
        if (!lockGranted) {
            return events.touched() || stateAdvanced
                    ? indeterminate("Terraform worked without the lock", events)
                    : new LockRefused();
        }
        if (exitCode.isEmpty()) {
            return indeterminate("Terraform vanished without an exit code", events);
        }
        return exitCode.get() == 0
                ? endedWell(events, stateAdvanced, cancelRequested)
                : endedBadly(exitCode.get(), events, stateAdvanced, cancelRequested);
    }

    private static ApplyVerdict endedWell(OutputEvents events, boolean stateAdvanced, boolean cancelRequested) {
        Optional<ChangeSummary> summary = events.summary().filter(s -> s.operation().equals("apply"));
        if (summary.isEmpty()) {
            boolean nothing = cancelRequested && !events.touched() && !stateAdvanced;
            return nothing
                    ? new Cancelled(List.of(), false)
                    : indeterminate("Terraform ended without a summary", events);
        }
        if (!events.started().isEmpty() || !events.failed().isEmpty()) {
            return indeterminate("Terraform reports success, yet not every operation ended well", events);
        }
        if (stateAdvanced) {
            return new Applied(summary.get());
        }
        return summary.get().any() || events.touched()
                ? indeterminate("Terraform reports success, yet its state did not arrive", events)
                : new NothingChanged();
    }

    private static ApplyVerdict endedBadly(int exitCode, OutputEvents events, boolean stateAdvanced,
            boolean cancelRequested) {
        if (!events.touched() && !stateAdvanced && STALE.stream().anyMatch(events::hasError)) {
            return new Stale();
        }
        if (!events.started().isEmpty()) {
            return indeterminate("Terraform ended in the middle of an operation", events);
        }
        if (!stateAdvanced && !events.finished().isEmpty()) {
            return indeterminate("Terraform changed something, yet its state did not arrive", events);
        }
        if (exitCode == 1 && stateAdvanced && onlyTheSendingFailed(events)) {
            return new Applied(ChangeSummary.of(events.finished()));
        }
        if (cancelRequested) {
            return new Cancelled(events.finished(), stateAdvanced);
        }
        return stateAdvanced ? new Partial(events.finished(), events.failed()) : new Failed();
    }

    /**
     * Everything that was planned is done, and no error is about anything but the way to our endpoint. That a state could
     * not be persisted is said once it is in {@code errored.tfstate}, and in other words if it is not even there.
     */
    private static boolean onlyTheSendingFailed(OutputEvents events) {
        List<RawDiagnostic> errors = events.diagnostics().stream()
                .filter(d -> d.severity() == RawDiagnostic.Severity.ERROR).toList();
        return !errors.isEmpty() && events.diagnostics().size() < OutputReader.MOST_DIAGNOSTICS
                && errors.stream().allMatch(e -> NOT_SENT.contains(e.summary()))
                && events.hasError(NOT_SENT.get(0)) == events.hasError(NOT_SENT.get(1)) && events.failed().isEmpty()
                && events.finished().size() == events.planned();
    }

    private static ApplyVerdict indeterminate(String why, OutputEvents events) {
        return new Indeterminate(why, events.finished(), events.started());
    }
}
