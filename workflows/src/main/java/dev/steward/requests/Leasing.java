package dev.steward.requests;

import dev.steward.approvals.DecisionOutcome;
import dev.steward.approvals.NewProposal;
import dev.steward.approvals.Proposal;
import dev.steward.approvals.ProposalId;
import dev.steward.catalog.EntityId;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.database.Json;
import dev.steward.database.Sha256;
import dev.steward.definitions.Durations;
import dev.steward.definitions.ExpressionFailure;
import dev.steward.definitions.Facts;
import dev.steward.definitions.Workflow;
import dev.steward.jobs.Job;
import dev.steward.ledger.Actor;
import dev.steward.stacks.Lease;
import dev.steward.stacks.LeaseState;
import dev.steward.terraform.StackId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What people do with a lease that is there: let it last longer, give it back, take it away. */
final class Leasing {
    /** The kind of proposal that decides on letting a lease last longer. Its subject is the request, {@code REQ-42}. */
    static final String EXTENSION = "extension";

    private final RequestParts parts;
    private final RequestStore requests;
    private final Policy policy;
    private final RequestFacts circumstances;
    private final Notices notices;

    Leasing(RequestParts parts, RequestStore requests, Policy policy, RequestFacts circumstances, Notices notices) {
        this.parts = parts;
        this.requests = requests;
        this.policy = policy;
        this.circumstances = circumstances;
        this.notices = notices;
    }

    /** A lease with the request that asked for it. */
    private record Held(Request request, Lease lease) {}

    private Optional<Held> held(Handle handle, RequestId id) {
        return requests.find(handle, id).flatMap(
                request -> parts.store().leases().of(handle, request.stack()).map(lease -> new Held(request, lease)));
    }

    /** Ends it at once: by its holder, or by whoever owns what it is for, or by the platform team. */
    ActOutcome end(RequestId id, Person person) {
        return parts.store().database().write(h -> {
            Optional<Held> found = held(h, id);
            if (found.isEmpty() || !person.mayAct()) {
                return new ActOutcome.Refused(
                        "There is no access and no sandbox " + id.text() + " that you could end.");
            }
            Held held = found.get();
            boolean own = held.lease().holder() == person.id();
            if (!own && !answersFor(h, held.lease(), person)) {
                return new ActOutcome.Refused("Only the person who has " + held.request().subject()
                        + ", its owner team and the platform team can end it.");
            }
            LeaseState.Cause cause = own ? LeaseState.Cause.RETURNED : LeaseState.Cause.REVOKED;
            return end(h, held, new LeaseState.Word(cause, Submitting.actor(person)));
        });
    }

    private ActOutcome end(Handle handle, Held held, LeaseState.Word word) {
        boolean done = parts.store().leases().end(handle, held.lease(), word);
        if (!done) {
            return new ActOutcome.Refused(refusal(handle, held));
        }
        ended(handle, held.request());
        return new ActOutcome.Done(
                held.request().subject() + " is being ended; the card of " + held.request().id().text()
                        + " says when it is gone.");
    }

    /** What follows from the word that it is to end: the sweep takes it up at once. */
    void ended(Handle handle, Request request) {
        withdraw(handle, request);
        parts.store().jobs().enqueue(handle, LeaseSweep.job());
        notices.lease(handle, request);
    }

    /** Takes back an open wish to let it last longer, and says so: it ends, or has another end than was looked at. */
    void withdraw(Handle handle, Request request) {
        parts.approvals().latest(handle, EXTENSION, request.id().text())
                .flatMap(proposal -> parts.approvals().supersede(handle, proposal.id()))
                .ifPresent(proposal -> told(handle, request, proposal.id()));
    }

    private void told(Handle handle, Request request, ProposalId proposal) {
        notices.extension(handle, request, proposal, parts.approvals().electors(handle, proposal));
    }

    /** Whether that person may act, and for the owner of what the lease is for or for the platform team. */
    boolean answersFor(Handle handle, Lease lease, Person person) {
        long owner = lease.grant().flatMap(grant -> parts.catalog().entities()
                .byId(handle, new EntityId(grant.entity())))
                .flatMap(e -> parts.catalog().teams().byName(handle, e.owner()))
                .map(Team::id).orElseGet(() -> parts.store().stacks().byId(handle, lease.stack()).owner());
        boolean owns = person.mayAct()
                && parts.catalog().teams().teamsOf(handle, person.id()).stream().anyMatch(team -> team.id() == owner);
        return owns || parts.isPlatform(handle, person);
    }

    private String refusal(Handle handle, Held held) {
        String subject = held.request().subject();
        return switch (held.lease().state()) {
            case LeaseState.Pending _ -> held.request().id().text()
                    + " is not there yet, so there is nothing to end or extend. Its card says where it stands.";
            case LeaseState.Active _ -> held.request().id().text() + " was changed just now: look, and try again.";
            case LeaseState.Ending ending -> subject + " is being ended already: " + words(handle, ending.word()) + ".";
            case LeaseState.Ended ended -> subject + " has ended already: " + words(handle, ended.word()) + ".";
            case LeaseState.Never _ -> held.request().id().text() + " came to nothing, so there is nothing to end.";
        };
    }

    private String words(Handle handle, LeaseState.Word word) {
        return switch (word.cause()) {
            case RETURNED, REVOKED -> word.cause().words() + " by "
                    + parts.catalog().people().nameOf(handle, word.by());
            case EXPIRED, INCIDENT_OVER, LEFT, RETIRED, UNCONFIRMED -> word.cause().words();
        };
    }

    /** Lets it last longer, by its holder, within the cap: at once where a standing rule allows it, else by decision. */
    ActOutcome extend(RequestId id, Person person, Duration more) {
        return parts.store().database().write(h -> {
            Optional<Held> found = held(h, id).filter(held -> held.lease().holder() == person.id());
            if (found.isEmpty() || !person.mayAct()) {
                return new ActOutcome.Refused("You have no access and no sandbox " + id.text() + ".");
            }
            Held held = found.get();
            if (!(held.lease().state() instanceof LeaseState.Active active)) {
                return new ActOutcome.Refused(refusal(h, held));
            }
            return extend(h, held, active, more, person);
        });
    }

    private ActOutcome extend(Handle handle, Held held, LeaseState.Active active, Duration more, Person person) {
        Workflow workflow = parts.rules().workflows().get(held.request().workflow());
        if (workflow == null) {
            return new ActOutcome.Refused("The workflow `" + held.request().workflow()
                    + "` is gone, so nothing can be extended by it. Ask the platform team.");
        }
        Instant until = active.endsAt().plus(more);
        Facts facts = facts(handle, held, workflow, person, Duration.between(active.startsAt(), until));
        Optional<String> obstacle = obstacle(workflow, held, facts, until);
        if (obstacle.isPresent()) {
            return new ActOutcome.Refused(obstacle.get());
        }
        Optional<String> rule = policy.standing(workflow, facts);
        if (rule.isPresent()) {
            return lengthen(handle, held.request(), held.lease(), until, Submitting.actor(person),
                    Map.of("rule", rule.get()));
        }
        return propose(handle, held, workflow, facts, new Extension(active.endsAt(), until));
    }

    /** As if it had been asked for from its start to its new end. Terraform has nothing to do for it. */
    private Facts facts(Handle handle, Held held, Workflow workflow, Person person, Duration whole) {
        Map<String, Object> answers = new HashMap<>(requests.answers(handle, held.request().id()));
        String field = workflow.lease().flatMap(lease -> policy.fieldOfExpression(workflow, lease.lasts()))
                .orElse(Workflow.Access.DURATION);
        answers.put(field, Math.max(1, whole.plusSeconds(59).toMinutes()) + "m");
        return circumstances.of(handle, workflow, answers, circumstances.requester(handle, person))
                .withPlan(new Facts.Plan(0, 0, 0, List.of()));
    }

    /** Whether it is known who is in which team: a Slack that does not answer takes nothing from anybody. */
    boolean teamsKnown(Handle handle) {
        Instant now = parts.store().clock().instant();
        return parts.catalog().teams().all(handle).stream()
                .allMatch(team -> parts.catalog().teams().current(team, now));
    }

    /** Whether it was given by a standing rule that does not hold any more. */
    boolean lapsed(Handle handle, Lease lease) {
        Request request = requests.byId(handle, new RequestId(lease.request()));
        Workflow workflow = parts.rules().workflows().get(request.workflow());
        Optional<String> rule = parts.approvals().latest(handle, Effect.KIND, request.run().text())
                .flatMap(proposal -> proposal.terms().rule());
        if (rule.isEmpty() || workflow == null || BreakGlass.is(rule.get()) || GivingBack.is(rule.get())) {
            return false;
        }
        Person holder = parts.catalog().people().byId(handle, lease.holder()).orElseThrow();
        Facts facts = circumstances.of(handle, workflow, requests.answers(handle, request.id()),
                circumstances.requester(handle, holder)).withPlan(new Facts.Plan(0, 0, 0, List.of()));
        return policy.standing(workflow, facts).isEmpty();
    }

    private Optional<String> obstacle(Workflow workflow, Held held, Facts facts, Instant until) {
        if (!workflow.allow().permits(Set.copyOf(facts.requester().teams()))) {
            return Optional.of("Your teams may not use `" + workflow.name() + "` any more.");
        }
        Optional<Duration> cap = held.lease().grant().isPresent()
                ? role(workflow, held.lease(), facts).map(role -> role.cap(facts.entity().orElseThrow().tier()))
                : workflow.lease().map(Workflow.Lease::atMost);
        if (cap.isEmpty()) {
            return Optional.of("`" + workflow.title() + "` does not give you " + held.request().subject()
                    + " any more, so it cannot be extended. It ends as before.");
        }
        Instant latest = parts.store().clock().instant().plus(cap.get());
        return until.isAfter(latest)
                ? Optional.of("At any moment it may last " + Durations.words(cap.get())
                        + " more at most, and that would be longer. Ask for less, or later.")
                : Optional.empty();
    }

    private static Optional<Workflow.Role> role(Workflow workflow, Lease lease, Facts facts) {
        return facts.entity().isEmpty()
                ? Optional.empty()
                : Granting.roles(workflow, facts).stream()
                        .filter(role -> role.name().equals(lease.grant().orElseThrow().role())).findFirst();
    }

    private ActOutcome lengthen(Handle handle, Request request, Lease lease, Instant until, Actor by,
            Map<String, ?> facts) {
        if (!parts.store().leases().extend(handle, lease, until, by, facts)) {
            return new ActOutcome.Refused(request.id().text() + " was changed just now: look, and try again.");
        }
        withdraw(handle, request);
        notices.lease(handle, request);
        return new ActOutcome.Done(request.subject() + " lasts longer now; the card of " + request.id().text()
                + " says until when.");
    }

    /** From one end to another. */
    private record Extension(Instant from, Instant until) {
        String digest(StackId stack) {
            return Sha256.of(Json.text(Map.of("stack", stack.text(), "from", from.toEpochMilli(), "until",
                    until.toEpochMilli())));
        }
    }

    private ActOutcome propose(Handle handle, Held held, Workflow workflow, Facts facts, Extension wanted) {
        try {
            Instant expires = parts.store().clock().instant().plus(workflow.approval().expiresAfter());
            Instant latest = expires.isBefore(wanted.from()) ? expires : wanted.from();
            withdraw(handle, held.request());
            ProposalId id = parts.approvals().propose(handle,
                    new NewProposal(EXTENSION, held.request().id().text(), wanted.digest(held.lease().stack()),
                            held.lease().holder(), policy.stages(workflow, facts), latest));
            parts.store().leases().wants(handle, held.lease(), wanted.until());
            parts.store().jobs().enqueue(handle, Job.Order.at(latest, Planning.EXPIRE_JOB + ":" + id.value(),
                    Planning.EXPIRE_JOB, Map.of("proposal", id.value()), Job.Lane.GENERAL));
            told(handle, held.request(), id);
            return new ActOutcome.Done("Asked for. Its approvers decide in #" + held.request().channel()
                    + "; until then it ends as before.");
        } catch (ExpressionFailure e) {
            return new ActOutcome.Refused(
                    "Steward cannot tell who has to approve this, so nobody may: " + e.getMessage()
                            + ". Tell the platform team.");
        }
    }

    /** What follows from a decision on letting a lease last longer. */
    void follow(Handle handle, DecisionOutcome.Recorded outcome, Actor actor) {
        Proposal proposal = outcome.proposal();
        Request request = requests.byId(handle, RequestId.parse(proposal.subject()).orElseThrow());
        if (outcome instanceof DecisionOutcome.Approved) {
            Lease lease = parts.store().leases().of(handle, request.stack()).orElseThrow();
            Optional<Extension> wanted = parts.store().leases().wanted(handle, lease)
                    .flatMap(until -> lease.endsAt().map(from -> new Extension(from, until)))
                    .filter(extension -> extension.digest(lease.stack()).equals(proposal.digest()));
            wanted.ifPresent(extension -> lengthen(handle, request, lease, extension.until(), actor,
                    Map.of("proposal", proposal.id().value())));
        }
        told(handle, request, proposal.id());
    }

    /** Says anew how a wish to let a lease last longer stands: nobody decided in time, or others may decide. */
    void told(Handle handle, Proposal proposal) {
        RequestId.parse(proposal.subject()).map(id -> requests.byId(handle, id))
                .ifPresent(request -> told(handle, request, proposal.id()));
    }
}
