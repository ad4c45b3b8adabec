package dev.steward.requests;

import dev.steward.catalog.Entity;
import dev.steward.catalog.EntityId;
import dev.steward.catalog.Person;
import dev.steward.definitions.Workflow;
import dev.steward.stacks.Lease;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Break-glass: whoever is on call for something that burns is let in before anybody decides, for as long as the workflow
 * allows at most, and not longer than the incident goes on.
 */
final class BreakGlass {
    private static final String RULE = "Break-glass for INC-";

    private final RequestParts parts;

    BreakGlass(RequestParts parts) {
        this.parts = parts;
    }

    /** Whether a rule that approved something is this one. */
    static boolean is(String rule) {
        return rule.startsWith(RULE);
    }

    /** The rule by which that request is approved without anybody's word, if it may be now. */
    Optional<String> rule(Handle handle, Workflow workflow, Request request) {
        return request.incident().filter(_ -> !request.ends() && cap(workflow).isPresent()).filter(
                incident -> target(handle, request).filter(entity -> parts.emergencies().breakGlass(handle,
                        holder(handle, request), entity, incident) instanceof Emergencies.BreakGlass.Allowed)
                        .isPresent())
                .map(incident -> RULE + incident);
    }

    /** What follows from having been let in by that rule; in the transaction that approves. */
    void broke(Handle handle, Workflow workflow, Request request) {
        Lease lease = parts.store().leases().of(handle, request.stack()).orElseThrow();
        Duration cap = cap(workflow).orElseThrow();
        if (lease.lasts().compareTo(cap) > 0) {
            parts.store().leases().ask(handle, request.stack(), cap);
        }
        parts.emergencies().brokeGlass(handle, request, holder(handle, request),
                target(handle, request).orElseThrow(), request.incident().orElseThrow());
    }

    private static Optional<Duration> cap(Workflow workflow) {
        return workflow.access().flatMap(Workflow.Access::breakGlass);
    }

    private Person holder(Handle handle, Request request) {
        return parts.catalog().people().byId(handle, request.requester()).orElseThrow();
    }

    private Optional<Entity> target(Handle handle, Request request) {
        return parts.store().leases().of(handle, request.stack()).flatMap(Lease::grant)
                .flatMap(grant -> parts.catalog().entities().byId(handle, new EntityId(grant.entity())));
    }
}
