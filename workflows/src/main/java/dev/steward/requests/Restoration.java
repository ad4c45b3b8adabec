package dev.steward.requests;

import dev.steward.approvals.Approvals;
import dev.steward.approvals.Proposal;
import dev.steward.approvals.ProposalState;
import dev.steward.ledger.Actor;
import dev.steward.outbox.Priority;
import dev.steward.stacks.Stack;
import dev.steward.terraform.Run;
import dev.steward.terraform.RunFailure;
import dev.steward.terraform.RunOperation;
import dev.steward.terraform.RunState;
import dev.steward.terraform.RunTables;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Makes restored books safe to go on with, before anybody serves from them. They are as of an earlier moment, and what
 * happened since is not in them: whatever they were about to do is not done, and people are told.
 */
public final class Restoration {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.UK)
            .withZone(ZoneOffset.UTC);

    private final RequestParts.Store store;
    private final Approvals approvals;
    private final RequestStore requests;
    private final Notices notices;
    private final Endings endings;

    /** Over books that nobody else has open. */
    public Restoration(RequestParts.Store store, RequestParts.Catalog catalog, Approvals approvals) {
        this.store = store;
        this.approvals = approvals;
        requests = new RequestStore(store.sealer(), store.clock());
        notices = new Notices(store.outbox());
        endings = new Endings(store, approvals, catalog.teams(), requests, notices, this::conclude);
    }

    /**
     * What was done to the books.
     *
     * @param expired
     *            plans that waited for approval or to be applied: they have to be made again
     * @param indeterminate
     *            applies that were under way: somebody has to look
     * @param stacks
     *            how many have to be looked at by a plan before they are changed
     * @param tokens
     *            how many opened the state endpoint
     * @param clicks
     *            decisions that were stored and not carried out
     */
    public record Settled(int expired, int indeterminate, int stacks, int tokens, int locks, int clicks) {}

    /**
     * Settles everything that was open, in the caller's transaction.
     *
     * @param takenAt
     *            as of when the books are
     * @param clickJobs
     *            the kind of job that carries out a stored click
     */
    public Settled settle(Handle handle, Actor actor, Instant takenAt, String clickJobs) {
        store.outbox().doubtAll(handle);
        int clicks = store.jobs().dropAll(handle, clickJobs);
        store.jobs().dropAll(handle, Applying.JOB);
        RunTables.TakenBack taken = store.runs().takeBack(handle);
        int expired = 0;
        int indeterminate = 0;
        for (Run run : store.runs().runs().open(handle)) {
            switch (run.state()) {
                case RunState.AwaitingApproval _ -> expired += expire(handle, run, actor, takenAt);
                case RunState.Approved _ -> expired += expire(handle, run, actor, takenAt);
                case RunState.ApplyClaimed(long plan, long _) ->
                    indeterminate += unknown(handle, run, plan, actor, takenAt);
                case RunState.Applying(long plan, long _) ->
                    indeterminate += unknown(handle, run, plan, actor, takenAt);
                case RunState.Requested _,RunState.Planning _ -> {
                    // planned anew when Steward serves: a plan changes nothing
                }
                case RunState.PlanFailed _,RunState.NoChanges _,RunState.Applied _,RunState.ApplyFailed _,RunState.Partial _,RunState.Indeterminate _,RunState.Cancelled _,RunState.Expired _,RunState.Stale _ ->
                    throw new IllegalStateException(run.id().text() + " has ended and is not open");
            }
        }
        expired += expireWishes(handle);
        int stacks = store.stacks().demandLook(handle);
        Settled settled = new Settled(expired, indeterminate, stacks, taken.tokens(), taken.locks(), clicks);
        store.ledger().append(handle, actor, "restore.settle", "steward",
                Map.of("expired", expired, "indeterminate", indeterminate, "stacks", stacks, "tokens", taken.tokens(),
                        "locks", taken.locks(), "clicks", clicks));
        return settled;
    }

    /** Nobody decides any more on letting something last longer; whoever needs that asks again. */
    private int expireWishes(Handle handle) {
        List<Proposal> wishes = approvals.expireAll(handle, Leasing.EXTENSION);
        wishes.forEach(wish -> RequestId.parse(wish.subject()).flatMap(id -> requests.find(handle, id))
                .ifPresent(request -> notices.extension(handle, request, wish.id(),
                        approvals.electors(handle, wish.id()))));
        return wishes.size();
    }

    private int expire(Handle handle, Run run, Actor actor, Instant takenAt) {
        approvals.latest(handle, Effect.KIND, run.id().text()).filter(p -> p.state() instanceof ProposalState.Open)
                .ifPresent(p -> approvals.expireEarly(handle, p.id()));
        String why = "Steward was restored from a backup of " + TIME.format(takenAt)
                + ", and this plan may not fit what is there now.";
        return end(handle, run, new RunState.Expired(why), RequestState.PENDING, actor);
    }

    private int unknown(Handle handle, Run run, long plan, Actor actor, Instant takenAt) {
        Stack stack = store.stacks().byId(handle, run.stack());
        if (stack.status() == Stack.Status.PENDING && store.runs().resourceCount(handle, stack.id()) > 0) {
            store.stacks().settle(handle, stack.id(), Stack.Status.ACTIVE, stack.owner());
        }
        if (run.operation() == RunOperation.CREATE) {
            store.leases().activate(handle, stack.id());
        }
        RunFailure failure = RunFailure.of("Steward was restored from a backup of " + TIME.format(takenAt)
                + ", when this was being applied. How that ended is not in its books.");
        return end(handle, run, new RunState.Indeterminate(plan, failure), RequestState.FAILED, actor);
    }

    private int end(Handle handle, Run run, RunState to, RequestState requestState, Actor actor) {
        Run ended = endings.end(handle, run, to, requestState, actor, Map.of()).orElseThrow();
        Request request = requests.byId(handle, new RequestId(ended.request()));
        List<Long> asked = notices.asked(handle, request);
        notices.approvers(handle, request, asked, Priority.DECISION);
        return 1;
    }

    private void conclude(Handle handle, Run ended) {
        if (ended.state() instanceof RunState.Indeterminate) {
            store.runs().outdatePlans(handle, ended.stack());
        }
    }
}
