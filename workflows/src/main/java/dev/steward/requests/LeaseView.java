package dev.steward.requests;

import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.stacks.LeaseState;
import dev.steward.terraform.RunState;
import java.time.Duration;
import java.util.Optional;

/**
 * What there is to see of a lease: somebody's access, or a sandbox.
 *
 * @param request
 *            that asked for it; people name the lease by it
 * @param title
 *            of the workflow that it came through
 * @param subject
 *            what the request was about
 * @param channel
 *            where its card is
 * @param grant
 *            what it is access to; empty for a sandbox
 * @param endedBy
 *            on whose word it ends or ended, for people
 * @param end
 *            how far its ending is, once that was begun
 * @param promote
 *            the workflow that makes the real thing of it, by the same answers
 */
public record LeaseView(RequestId request, String title, String subject, String channel, Person holder,
        Optional<Granted> grant, Duration lasts, LeaseState state, Optional<String> endedBy, Optional<End> end,
        Optional<String> promote) {

    /**
     * What a grant is access to.
     *
     * @param entity
     *            a tombstone, where it is gone
     * @param role
     *            for people
     */
    public record Granted(Entity entity, String role) {}

    /**
     * The ending.
     *
     * @param request
     *            that ends it
     * @param run
     *            where its Terraform run is
     * @param asks
     *            whether people have to decide on it, since it would do more than remove what the lease made
     */
    public record End(RequestId request, RunState run, boolean asks) {}
}
