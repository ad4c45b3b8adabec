package dev.steward.requests;

import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.stacks.LeaseState;
import dev.steward.terraform.RunState;
import java.time.Duration;
import java.time.Instant;
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
 * @param incident
 *            number of the incident that it was given for
 * @param suspended
 *            what is left of it, if nobody confirmed it in a review
 */
public record LeaseView(RequestId request, String title, String subject, String channel, Person holder,
        Optional<Granted> grant, Duration lasts, LeaseState state, Optional<String> endedBy, Optional<End> end,
        Optional<String> promote, Optional<Long> incident, Optional<Suspended> suspended) {

    /** Of one that was given for no incident, and is not suspended. */
    public LeaseView(RequestId request, String title, String subject, String channel, Person holder,
            Optional<Granted> grant, Duration lasts, LeaseState state, Optional<String> endedBy, Optional<End> end,
            Optional<String> promote) {
        this(request, title, subject, channel, holder, grant, lasts, state, endedBy, end, promote, Optional.empty(),
                Optional.empty());
    }

    /** The same, suspended like that. */
    public LeaseView suspended(Suspended how) {
        return new LeaseView(request, title, subject, channel, holder, grant, lasts, state, endedBy, end, promote,
                incident, Optional.of(how));
    }

    /** The same, given for that incident. */
    public LeaseView forIncident(long number) {
        return new LeaseView(request, title, subject, channel, holder, grant, lasts, state, endedBy, end, promote,
                Optional.of(number), suspended);
    }

    /**
     * What is left of access that nobody confirmed.
     *
     * @param until
     *            when it is over for good
     * @param remaining
     *            how long it would have lasted, and lasts once it is given back
     * @param open
     *            whether its owners can give it back now
     * @param back
     *            by which request, and by whom, it was given back
     */
    public record Suspended(Instant until, Duration remaining, boolean open, Optional<Back> back) {}

    /**
     * It was given back.
     *
     * @param by
     *            for people
     */
    public record Back(RequestId request, String by) {}

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
