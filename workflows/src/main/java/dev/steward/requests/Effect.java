package dev.steward.requests;

import dev.steward.database.Json;
import dev.steward.database.Sha256;
import dev.steward.terraform.Plans;
import dev.steward.terraform.Run;
import java.util.Map;

/** What a decision on a plan is bound to. */
final class Effect {
    /** The kind of proposal that decides on a plan. */
    static final String KIND = "plan";

    private Effect() {}

    /** One digest over the plan file, the summary that approvers see, the inputs, the module and the policy. */
    static String digest(Run run, Plans.Stored plan, String inputs) {
        return Sha256.of(Json.text(Map.of("run", run.id().text(), "plan", plan.sha256(), "view",
                Sha256.of(plan.view().toJson()), "inputs", Sha256.of(inputs), "module", run.moduleDigest(),
                "terraform", run.terraformVersion(), "policy", run.policyDigest())));
    }
}
