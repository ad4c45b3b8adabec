package dev.steward.access;

import dev.steward.catalog.Entities;
import dev.steward.catalog.EntityId;
import dev.steward.catalog.People;
import dev.steward.stacks.Lease;
import dev.steward.stacks.LeaseState;
import dev.steward.stacks.Leases;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Who could reach what, at any moment since the first grant. */
public final class AccessReport {
    private final Leases leases;
    private final People people;
    private final Entities entities;

    /** A report over the stores given. */
    public AccessReport(Leases leases, People people, Entities entities) {
        this.leases = leases;
        this.people = people;
        this.entities = entities;
    }

    /**
     * Who could reach what at that moment, by person, entity and role. What was begun counts from the moment at which a
     * part of it was there, and until nothing of it was left. What was suspended then could not be reached: it is listed
     * and says so, since its owners could have given it back.
     */
    public List<Reach> at(Handle handle, Instant moment) {
        return Stream.concat(leases.at(handle, moment).stream().map(lease -> reach(handle, lease, false)),
                leases.suspendedAt(handle, moment).stream().map(lease -> reach(handle, lease, true)))
                .sorted(Comparator.comparing(Reach::person).thenComparing(Reach::entity)
                        .thenComparing(Reach::role))
                .toList();
    }

    private Reach reach(Handle handle, Lease lease, boolean suspended) {
        Lease.Grant grant = lease.grant().orElseThrow();
        return new Reach(people.byId(handle, lease.holder()).orElseThrow().name(),
                entities.byId(handle, new EntityId(grant.entity())).orElseThrow().subject(), grant.role(),
                "REQ-" + lease.request(), since(lease.state()), ended(lease.state()), suspended);
    }

    private static Instant since(LeaseState state) {
        return switch (state) {
            case LeaseState.Active active -> active.startsAt();
            case LeaseState.Ending ending -> ending.startsAt();
            case LeaseState.Ended ended -> ended.startsAt();
            case LeaseState.Pending _ -> throw new IllegalStateException("it has not begun");
            case LeaseState.Never _ -> throw new IllegalStateException("it never began");
        };
    }

    private static Optional<Instant> ended(LeaseState state) {
        return state instanceof LeaseState.Ended ended ? Optional.of(ended.endedAt()) : Optional.empty();
    }
}
