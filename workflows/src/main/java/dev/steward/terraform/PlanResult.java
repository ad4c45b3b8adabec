package dev.steward.terraform;

import dev.steward.ledger.Actor;

/** How planning ended. The run is as the planning left it. */
public sealed interface PlanResult {
    /** There is a plan that would change something. */
    record Planned(Run run, Plans.Made plan) implements PlanResult {}

    /** Everything is as it should be. */
    record NothingToDo(Run run) implements PlanResult {}

    /** There is no plan. */
    record Failed(Run run, RunFailure failure) implements PlanResult {}

    /** Somebody stopped it. */
    record Cancelled(Run run, Actor by) implements PlanResult {}

    /** Somebody else moved the run on meanwhile: nothing is left to do here. */
    record Overtaken() implements PlanResult {}
}
