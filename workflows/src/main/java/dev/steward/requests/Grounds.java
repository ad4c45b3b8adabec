package dev.steward.requests;

import dev.steward.definitions.ExpressionFailure;
import dev.steward.definitions.Facts;
import dev.steward.definitions.Field;
import dev.steward.definitions.Workflow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What it is decided on who approves a request: what it asks for and, for a change, also what there is now. Otherwise a
 * change could pick its own approvers, by asking for a lower tier first.
 */
final class Grounds {
    private final RequestParts parts;
    private final RequestStore requests;
    private final Recording recording;
    private final Policy policy;
    private final Keeping keeping;

    Grounds(RequestParts parts, RequestStore requests, Recording recording, Policy policy) {
        this.parts = parts;
        this.requests = requests;
        this.recording = recording;
        this.policy = policy;
        this.keeping = new Keeping(parts, policy);
    }

    /** What it asks for comes first. */
    List<Facts> of(Workflow workflow, Request request, Facts.Plan plan) {
        return parts.store().database().read(h -> of(h, workflow, request)).stream()
                .map(facts -> facts.withPlan(plan)).toList();
    }

    private List<Facts> of(Handle handle, Workflow workflow, Request request) {
        Facts wanted = recording.facts(handle, workflow, request);
        return now(handle, workflow, request).map(now -> List.of(wanted, now)).orElseGet(() -> List.of(wanted));
    }

    /** The facts of the answers that hold now; only a change has any. */
    private Optional<Facts> now(Handle handle, Workflow workflow, Request request) {
        Optional<Request> before = request.changes() ? History.before(handle, request) : Optional.empty();
        return before.map(current -> recording.facts(handle, workflow, request,
                now(handle, workflow, current, requests.answers(handle, request.id()))));
    }

    /** Why a change may not be made: since it was asked for, somebody else came to answer for it. */
    Optional<String> moved(Workflow workflow, Request request) {
        return parts.store().database().read(h -> now(h, workflow, request)
                .flatMap(now -> keeping.broken(h, workflow, request.stack(), now,
                        recording.facts(h, workflow, request)).stream().findFirst())
                .map(error -> error.message() + " That has changed since this was asked for: ask for it again."));
    }

    /**
     * Whether a change for which Terraform has nothing to do may be done without anybody's word: what is in the catalog
     * and who decides have to stay as they are.
     */
    boolean idle(Handle handle, Workflow workflow, Request request) {
        Map<String, Object> before = History.before(handle, request).map(now -> requests.answers(handle, now.id()))
                .orElse(Map.of());
        return Changing.equal(before, requests.answers(handle, request.id())) || now(handle, workflow, request)
                .filter(now -> idle(workflow, now, recording.facts(handle, workflow, request))).isPresent();
    }

    private boolean idle(Workflow workflow, Facts now, Facts wanted) {
        try {
            return policy.records(workflow, now).equals(policy.records(workflow, wanted))
                    && decides(workflow, now).equals(decides(workflow, wanted));
        } catch (ExpressionFailure | IllegalArgumentException _) {
            return false;
        }
    }

    private List<Object> decides(Workflow workflow, Facts facts) {
        Facts nothing = facts.withPlan(new Facts.Plan(0, 0, 0, List.of()));
        return List.of(policy.stages(workflow, nothing), policy.standing(workflow, nothing));
    }

    /**
     * The answers that hold now, with whoever answers for it now. A question that the form did not have when they were
     * given is answered as it is asked for.
     */
    private Map<String, Object> now(Handle handle, Workflow workflow, Request current, Map<String, Object> asked) {
        Map<String, Object> now = new LinkedHashMap<>(
                keeping.current(handle, workflow, current.stack(), requests.answers(handle, current.id())));
        workflow.fields().stream().filter(field -> !field.mayBeUnanswered()).map(Field::name)
                .filter(asked::containsKey).forEach(name -> now.putIfAbsent(name, asked.get(name)));
        return now;
    }
}
