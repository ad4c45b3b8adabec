package dev.steward.requests;

import dev.steward.approvals.DecisionOutcome;
import dev.steward.approvals.ProposalId;
import dev.steward.approvals.Verdict;
import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.database.SealedColumn;
import dev.steward.definitions.Facts;
import dev.steward.definitions.Form;
import dev.steward.definitions.Workflow;
import dev.steward.jobs.Job;
import dev.steward.ledger.Actor;
import dev.steward.outbox.Priority;
import dev.steward.stacks.Lease;
import dev.steward.stacks.LeaseState;
import dev.steward.terraform.Run;
import dev.steward.terraform.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The use cases of requests: submit, mend, decide, cancel, plan again, look. Slash commands, buttons, the command line
 * and tests all come through here; every check of who may do what is made here, at the moment it is asked.
 */
public final class Requests {
    /** What the tables of requests hold sealed. */
    public static final List<SealedColumn> SEALED = List.of(RequestStore.SEALED, Drafts.SEALED);

    private final RequestParts parts;
    private final RequestStore requests;
    private final Submitting submitting;
    private final Planning planning;
    private final Deciding deciding;
    private final Applying applying;
    private final Outcomes outcomes;
    private final RequestFacts circumstances;
    private final Leasing leasing;
    private final Notices notices;
    private final GivingBack givingBack;
    private final LeaseSweep sweep;
    final Leavers leavers;
    final Reminding reminding;
    private final DesertedTeams desertedTeams;
    private final LeaseViews leaseViews;
    private final Extensions extensions;
    private final RequestViews views;
    private final Drafts drafts;
    private final Decommissioning decommissioning;
    private final Changing changing;
    private final Reverting reverting;
    private final Homes homes;
    private final HomeViews homeViews;

    /** The use cases over the parts given. */
    public Requests(RequestParts parts) {
        this.parts = parts;
        requests = new RequestStore(parts.store().sealer(), parts.store().clock());
        Policy policy = new Policy(parts.rules().platformTeam());
        circumstances = new RequestFacts(parts.catalog(), policy);
        notices = new Notices(parts.store().outbox());
        Checking checking = new Checking(parts, policy, circumstances);
        submitting = new Submitting(parts, requests, checking, notices);
        Recording recording = new Recording(parts, requests, policy, circumstances, notices);
        Concerned concerned = new Concerned(parts, requests, recording, policy);
        Endings endings = new Endings(parts.store(), parts.approvals(), parts.catalog().teams(), requests, notices,
                (h, run) -> {
                    parts.runner().conclude(h, run);
                    concerned.ended(h, run);
                });
        leasing = new Leasing(parts, requests, policy, circumstances, notices);
        givingBack = new GivingBack(parts, requests, leasing, submitting, notices);
        planning = new Planning(parts, requests, policy, notices, endings, recording, givingBack);
        outcomes = new Outcomes(parts, requests, recording, endings, notices);
        applying = new Applying(parts, requests, recording, policy, outcomes, notices, givingBack);
        deciding = new Deciding(parts, requests, notices, endings, leasing);
        leavers = new Leavers(parts, requests, deciding, leasing, notices);
        sweep = new LeaseSweep(parts, requests, new LeaseEndings(parts, requests, outcomes, endings), deciding,
                leasing, notices, leavers);
        reminding = new Reminding(parts, requests, recording, notices);
        desertedTeams = new DesertedTeams(parts);
        leaseViews = new LeaseViews(parts, requests);
        extensions = new Extensions(parts, requests, leaseViews);
        views = new RequestViews(parts, requests, policy, circumstances, leaseViews, concerned);
        Superseding superseding = new Superseding(parts, requests, endings, notices);
        decommissioning = new Decommissioning(parts, requests, superseding, concerned, notices);
        changing = new Changing(parts, requests, checking, policy, recording, superseding, notices);
        reverting = new Reverting(parts, requests, checking, policy, changing, decommissioning, superseding, concerned);
        drafts = new Drafts(parts.store().sealer(), parts.store().clock());
        homes = new Homes(parts.store().outbox());
        homeViews = new HomeViews(parts, requests, views, leaseViews, extensions);
    }

    /**
     * A filled form.
     *
     * @param answers
     *            field to raw answer, as it came from the form
     * @param idempotencyKey
     *            the same key again answers what the first answered
     */
    public record Submission(String workflow, Person requester, Map<String, Object> answers, String idempotencyKey) {}

    /**
     * One person's click on a proposal.
     *
     * @param digest
     *            of what they saw; untrusted
     */
    public record Click(Person person, ProposalId proposal, Verdict verdict, String digest, Optional<String> reason) {}

    /** Takes a filled form in. */
    public SubmitOutcome submit(Submission submission) {
        return submit(submission, Purpose.NONE);
    }

    /** Takes a filled form in, for what it was opened for. */
    public SubmitOutcome submit(Submission submission, Purpose purpose) {
        return submitting.submit(submission, purpose);
    }

    /**
     * Takes a mended form in, for a request whose plan failed.
     *
     * @param idempotencyKey
     *            names this submission, as that of a new request does
     */
    public SubmitOutcome resubmit(RequestId id, Person requester, Map<String, Object> answers,
            String idempotencyKey) {
        Optional<Request> change = parts.store().database().read(h -> requests.find(h, id))
                .filter(Request::changes);
        return change.isPresent()
                ? changing.resubmit(change.get(), requester, answers, idempotencyKey)
                : submitting.resubmit(id, requester, answers, idempotencyKey);
    }

    /** Takes one person's decision. */
    public DecisionOutcome decide(Click click) {
        return deciding.decide(click);
    }

    /** Withdraws a request, or stops what is running for it. */
    public ActOutcome cancel(RequestId id, Person person) {
        return deciding.cancel(id, person);
    }

    /** Has a request planned again after its plan or its apply failed: a new run, new approvals. */
    public ActOutcome planAgain(RequestId id, Person person) {
        Optional<Run> before = parts.store().database().read(
                h -> requests.find(h, id).map(request -> parts.store().runs().runs().byId(h, request.run())));
        if (before.isEmpty()) {
            return new ActOutcome.Refused("There is no " + id.text() + ".");
        }
        String digest = parts.rules().moduleDigest(before.get().module(), before.get().moduleDigest());
        return parts.store().database().write(h -> planAgain(h, requests.byId(h, id), person, digest));
    }

    private ActOutcome planAgain(Handle handle, Request request, Person person, String moduleDigest) {
        boolean may = person.mayAct() && (request.requester() == person.id() || parts.isPlatform(handle, person));
        if (!may) {
            return new ActOutcome.Refused("Only the person who asked, or the platform team, can have "
                    + request.id().text() + " planned again.");
        }
        if (parts.store().leases().of(handle, request.stack()).map(Lease::state).filter(state -> !request.ends()
                && (state instanceof LeaseState.Ending || state instanceof LeaseState.Ended)).isPresent()) {
            return new ActOutcome.Refused(request.id().text() + " is over: ask for it again.");
        }
        Run run = parts.store().runs().runs().byId(handle, request.run());
        boolean can = switch (run.state()) {
            case RunState.PlanFailed _ -> true;
            case RunState.ApplyFailed _ -> true;
            case RunState.Partial _ -> true;
            case RunState.Indeterminate _ -> true;
            case RunState.Expired _ -> true; // by a restoration: otherwise the request has ended, too
            case RunState.Requested _ -> false;
            case RunState.Planning _ -> false;
            case RunState.NoChanges _ -> false;
            case RunState.AwaitingApproval _ -> false;
            case RunState.Approved _ -> false;
            case RunState.ApplyClaimed _ -> false;
            case RunState.Applying _ -> false;
            case RunState.Applied _ -> false;
            case RunState.Cancelled _ -> false;
            case RunState.Stale _ -> false;
        };
        if (!can || request.state().ended()) {
            return new ActOutcome.Refused(
                    request.id().text() + " does not need another plan now. Its card says where it stands.");
        }
        Actor actor = Submitting.actor(person);
        parts.store().ledger().append(handle, actor, "request.plan_again", request.id().text(),
                Map.of("run", run.id().text()));
        Run next = outcomes.another(handle, run, moduleDigest, actor);
        return new ActOutcome.Done(request.id().text() + " is planned again as " + next.id().text() + ".");
    }

    /**
     * Asks to take away what a request made: planned and decided on like that request, by the same people.
     *
     * @param incident
     *            row of the incident for which it is to be undone
     */
    public DecommissionOutcome decommission(RequestId id, Person person, Optional<Long> incident) {
        return decommissioning.ask(id, person, new Undoing(incident, Optional.empty()));
    }

    /** The form of what stands there, filled in with the answers that hold now, if that person may change it. */
    public ChangeForm changeForm(Handle handle, Entity entity, Person person) {
        return changing.form(handle, entity, person);
    }

    /** The request whose answers hold for what stands there, if that person may change it. */
    public Optional<RequestId> changeable(Handle handle, Entity entity, Person person) {
        return changing.changeable(handle, entity, person);
    }

    /** The fields of a workflow whose answers a change leaves as they are. */
    public List<String> kept(Workflow workflow) {
        return changing.kept(workflow);
    }

    /**
     * Takes the filled form of a change in: planned and decided on like the request that made it, by the people whom
     * either the new or the present answers ask for.
     *
     * @param of
     *            the request whose answers held when the form was opened
     */
    public SubmitOutcome change(RequestId of, Person person, Map<String, Object> answers, String idempotencyKey) {
        return changing.submit(of, person, answers, idempotencyKey);
    }

    /**
     * Proposes to have it as before that request: what it made is taken away, what it changed goes back.
     *
     * @param why
     *            what it is for, and what may be withdrawn for it
     */
    public RevertOutcome revert(RequestId id, Person person, Undoing why) {
        return reverting.propose(id, person, why);
    }

    /** Has an approved request looked at again at once: what kept its apply waiting may be over. */
    public void goOn(Handle handle, RequestId id) {
        requests.find(handle, id).filter(request -> request.state() == RequestState.APPROVED)
                .map(request -> parts.store().runs().runs().byId(handle, request.run()))
                .ifPresent(run -> parts.store().jobs().enqueue(handle, Applying.job(run)));
    }

    /**
     * Follows the merge of an incident, in the transaction that merges: what was asked for its sake belongs to the other.
     *
     * @param from
     *            number of the incident that does not go on
     */
    public void merged(Handle handle, long from, long to) {
        requests.follow(handle, from, to).forEach(request -> notices.changed(handle, request, Priority.NOTICE));
        parts.emergencies().merged(handle, from, to);
    }

    /** Ends access or a sandbox at once: by its holder, by whoever owns what it is for, or by the platform team. */
    public ActOutcome endLease(RequestId id, Person person) {
        return leasing.end(id, person);
    }

    /**
     * Ends access or a sandbox in Steward's own name, in the caller's transaction.
     *
     * @return whether it was done: somebody may have said so before
     */
    public boolean endLease(Handle handle, Lease lease, LeaseState.Cause cause) {
        return endLease(handle, lease, new LeaseState.Word(cause, Actor.STEWARD));
    }

    /** Ends access or a sandbox on somebody's word, in the caller's transaction, which has made sure that they may. */
    public boolean endLease(Handle handle, Lease lease, LeaseState.Word word) {
        return sweep.endNow(handle, lease, word);
    }

    /**
     * Suspends access that nobody confirmed: ends it in Steward's own name, and lets its owners give it back until then.
     *
     * @return whether it was done: somebody may have ended it before
     */
    public boolean suspend(Handle handle, Lease lease, Instant until) {
        return sweep.suspendNow(handle, lease, until);
    }

    /** Notes that nobody gave back suspended access in time, in the caller's transaction. */
    public boolean lapse(Handle handle, Lease lease) {
        boolean done = parts.suspensions().lapse(handle, lease);
        if (done) {
            notices.lease(handle, requests.byId(handle, new RequestId(lease.request())));
        }
        return done;
    }

    /** Gives suspended access back to whoever had it, for the time that it had left. */
    public ActOutcome giveBack(RequestId id, Person person) {
        return givingBack.give(id, person);
    }

    /** The suspended access that a person had and may be given back, the first to be over first. */
    public List<LeaseView> suspendedOf(Handle handle, Person person) {
        return parts.suspensions().heldBy(handle, person.id()).stream().map(lease -> view(handle, lease)).toList();
    }

    /** The suspended access of others that a person may give back for their teams, the first to be over first. */
    public List<LeaseView> suspendedBefore(Handle handle, Person person) {
        return parts.suspensions().ofTeamsOf(handle, person.id()).stream()
                .filter(lease -> parts.catalog().people().byId(handle, lease.holder()).filter(Person::mayAct)
                        .isPresent())
                .map(lease -> view(handle, lease)).toList();
    }

    /** The suspended access to an entity, the first to be over first. */
    public List<LeaseView> suspendedOn(Handle handle, Entity entity) {
        return parts.suspensions().on(handle, entity.id().value()).stream().map(lease -> view(handle, lease)).toList();
    }

    /** Suspended access that nobody gave back in time, as long as that is not noted. */
    public List<Lease> lapsing(Handle handle, int limit) {
        return parts.suspensions().lapsing(handle, limit);
    }

    /** Whether that person answers for what a lease is for: as one of its owner team, or of the platform team. */
    public boolean answersFor(Handle handle, Lease lease, Person person) {
        return leasing.answersFor(handle, lease, person);
    }

    /**
     * Lets access or a sandbox last longer.
     *
     * @param more
     *            beyond its end; positive
     */
    public ActOutcome extendLease(RequestId id, Person person, Duration more) {
        return leasing.extend(id, person, more);
    }

    /** What that person may ask for on an entity, by workflow. */
    public List<AccessOffer> accessTo(Handle handle, Person person, Entity entity) {
        return offered(handle, person).stream().filter(workflow -> workflow.access().isPresent())
                .flatMap(workflow -> offer(handle, workflow, person, entity).stream()).toList();
    }

    private Optional<AccessOffer> offer(Handle handle, Workflow workflow, Person person, Entity entity) {
        Facts facts = Facts.of(Map.of(), circumstances.requester(handle, person))
                .withEntity(circumstances.target(handle, entity)).withModel(entity.operatingModel().text());
        String tier = entity.profile().tier().text();
        List<AccessOffer.Choice> roles = Granting.roles(workflow, facts).stream()
                .map(role -> new AccessOffer.Choice(role, Granting.durations(role, tier))).toList();
        return Granting.serves(workflow, entity, facts) && !roles.isEmpty()
                ? Optional.of(new AccessOffer(workflow, entity, roles))
                : Optional.empty();
    }

    /** What there is to see of a lease. */
    public LeaseView view(Handle handle, Lease lease) {
        return leaseViews.of(handle, lease);
    }

    /** What there is to see of a wish to let a lease last longer; empty for a proposal of another kind. */
    public Optional<ExtensionView> extension(Handle handle, ProposalId proposal) {
        return extensions.view(handle, proposal);
    }

    /** What there is to see of a team in which nobody is left, or somebody is again; empty for no team of that name. */
    public Optional<DesertedTeam> desertedTeam(Handle handle, String team) {
        return desertedTeams.view(handle, team);
    }

    /** By how much access or a sandbox may be extended now, the shortest first; empty where it lasts as long as it may. */
    public List<Duration> extensions(Handle handle, RequestId id) {
        return extensions.choices(handle, id);
    }

    /** The request itself, if there is one. */
    public Optional<Request> find(Handle handle, RequestId id) {
        return requests.find(handle, id);
    }

    /** What there is to see of a request. */
    public Optional<RequestView> view(Handle handle, RequestId id) {
        return requests.find(handle, id).map(request -> views.of(handle, request));
    }

    /** What there is to see of the request that a proposal decides on. */
    public Optional<RequestView> view(Handle handle, ProposalId proposal) {
        return parts.approvals().find(handle, proposal).flatMap(found -> found.terms().kind().equals(Leasing.EXTENSION)
                ? RequestId.parse(found.subject())
                : Optional.of(new RequestId(parts.store().runs().runs().byText(handle, found.subject()).request())))
                .flatMap(id -> view(handle, id));
    }

    /** How much the plan that a proposal decides on would delete; 0 where there is no such plan. */
    public int deletes(Handle handle, ProposalId proposal) {
        return parts.approvals().find(handle, proposal).filter(found -> found.terms().kind().equals(Effect.KIND))
                .map(found -> parts.store().runs().runs().byText(handle, found.subject()))
                .map(run -> parts.store().runs().plans().deletes(handle, run.id())).orElse(0);
    }

    /** What became of a submission with that key, if it was accepted. */
    public Optional<RequestView> submitted(Handle handle, String idempotencyKey) {
        return requests.byIdempotencyKey(handle, idempotencyKey).flatMap(id -> view(handle, id));
    }

    /** The answers of a request, for its form to be filled in again by its requester. */
    public Map<String, Object> answers(Handle handle, RequestId id) {
        return requests.answers(handle, id);
    }

    /** The form of a workflow, as that person fills it in. It asks the catalog anew whenever it needs to. */
    public Form form(Workflow workflow, Person person) {
        return form(workflow, person, Optional.empty());
    }

    /**
     * The same, to mend or to change something.
     *
     * @param about
     *            the request that is mended or changed, whose names are not taken for it
     */
    public Form form(Workflow workflow, Person person, Optional<RequestId> about) {
        return changing.empty(workflow,
                parts.store().database().read(h -> circumstances.requester(h, person)), about);
    }

    /** The workflows that a person may use, by title. */
    public List<Workflow> offered(Handle handle, Person person) {
        Set<String> teams = parts.catalog().teams().teamsOf(handle, person.id()).stream().map(Team::name)
                .collect(Collectors.toSet());
        return parts.rules().workflows().values().stream()
                .filter(workflow -> person.mayAct() && workflow.allow().permits(teams))
                .sorted(Comparator.comparing(Workflow::title)).toList();
    }

    /** The workflow of that name, whoever may use it. */
    public Optional<Workflow> workflow(String name) {
        return Optional.ofNullable(parts.rules().workflows().get(name));
    }

    /** What there is to see for a member: what waits for them, what they asked for, what they own and may ask for. */
    public HomeView home(Handle handle, Person person) {
        return homeViews.of(handle, person, offered(handle, person));
    }

    /** Who has opened their home. */
    public Homes homes() {
        return homes;
    }

    /** Half-filled forms. */
    public Drafts drafts() {
        return drafts;
    }

    /** The work that looks after what is due and after whoever has left, due at once. */
    public static Job.Order sweep() {
        return LeaseSweep.job();
    }

    /** The background work of requests, by kind of job. */
    public Map<String, Job.Handler> handlers() {
        return Map.of(Submitting.PLAN_JOB, planning, Applying.JOB, applying, Planning.EXPIRE_JOB, deciding,
                LeaseSweep.JOB, sweep, Reminding.JOB, reminding);
    }

    /**
     * Sees to it that every run that has not ended has its job. The jobs are durable, so that this finds nothing to do
     * unless the database was restored or mended by hand. Whatever a crash left of runs that had ended is removed.
     */
    public void recover() {
        parts.store().database().writing(h -> {
            parts.store().runs().runs().open(h).forEach(run -> recover(h, run));
            parts.store().jobs().enqueue(h, LeaseSweep.job());
            parts.store().jobs().enqueue(h, Reminding.job());
        });
        parts.runner().sweepEnded();
    }

    private void recover(Handle handle, Run run) {
        boolean plan = run.state() instanceof RunState.Requested || run.state() instanceof RunState.Planning;
        boolean wait = run.state() instanceof RunState.AwaitingApproval;
        if (plan) {
            parts.store().jobs().enqueue(handle, Submitting.planJob(run));
        } else if (!wait) {
            parts.store().jobs().enqueue(handle, Applying.job(run));
        }
    }
}
