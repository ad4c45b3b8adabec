package dev.steward.requests;

import dev.steward.approvals.Proposal;
import dev.steward.catalog.Entity;
import dev.steward.catalog.EntityId;
import dev.steward.definitions.Workflow;
import dev.steward.stacks.Lease;
import dev.steward.stacks.LeaseState;
import dev.steward.stacks.Suspensions;
import dev.steward.terraform.Run;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads views of leases. */
final class LeaseViews {
    private final RequestParts parts;
    private final RequestStore requests;

    LeaseViews(RequestParts parts, RequestStore requests) {
        this.parts = parts;
        this.requests = requests;
    }

    LeaseView of(Handle handle, Lease lease) {
        Request request = requests.byId(handle, new RequestId(lease.request()));
        Optional<Workflow> workflow = Optional.ofNullable(parts.rules().workflows().get(request.workflow()));
        return new LeaseView(request.id(), workflow.map(Workflow::title).orElse(request.workflow()), request.subject(),
                request.channel(), parts.catalog().people().byId(handle, lease.holder()).orElseThrow(),
                lease.grant().map(grant -> granted(handle, grant, workflow)), lease.lasts(), lease.state(),
                word(lease.state()).map(word -> parts.catalog().people().nameOf(handle, word.by())),
                end(handle, lease.state()), workflow.flatMap(Workflow::lease).flatMap(Workflow.Lease::promote),
                request.incident(), parts.suspensions().of(handle, lease).map(left -> suspended(handle, left)));
    }

    private LeaseView.Suspended suspended(Handle handle, Suspensions.Suspension left) {
        return new LeaseView.Suspended(left.until(), left.remaining(), left.openAt(parts.store().clock().instant()),
                left.back().map(back -> new LeaseView.Back(new RequestId(back.request()),
                        parts.catalog().people().nameOf(handle, back.by()))));
    }

    private LeaseView.Granted granted(Handle handle, Lease.Grant grant, Optional<Workflow> workflow) {
        Entity entity = parts.catalog().entities().byId(handle, new EntityId(grant.entity())).orElseThrow();
        String role = workflow.flatMap(Workflow::access).flatMap(access -> access.role(grant.role()))
                .map(Workflow.Role::title).orElse(grant.role());
        return new LeaseView.Granted(entity, role);
    }

    private Optional<LeaseView.End> end(Handle handle, LeaseState state) {
        if (!(state instanceof LeaseState.Ending ending)) {
            return Optional.empty();
        }
        return ending.request().map(id -> requests.byId(handle, new RequestId(id))).map(request -> {
            Run run = parts.store().runs().runs().byId(handle, request.run());
            Optional<Proposal> proposal = parts.approvals().latest(handle, Effect.KIND, run.id().text());
            return new LeaseView.End(request.id(), run.state(),
                    proposal.filter(p -> p.openStage().isPresent()).isPresent());
        });
    }

    private static Optional<LeaseState.Word> word(LeaseState state) {
        return switch (state) {
            case LeaseState.Ending ending -> Optional.of(ending.word());
            case LeaseState.Ended ended -> Optional.of(ended.word());
            case LeaseState.Pending _ -> Optional.empty();
            case LeaseState.Active _ -> Optional.empty();
            case LeaseState.Never _ -> Optional.empty();
        };
    }
}
