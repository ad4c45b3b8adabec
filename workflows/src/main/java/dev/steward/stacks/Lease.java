package dev.steward.stacks;

import dev.steward.terraform.StackId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A stack that ends by itself: somebody's access to an entity in a role, or a sandbox.
 *
 * @param request
 *            row of the request that asked for it
 * @param holder
 *            row of the person whom it serves
 * @param grant
 *            what it is access to; empty for a sandbox
 * @param lasts
 *            how long, counted from the moment at which it is there
 * @param version
 *            of the row: a change is made only to the version that was seen
 */
public record Lease(StackId stack, long request, long holder, Optional<Grant> grant, Duration lasts, LeaseState state,
        long version) {

    /**
     * What a grant is access to.
     *
     * @param entity
     *            row of the entity
     * @param role
     *            name of the role
     */
    public record Grant(long entity, String role) {}

    /** When it is to end, as long as it is there. */
    public Optional<Instant> endsAt() {
        return switch (state) {
            case LeaseState.Active active -> Optional.of(active.endsAt());
            case LeaseState.Ending ending -> Optional.of(ending.endsAt());
            case LeaseState.Pending _ -> Optional.empty();
            case LeaseState.Ended _ -> Optional.empty();
            case LeaseState.Never _ -> Optional.empty();
        };
    }
}
