package dev.steward.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.ledger.Actor;
import java.time.Instant;
import java.util.Optional;

/**
 * One Terraform operation on one stack, as it was read from its row.
 *
 * @param version
 *            of the row: a change is made only to the version that was seen
 * @param request
 *            the row of the request it serves
 * @param policyDigest
 *            of the workflow definition that it was planned under
 * @param cancelRequested
 *            who asked for it to be stopped
 * @param detail
 *            what views show and no column holds: progress, outputs
 */
public record Run(RunId id, StackId stack, long request, RunOperation operation, RunState state, long version,
        String module, String moduleDigest, String terraformVersion, String policyDigest, String host,
        Optional<Actor> cancelRequested, JsonNode detail, Instant createdAt, Instant updatedAt) {

    /**
     * What a new run is made of.
     *
     * @param inputs
     *            module variable to value, as JSON text; sealed when stored
     */
    public record Order(StackId stack, long request, RunOperation operation, String module, String moduleDigest,
            String terraformVersion, String inputs, String policyDigest) {}
}
