package dev.steward.requests;

import dev.steward.approvals.Proposal;
import dev.steward.approvals.ProposalId;
import dev.steward.approvals.ProposalState;
import dev.steward.catalog.EntityId;
import dev.steward.definitions.Workflow;
import dev.steward.stacks.Lease;
import dev.steward.stacks.LeaseState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What there is to see, and to choose from, of letting a lease last longer. */
final class Extensions {
    /** What is offered for what has no role that says it. */
    private static final List<Duration> USUAL = Stream.of(1, 4, 8, 24, 48, 72, 168).map(Duration::ofHours).toList();

    private final RequestParts parts;
    private final RequestStore requests;
    private final LeaseViews leases;

    Extensions(RequestParts parts, RequestStore requests, LeaseViews leases) {
        this.parts = parts;
        this.requests = requests;
        this.leases = leases;
    }

    Optional<ExtensionView> view(Handle handle, ProposalId id) {
        return parts.approvals().find(handle, id).filter(p -> p.terms().kind().equals(Leasing.EXTENSION))
                .flatMap(proposal -> held(handle, RequestId.parse(proposal.subject()).orElseThrow())
                        .map(lease -> new ExtensionView(leases.of(handle, lease), approval(handle, proposal),
                                until(handle, lease, proposal))));
    }

    private RequestView.Approval approval(Handle handle, Proposal proposal) {
        return new RequestView.Approval(proposal, parts.approvals().waitingFor(handle, proposal.id()),
                parts.approvals().nobodyCan(handle, proposal.id()));
    }

    private Optional<Instant> until(Handle handle, Lease lease, Proposal proposal) {
        return proposal.state() instanceof ProposalState.Superseded
                ? Optional.empty()
                : parts.store().leases().wanted(handle, lease);
    }

    /** By how much it may be extended now, the shortest first; nothing where it lasts as long as it may. */
    List<Duration> choices(Handle handle, RequestId id) {
        return held(handle, id).flatMap(lease -> room(handle, lease).map(room -> {
            List<Duration> fitting = durations(handle, lease).stream().filter(d -> d.compareTo(room) <= 0).toList();
            Duration all = room.truncatedTo(room.toHours() > 1 ? ChronoUnit.HOURS : ChronoUnit.MINUTES);
            return fitting.isEmpty() && all.isPositive() ? List.of(all) : fitting;
        })).orElse(List.of());
    }

    /** How much later than now it may end at most, less what it has. */
    private Optional<Duration> room(Handle handle, Lease lease) {
        return lease.state() instanceof LeaseState.Active active
                ? cap(handle, lease).map(cap -> cap
                        .minus(Duration.between(parts.store().clock().instant(), active.endsAt())))
                : Optional.empty();
    }

    private Optional<Duration> cap(Handle handle, Lease lease) {
        return lease.grant().isPresent()
                ? role(handle, lease).map(role -> role.cap(tier(handle, lease)))
                : workflow(handle, lease).flatMap(Workflow::lease).map(Workflow.Lease::atMost);
    }

    private List<Duration> durations(Handle handle, Lease lease) {
        return role(handle, lease).map(role -> Granting.durations(role, tier(handle, lease))).orElse(USUAL);
    }

    private Optional<Workflow.Role> role(Handle handle, Lease lease) {
        return lease.grant().flatMap(grant -> workflow(handle, lease).flatMap(Workflow::access)
                .flatMap(access -> access.role(grant.role())));
    }

    private String tier(Handle handle, Lease lease) {
        return parts.catalog().entities().byId(handle, new EntityId(lease.grant().orElseThrow().entity()))
                .orElseThrow().profile().tier().text();
    }

    private Optional<Workflow> workflow(Handle handle, Lease lease) {
        return Optional.ofNullable(parts.rules().workflows()
                .get(requests.byId(handle, new RequestId(lease.request())).workflow()));
    }

    private Optional<Lease> held(Handle handle, RequestId id) {
        return requests.find(handle, id).flatMap(request -> parts.store().leases().of(handle, request.stack()));
    }
}
