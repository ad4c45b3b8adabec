package dev.steward.requests;

import dev.steward.approvals.DecisionOutcome;
import dev.steward.approvals.Proposal;
import dev.steward.approvals.ProposalId;
import dev.steward.approvals.ProposalState;
import dev.steward.approvals.Verdict;
import dev.steward.catalog.Person;
import dev.steward.database.Json;
import dev.steward.jobs.Job;
import dev.steward.ledger.Actor;
import dev.steward.outbox.Priority;
import dev.steward.terraform.Run;
import dev.steward.terraform.RunId;
import dev.steward.terraform.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What people decide on requests: approve, reject, cancel; and what time decides: expiry. */
final class Deciding implements Job.Handler {
    private final RequestParts parts;
    private final RequestStore requests;
    private final Notices notices;
    private final Endings endings;
    private final Leasing leasing;

    Deciding(RequestParts parts, RequestStore requests, Notices notices, Endings endings, Leasing leasing) {
        this.parts = parts;
        this.requests = requests;
        this.notices = notices;
        this.endings = endings;
        this.leasing = leasing;
    }

    DecisionOutcome decide(Requests.Click click) {
        return parts.store().database().write(h -> {
            DecisionOutcome outcome = parts.approvals().decide(h, click.proposal(), click.person(), click.verdict(),
                    click.digest(), click.reason());
            if (outcome instanceof DecisionOutcome.Recorded recorded) {
                follow(h, recorded, Submitting.actor(click.person()));
            }
            return outcome;
        });
    }

    private void follow(Handle handle, DecisionOutcome.Recorded outcome, Actor actor) {
        if (outcome.proposal().terms().kind().equals(Leasing.EXTENSION)) {
            leasing.follow(handle, outcome, actor);
            return;
        }
        Request request = requestOf(handle, outcome.proposal());
        Run run = parts.store().runs().runs().byId(handle, request.run());
        switch (outcome) {
            case DecisionOutcome.Counted _ -> endings.tell(handle, request, run);
            case DecisionOutcome.StageMet met -> {
                endings.tell(handle, request, run);
                notices.approvers(handle, request, parts.approvals().waitingFor(handle, met.proposal().id()).stream()
                        .map(Person::id).toList(), Priority.DECISION);
            }
            case DecisionOutcome.Approved _ -> endings.approved(handle, request, run, actor);
            case DecisionOutcome.Rejected rejected -> endings.end(handle, run, new RunState.Cancelled(actor),
                    RequestState.REJECTED, actor, Map.of("proposal", rejected.proposal().id().value()));
        }
    }

    ActOutcome cancel(RequestId id, Person person) {
        return parts.store().database().write(h -> {
            Optional<Request> found = requests.find(h, id);
            if (found.filter(Request::endsLease).isPresent()) {
                return new ActOutcome.Refused(id.text() + " ends " + found.get().subject()
                        + ", whose time is over: that cannot be cancelled. Ask for it anew.");
            }
            if (found.isPresent() && found.get().requester() == person.id()) {
                return cancel(h, found.get(), Submitting.actor(person));
            }
            if (found.isEmpty() || !parts.isPlatform(h, person)) {
                return new ActOutcome.Refused("Only the person who asked can cancel " + id.text()
                        + "; once its plan has failed, the platform team can, too.");
            }
            return cancelForAnother(h, found.get(), person);
        });
    }

    /** Nobody can use any more what somebody asked for who has left. What cannot be cancelled is left as it is. */
    boolean cancelForLeaver(Handle handle, Request request) {
        boolean done = !request.endsLease() && cancel(handle, request, Actor.STEWARD) instanceof ActOutcome.Done;
        if (done) {
            parts.store().runs().runs().annotate(handle, request.run(), "notes",
                    Json.toTree(List.of("Cancelled: the person who asked " + parts.catalog().people()
                            .byId(handle, request.requester()).orElseThrow().standing().departure() + ".")));
        }
        return done;
    }

    /** A request whose plan failed waits for its requester, who may have left: then the platform team ends it. */
    private ActOutcome cancelForAnother(Handle handle, Request request, Person person) {
        Run run = parts.store().runs().runs().byId(handle, request.run());
        if (request.state().ended() || !(run.state() instanceof RunState.PlanFailed)) {
            return new ActOutcome.Refused("Only the person who asked can cancel " + request.id().text()
                    + ". The platform team can, too, but only once its plan has failed.");
        }
        parts.store().runs().runs().annotate(handle, run.id(), "notes",
                Json.toTree(List.of("Cancelled by " + person.displayName() + " of the platform team.")));
        return cancel(handle, request, Submitting.actor(person));
    }

    private ActOutcome cancel(Handle handle, Request request, Actor actor) {
        if (request.state().ended()) {
            return new ActOutcome.Refused(request.id().text() + " has ended already (" + request.state().column()
                    + "), so there is nothing to cancel.");
        }
        Run run = parts.store().runs().runs().byId(handle, request.run());
        boolean partOfIt = parts.store().runs().resourceCount(handle, run.stack()) > 0;
        boolean running = run.state() instanceof RunState.Planning || run.state() instanceof RunState.ApplyClaimed
                || run.state() instanceof RunState.Applying;
        if (partOfIt && !running && request.operation() == Request.Operation.CREATE) {
            return new ActOutcome.Refused(request.id().text() + " was applied in part: what is there has to be put"
                    + " right. Use Plan again, or ask the platform team.");
        }
        return switch (run.state()) {
            case RunState.Planning _ -> stop(handle, request, run, actor);
            case RunState.ApplyClaimed _ -> stop(handle, request, run, actor);
            case RunState.Applying _ -> stop(handle, request, run, actor);
            case RunState.Requested _ -> withdrawn(handle, request, run, actor);
            case RunState.AwaitingApproval _ -> withdrawn(handle, request, run, actor);
            case RunState.Approved _ -> withdrawn(handle, request, run, actor);
            case RunState.PlanFailed _ -> withdrawnAfter(handle, request, run, actor);
            case RunState.ApplyFailed _ -> withdrawnAfter(handle, request, run, actor);
            case RunState.NoChanges _ -> withdrawnAfter(handle, request, run, actor);
            case RunState.Cancelled _ -> withdrawnAfter(handle, request, run, actor);
            case RunState.Expired _ -> withdrawnAfter(handle, request, run, actor);
            case RunState.Stale _ -> withdrawnAfter(handle, request, run, actor);
            case RunState.Applied _ -> new ActOutcome.Refused(
                    request.id().text() + " is applied already, so it can no longer be cancelled.");
            case RunState.Partial _ -> new ActOutcome.Refused(request.id().text()
                    + " was applied in part: what is there has to be put right. Use Plan again, "
                    + (request.changes() ? "ask for another change, " : "") + "or ask the platform team.");
            case RunState.Indeterminate _ -> new ActOutcome.Refused(
                    "Nobody can say yet how much of " + request.id().text()
                            + " was applied, so it cannot be cancelled. Ask the platform team to look.");
        };
    }

    private ActOutcome stop(Handle handle, Request request, Run run, Actor actor) {
        parts.store().runs().runs().requestCancel(handle, run, actor);
        notices.changed(handle, requests.byId(handle, request.id()), Priority.DECISION);
        return new ActOutcome.Done(request.id().text() + " is being stopped; its card will say how far it got.");
    }

    private ActOutcome withdrawn(Handle handle, Request request, Run run, Actor actor) {
        parts.approvals().latest(handle, Effect.KIND, run.id().text())
                .filter(p -> p.state() instanceof ProposalState.Open)
                .ifPresent(p -> parts.approvals().cancel(handle, p.id(), actor, "withdrawn by the requester"));
        boolean ended = endings
                .end(handle, run, new RunState.Cancelled(actor), RequestState.CANCELLED, actor, Map.of()).isPresent();
        return ended
                ? cancelled(handle, request)
                : new ActOutcome.Refused(request.id().text() + " has just changed: look at its card and try again.");
    }

    /** The run has ended by itself; only the request is still there to be withdrawn. */
    private ActOutcome withdrawnAfter(Handle handle, Request request, Run run, Actor actor) {
        endings.close(handle, request, RequestState.CANCELLED, actor);
        endings.tell(handle, requests.byId(handle, request.id()), run);
        return cancelled(handle, request);
    }

    private static ActOutcome cancelled(Handle handle, Request request) {
        return new ActOutcome.Done(request.id().text() + " is cancelled. "
                + (History.touched(handle, request)
                        ? "What of it was applied earlier stays as it is."
                        : "Nothing was applied."));
    }

    /** The job that ends what nobody decided on, or put right, in time. */
    @Override
    public Job.Outcome run(Job job) {
        return job.args().has("proposal")
                ? expire(new ProposalId(job.args().path("proposal").asLong()))
                : expireFailed(job);
    }

    private Job.Outcome expire(ProposalId id) {
        return parts.store().database().write(h -> {
            parts.approvals().expire(h, id).ifPresent(expired -> {
                if (expired.terms().kind().equals(Leasing.EXTENSION)) {
                    leasing.told(h, expired);
                    return;
                }
                Request request = requestOf(h, expired);
                Run run = parts.store().runs().runs().byId(h, request.run());
                endings.end(h, run, new RunState.Expired(), RequestState.EXPIRED, Actor.STEWARD,
                        Map.of("proposal", id.value()));
            });
            return parts.approvals().find(h, id).filter(p -> !p.state().ended()).map(this::later)
                    .orElse(Job.Outcome.DONE);
        });
    }

    private Job.Outcome later(Proposal open) {
        return again(open.expiresAt());
    }

    /** The clock was set back after the job came due: it is not time yet. */
    private Job.Outcome again(Instant due) {
        return new Job.Outcome.Again(
                Duration.between(parts.store().clock().instant(), due).plus(Duration.ofSeconds(1)));
    }

    /** A plan that failed is put right by its requester; one who does not in time does not want it any more. */
    private Job.Outcome expireFailed(Job job) {
        RequestId id = new RequestId(job.args().path("request").asLong());
        RunId failed = new RunId(job.args().path("run").asLong());
        Instant due = Instant.ofEpochMilli(job.args().path("at").asLong());
        return parts.store().database().write(h -> {
            Request request = requests.byId(h, id);
            Run run = parts.store().runs().runs().byId(h, failed);
            boolean waits = request.state() == RequestState.PENDING && request.run().equals(failed)
                    && run.state() instanceof RunState.PlanFailed
                    && (request.operation() != Request.Operation.CREATE
                            || parts.store().runs().resourceCount(h, run.stack()) == 0);
            if (waits && parts.store().clock().instant().isBefore(due)) {
                return again(due);
            }
            if (waits) {
                endings.close(h, request, RequestState.EXPIRED, Actor.STEWARD);
                endings.tell(h, requests.byId(h, id), run);
            }
            return Job.Outcome.DONE;
        });
    }

    private Request requestOf(Handle handle, Proposal proposal) {
        Run run = parts.store().runs().runs().byText(handle, proposal.subject());
        return requests.byId(handle, new RequestId(run.request()));
    }
}
