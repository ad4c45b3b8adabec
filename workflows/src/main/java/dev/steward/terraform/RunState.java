package dev.steward.terraform;

import dev.steward.ledger.Actor;

/**
 * Where a run is, each state with what only that state has. The order and the meaning are those of the apply-once
 * protocol: {@link ApplyClaimed} is stored before Terraform starts, {@link Applying} by the gate itself, when the state
 * endpoint grants the one lock for applying.
 */
public sealed interface RunState {

    /** Asked for; nothing has run. */
    record Requested() implements RunState {}

    /**
     * Terraform plans.
     *
     * @param attempt
     *            the attempt whose token is valid
     */
    record Planning(long attempt) implements RunState {}

    /**
     * There is no plan to decide on.
     *
     * @param failure
     *            why
     */
    record PlanFailed(RunFailure failure) implements RunState {}

    /** The plan is that everything is as it should be. */
    record NoChanges() implements RunState {}

    /**
     * A plan is stored and people decide on it.
     *
     * @param plan
     *            the stored plan
     */
    record AwaitingApproval(long plan) implements RunState {}

    /**
     * The plan may be applied, once.
     *
     * @param plan
     *            the stored plan
     */
    record Approved(long plan) implements RunState {}

    /**
     * Claimed for applying; Terraform may be starting, and has not got its lock.
     *
     * @param plan
     *            the stored plan
     * @param attempt
     *            the attempt whose token is valid
     */
    record ApplyClaimed(long plan, long attempt) implements RunState {}

    /**
     * Terraform holds the one lock for applying; whatever happens now, this plan is never applied again.
     *
     * @param plan
     *            the stored plan
     * @param attempt
     *            the attempt that holds it
     */
    record Applying(long plan, long attempt) implements RunState {}

    /**
     * Done, all of it.
     *
     * @param plan
     *            what was applied
     */
    record Applied(long plan) implements RunState {}

    /**
     * Terraform failed, and changed nothing.
     *
     * @param plan
     *            what was tried
     * @param failure
     *            why
     */
    record ApplyFailed(long plan, RunFailure failure) implements RunState {}

    /**
     * Terraform failed or was stopped half-way; the state says what was done.
     *
     * @param plan
     *            what was tried
     * @param failure
     *            why
     */
    record Partial(long plan, RunFailure failure) implements RunState {}

    /**
     * Nobody can say what was done: a human must look.
     *
     * @param plan
     *            what was tried
     * @param failure
     *            what is known
     */
    record Indeterminate(long plan, RunFailure failure) implements RunState {}

    /**
     * Stopped before anything was changed.
     *
     * @param by
     *            who stopped it
     */
    record Cancelled(Actor by) implements RunState {}

    /**
     * The plan may not be applied any more.
     *
     * @param why
     *            what ended it, for people; empty when it is that nobody decided in time
     */
    record Expired(String why) implements RunState {
        /** Nobody decided in time. */
        public Expired() {
            this("");
        }
    }

    /**
     * The plan no longer fits; another run takes its place.
     *
     * @param why
     *            what changed, for people
     */
    record Stale(String why) implements RunState {}

    /** Whether nothing more will happen in this run. */
    default boolean ended() {
        return switch (this) {
            case Requested _,Planning _,AwaitingApproval _,Approved _,ApplyClaimed _,Applying _ ->
                false;
            case PlanFailed _,NoChanges _,Applied _,ApplyFailed _,Partial _,Indeterminate _,Cancelled _,Expired _,Stale _ ->
                true;
        };
    }

    /** The stored name. */
    default String column() {
        return switch (this) {
            case Requested _ -> "requested";
            case Planning _ -> "planning";
            case PlanFailed _ -> "plan_failed";
            case NoChanges _ -> "no_changes";
            case AwaitingApproval _ -> "awaiting_approval";
            case Approved _ -> "approved";
            case ApplyClaimed _ -> "apply_claimed";
            case Applying _ -> "applying";
            case Applied _ -> "applied";
            case ApplyFailed _ -> "apply_failed";
            case Partial _ -> "partial";
            case Indeterminate _ -> "indeterminate";
            case Cancelled _ -> "cancelled";
            case Expired _ -> "expired";
            case Stale _ -> "stale";
        };
    }
}
