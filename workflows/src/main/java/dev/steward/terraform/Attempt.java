package dev.steward.terraform;

import java.util.Optional;

/**
 * One start of Terraform for a run. Its token opens the state endpoint for it alone, until it is revoked.
 *
 * @param folder
 *            name of its folder, below the one that holds those of all attempts
 * @param lockId
 *            Terraform's id of the lock that was granted, at most once
 */
record Attempt(long id, RunId run, StackId stack, Kind kind, String folder, String host, Optional<String> lockId,
        boolean revoked) {

    enum Kind {
        PLAN, APPLY;

        String column() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A new attempt with the token that only Terraform's environment gets. */
    record Opened(Attempt attempt, String token) {}
}
