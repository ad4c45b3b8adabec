package dev.steward.approvals;

import dev.steward.catalog.People;
import dev.steward.catalog.Person;
import dev.steward.catalog.Principal;
import dev.steward.catalog.Standing;
import dev.steward.catalog.Teams;
import dev.steward.database.Sha256;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Ledger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * The one place where effects are proposed and decided on.
 *
 * <p>
 * A proposal has stages in order; each needs some number of different people out of a group, who are found out at the
 * moment of the click. The requester never signs, nobody signs twice, and a signature whose holder has left the group
 * stops counting. Every method that changes something wants the caller's write transaction, so that state and ledger
 * stand or fall together.
 */
public final class Approvals {
    /** What may stand in the ledger as it came: a click can carry any text for a digest. */
    private static final Pattern DIGEST = Pattern.compile("(sha256:)?[0-9a-f]{1,64}");

    private final Proposals proposals;
    private final Electorate electorate;
    private final People people;
    private final Teams teams;
    private final Ledger ledger;
    private final InstantSource clock;

    /** An engine that finds out who may sign in the stores given, and takes the time from the clock. */
    public Approvals(People people, Teams teams, Ledger ledger, InstantSource clock) {
        this.proposals = new Proposals(people);
        this.electorate = new Electorate(people, teams);
        this.people = people;
        this.teams = teams;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Opens the proposal. One of the same kind and subject that is open is superseded: new plan, new approvals. */
    public ProposalId propose(Handle handle, NewProposal proposal) {
        requireTransaction(handle);
        proposals.open(handle, proposal.kind(), proposal.subject()).forEach(old -> supersede(handle, old));
        var id = proposals.insert(handle, proposal, now());
        ledger.append(handle, requester(handle, proposal), "proposal.open", proposal.subject(),
                Map.of("proposal", id.value(), "kind", proposal.kind(), "digest", proposal.digest(), "requester",
                        proposal.requester(), "stages", proposal.stages().size(), "expiresAt",
                        proposal.expiresAt().toEpochMilli()));
        return id;
    }

    /**
     * Notes that the effect is approved by a rule that people made beforehand: nobody is asked, and the ledger says so.
     * Whether the rule still holds just before the effect is the caller's to find out.
     */
    public ProposalId approveByRule(Handle handle, NewProposal proposal) {
        requireTransaction(handle);
        String rule = proposal.rule().orElseThrow();
        proposals.open(handle, proposal.kind(), proposal.subject()).forEach(old -> supersede(handle, old));
        ProposalId id = proposals.insertApproved(handle, proposal, Actor.STEWARD, now());
        ledger.append(handle, Actor.STEWARD, "proposal.approve_by_rule", proposal.subject(),
                Map.of("proposal", id.value(), "kind", proposal.kind(), "digest", proposal.digest(), "requester",
                        proposal.requester(), "rule", rule));
        return id;
    }

    /** The proposal as it is now. */
    public Optional<Proposal> find(Handle handle, ProposalId id) {
        return proposals.find(handle, id);
    }

    /** The newest proposal of a kind on a subject, open or ended. */
    public Optional<Proposal> latest(Handle handle, String kind, String subject) {
        return proposals.latest(handle, kind, subject).flatMap(id -> proposals.find(handle, id));
    }

    /**
     * Takes one person's decision.
     *
     * @param person
     *            whoever clicked; standing and memberships are read again
     * @param digestSeen
     *            of what the person was shown
     * @param reason
     *            free text; required to reject
     */
    public DecisionOutcome decide(Handle handle, ProposalId id, Person person, Verdict verdict, String digestSeen,
            Optional<String> reason) {
        requireTransaction(handle);
        var ballot = new Ballot(person.id(), verdict, digestSeen, reason);
        Instant now = now();
        var found = proposals.find(handle, id);
        if (found.isEmpty()) {
            return refused(handle, id.text(), id, ballot, new DecisionOutcome.NotFound(id));
        }
        Proposal proposal = found.get();
        var refusal = refusal(handle, proposal, ballot, now);
        if (refusal.isPresent()) {
            return refused(handle, proposal.subject(), id, ballot, refusal.get());
        }
        var outcome = switch (verdict) {
            case APPROVE -> approve(handle, proposal, ballot, now);
            case REJECT -> reject(handle, proposal, ballot);
        };
        return outcome.orElseGet(() -> decide(handle, id, person, verdict, digestSeen, reason));
    }

    /** Who may sign the open stage and has not signed anything yet, by display name; nobody when it has ended. */
    public List<Person> waitingFor(Handle handle, ProposalId id) {
        return proposals.find(handle, id).flatMap(proposal -> proposal.openStage()
                .map(open -> electorate.waitingFor(handle, proposal, open.stage(), now()))).orElse(List.of());
    }

    /** Numbers of all who may sign now, whichever stage is open and whatever they signed; never the requester's. */
    public Set<Long> electors(Handle handle, ProposalId id) {
        return proposals.find(handle, id).map(proposal -> electorate.all(handle, proposal, now())).orElse(Set.of());
    }

    /** The open proposals of a kind that this person may sign now and has not signed, the first to expire first. */
    public List<Proposal> openFor(Handle handle, String kind, Person person) {
        if (!person.mayAct()) {
            return List.of();
        }
        Instant now = now();
        Map<Principal, Boolean> acts = new HashMap<>();
        Predicate<Proposal.SignedStage> theirs = open -> acts.computeIfAbsent(open.stage().by(),
                by -> teams.isEligible(handle, by, person.id(), now));
        return proposals.open(handle, kind, now).stream().flatMap(id -> proposals.find(handle, id).stream())
                .filter(p -> p.requester() != person.id() && p.signatureOf(person.id()).isEmpty())
                .filter(p -> p.openStage().filter(theirs).isPresent()).toList();
    }

    /**
     * Numbers of the open proposals whose open stage that person would be asked to sign, if they had not left: as one of
     * these teams, or by name. Never their own.
     */
    public List<ProposalId> waitedFor(Handle handle, Person person, Set<Long> teamIds) {
        Map<Principal, Boolean> asked = new HashMap<>();
        Predicate<Principal> asks = by -> asked.computeIfAbsent(by,
                who -> who.kind() == Principal.Kind.PERSON
                        ? who.name().equals(person.name())
                        : teams.teamOf(handle, who).filter(team -> teamIds.contains(team.id())).isPresent());
        return proposals.open(handle).stream().flatMap(id -> proposals.find(handle, id).stream())
                .filter(p -> p.requester() != person.id())
                .filter(p -> p.openStage().filter(open -> asks.test(open.stage().by())).isPresent())
                .map(Proposal::id).toList();
    }

    /**
     * Notes that somebody who was asked cannot sign any more: their signature, if they gave one, stopped counting, and the
     * others of the stage decide.
     *
     * @return who that is; empty when it has ended, or when they still may sign
     */
    public Optional<Rerouted> reroute(Handle handle, ProposalId id, Person gone) {
        requireTransaction(handle);
        Optional<Proposal> open = proposals.find(handle, id).filter(p -> p.openStage()
                .filter(stage -> !electorate.maySign(handle, p, stage.stage(), gone.id(), now())).isPresent());
        return open.map(proposal -> {
            List<Person> waiting = waitingFor(handle, id);
            boolean known = proposal.openStage().flatMap(stage -> teams.teamOf(handle, stage.stage().by()))
                    .filter(team -> !teams.current(team, now())).isEmpty();
            boolean nobodyCan = known && nobodyCan(handle, id);
            ledger.append(handle, Actor.STEWARD, "proposal.reroute", proposal.subject(),
                    Map.of("proposal", id.value(), "from", gone.id(), "to", waiting.stream().map(Person::id).toList(),
                            "nobodyCan", nobodyCan));
            return new Rerouted(proposal, waiting, nobodyCan);
        });
    }

    /** Whether the open stage cannot be met, because too few people may sign it: it waits, and the card must say so. */
    public boolean nobodyCan(Handle handle, ProposalId id) {
        return proposals.find(handle, id).flatMap(proposal -> proposal.openStage()
                .map(open -> electorate.tooFew(handle, proposal, open, now()))).orElse(false);
    }

    /**
     * Asks, just before the effect, whether the approval still holds.
     *
     * @return for people, why it does not; empty when it holds
     */
    public Optional<String> recheck(Handle handle, ProposalId id, String digest, Instant now) {
        var found = proposals.find(handle, id);
        if (found.isEmpty()) {
            return Optional.of("There is no " + id.text() + ". Ask for approval again.");
        }
        Proposal proposal = found.get();
        if (!(proposal.state() instanceof ProposalState.Approved)) {
            return Optional.of("It is not approved: it is " + proposal.state().words() + ".");
        }
        if (!proposal.digest().equals(digest)) {
            return Optional.of("What was approved is not what would be applied now. Ask for approval again.");
        }
        if (proposal.due(now)) {
            return Optional.of("The approval has expired. Ask for approval again.");
        }
        return proposal.stages().stream().flatMap(stage -> problem(handle, proposal, stage, now).stream()).findFirst();
    }

    /** Takes the proposal back: by its requester, by Steward or by an operator. */
    public CancelOutcome cancel(Handle handle, ProposalId id, Actor actor, String reason) {
        requireTransaction(handle);
        var found = proposals.find(handle, id);
        if (found.isEmpty()) {
            return new CancelOutcome.NotFound(id);
        }
        Proposal proposal = found.get();
        if (!mayCancel(handle, proposal, actor)) {
            return new CancelOutcome.NotTheRequester();
        }
        if (proposal.state().ended()) {
            return new CancelOutcome.AlreadyEnded(proposal);
        }
        return end(handle, proposal, End.CANCELLED, actor, Optional.of(reason))
                .<CancelOutcome>map(CancelOutcome.Cancelled::new)
                .orElseGet(() -> cancel(handle, id, actor, reason));
    }

    /** Notes that an open proposal's time is up; empty when it is not, or when it has ended. */
    public Optional<Proposal> expire(Handle handle, ProposalId id) {
        requireTransaction(handle);
        return endIf(handle, id, proposal -> proposal.due(now()), End.EXPIRED);
    }

    /** Ends an open proposal before its time: what it was to decide on may not hold any more; empty when it has ended. */
    public Optional<Proposal> expireEarly(Handle handle, ProposalId id) {
        requireTransaction(handle);
        return endIf(handle, id, proposal -> true, End.EXPIRED);
    }

    /** Ends all open proposals of a kind before their time; answers which they were. */
    public List<Proposal> expireAll(Handle handle, String kind) {
        requireTransaction(handle);
        return proposals.open(handle, kind).stream().flatMap(id -> expireEarly(handle, id).stream()).toList();
    }

    /** Ends an open proposal because its effect is not wanted any more; empty when it has ended. */
    public Optional<Proposal> supersede(Handle handle, ProposalId id) {
        requireTransaction(handle);
        return endIf(handle, id, proposal -> true, End.SUPERSEDED);
    }

    /** Open proposals whose time is up, the longest due first, at most {@code limit}. */
    public List<ProposalId> due(Handle handle, int limit) {
        return proposals.due(handle, now(), limit);
    }

    private Optional<DecisionOutcome.Refusal> refusal(Handle handle, Proposal proposal, Ballot ballot, Instant now) {
        Standing standing = people.byId(handle, ballot.person()).map(Person::standing).orElse(Standing.UNLINKED);
        if (!standing.mayAct()) {
            return Optional.of(new DecisionOutcome.MayNotAct(standing));
        }
        var open = proposal.openStage();
        if (open.isEmpty()) {
            return Optional.of(new DecisionOutcome.AlreadyEnded(proposal));
        }
        if (proposal.due(now)) {
            return Optional.of(new DecisionOutcome.Expired(proposal.expiresAt()));
        }
        if (!proposal.digest().equals(ballot.digest())) {
            return Optional.of(new DecisionOutcome.OtherDigest(proposal));
        }
        return personal(handle, proposal, open.get().stage(), ballot, now);
    }

    private Optional<DecisionOutcome.Refusal> personal(Handle handle, Proposal proposal, Stage open, Ballot ballot,
            Instant now) {
        long person = ballot.person();
        if (person == proposal.requester()) {
            return Optional.of(new DecisionOutcome.IsRequester());
        }
        var before = proposal.signatureOf(person);
        if (before.isPresent()) {
            return Optional.of(new DecisionOutcome.AlreadySigned(before.get().at(),
                    proposal.stageSignedBy(person).orElseThrow(), before.get().verdict()));
        }
        if (!electorate.maySign(handle, proposal, open, person, now)) {
            return Optional.of(new DecisionOutcome.NotAnApprover(open, electorate
                    .waitingFor(handle, proposal, open, now).stream().map(Person::displayName).toList()));
        }
        return ballot.verdict() == Verdict.REJECT && ballot.reason().isEmpty()
                ? Optional.of(new DecisionOutcome.ReasonMissing())
                : Optional.empty();
    }

    /** Empty when somebody was first. */
    private Optional<DecisionOutcome> approve(Handle handle, Proposal proposal, Ballot ballot, Instant now) {
        int position = ((ProposalState.Open) proposal.state()).stage();
        Proposal.SignedStage open = proposal.stages().get(position);
        int have = electorate.holding(handle, proposal, open, now) + 1;
        boolean met = have >= open.stage().need();
        if (met && position == proposal.stages().size() - 1) {
            return endBy(handle, proposal, ballot, End.APPROVED, Optional.empty())
                    .map(DecisionOutcome.Approved::new);
        }
        if (!proposals.advance(handle, proposal, met ? position + 1 : position)) {
            return Optional.empty();
        }
        sign(handle, proposal, ballot, now);
        Proposal after = again(handle, proposal.id());
        return Optional.of(met
                ? new DecisionOutcome.StageMet(after, open.stage(), after.stages().get(position + 1).stage())
                : new DecisionOutcome.Counted(after, open.stage(), have));
    }

    /** Empty when somebody was first. */
    private Optional<DecisionOutcome> reject(Handle handle, Proposal proposal, Ballot ballot) {
        return endBy(handle, proposal, ballot, End.REJECTED, ballot.reason()).map(DecisionOutcome.Rejected::new);
    }

    private void sign(Handle handle, Proposal proposal, Ballot ballot, Instant now) {
        int stage = ((ProposalState.Open) proposal.state()).stage();
        proposals.sign(handle, proposal, stage, ballot, now);
        Map<String, Object> facts = facts(proposal.id(), ballot);
        facts.put("stage", stage);
        ledger.append(handle, actor(handle, ballot.person()), "decision." + ballot.verdict().stored(),
                proposal.subject(), facts);
    }

    private DecisionOutcome.Refusal refused(Handle handle, String subject, ProposalId id, Ballot ballot,
            DecisionOutcome.Refusal refusal) {
        Map<String, Object> facts = facts(id, ballot);
        facts.put("verdict", ballot.verdict().stored());
        facts.put("why", refusal.code());
        ledger.append(handle, actor(handle, ballot.person()), "decision.refused", subject, facts);
        return refusal;
    }

    private Optional<Proposal> endIf(Handle handle, ProposalId id, Predicate<Proposal> condition, End end) {
        return proposals.find(handle, id).filter(p -> !p.state().ended()).filter(condition)
                .flatMap(proposal -> end(handle, proposal, end, Actor.STEWARD, Optional.empty()));
    }

    /** Ends it by a signature; empty when somebody was first. */
    private Optional<Proposal> endBy(Handle handle, Proposal proposal, Ballot ballot, End end,
            Optional<String> reason) {
        Actor by = actor(handle, ballot.person());
        Instant now = now();
        if (!proposals.end(handle, proposal, end.state, by, reason.orElse(null), now)) {
            return Optional.empty();
        }
        sign(handle, proposal, ballot, now);
        return Optional.of(ended(handle, proposal, end, by, reason));
    }

    /** Ends it; empty when somebody was first. */
    private Optional<Proposal> end(Handle handle, Proposal proposal, End end, Actor by, Optional<String> reason) {
        return proposals.end(handle, proposal, end.state, by, reason.orElse(null), now())
                ? Optional.of(ended(handle, proposal, end, by, reason))
                : Optional.empty();
    }

    private Proposal ended(Handle handle, Proposal proposal, End end, Actor by, Optional<String> reason) {
        Map<String, Object> facts = new TreeMap<>(
                Map.of("proposal", proposal.id().value(), "digest", proposal.digest()));
        reason.ifPresent(text -> facts.put("reason", Sha256.of(text)));
        ledger.append(handle, by, end.action, proposal.subject(), facts);
        return proposals.find(handle, proposal.id()).orElseThrow();
    }

    private Optional<String> problem(Handle handle, Proposal proposal, Proposal.SignedStage stage, Instant now) {
        int holding = electorate.holding(handle, proposal, stage, now);
        if (holding >= stage.stage().need()) {
            return Optional.empty();
        }
        String whom = Teams.describe(stage.stage().by());
        boolean unknown = teams.teamOf(handle, stage.stage().by()).filter(team -> !teams.current(team, now))
                .isPresent();
        return Optional.of(unknown
                ? "Who belongs to %s has not been read from Slack for %d minutes, so that the approvals of stage %s cannot be confirmed. It goes on when Slack answers."
                        .formatted(whom, Teams.FRESH.toMinutes(), stage.stage().name())
                : "Stage %s has %d of %d approvals by people who still may approve for %s. Ask for approval again."
                        .formatted(stage.stage().name(), holding, stage.stage().need(), whom));
    }

    private boolean mayCancel(Handle handle, Proposal proposal, Actor actor) {
        return switch (actor) {
            case Actor.Steward steward -> true;
            case Actor.Operator operator -> true;
            case Actor.SlackUser account ->
                people.bySlack(handle, account).filter(p -> p.id() == proposal.requester()).isPresent();
        };
    }

    private Actor requester(Handle handle, NewProposal proposal) {
        return actor(handle, proposal.requester());
    }

    private Actor actor(Handle handle, long person) {
        return people.byId(handle, person).flatMap(Person::slack).<Actor>map(account -> account).orElse(Actor.STEWARD);
    }

    private Proposal again(Handle handle, ProposalId id) {
        return proposals.find(handle, id).orElseThrow();
    }

    private static Map<String, Object> facts(ProposalId id, Ballot ballot) {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("proposal", id.value());
        facts.put("person", ballot.person());
        facts.put("digest", DIGEST.matcher(ballot.digest()).matches() ? ballot.digest() : Sha256.of(ballot.digest()));
        ballot.reason().ifPresent(text -> facts.put("reason", Sha256.of(text)));
        return facts;
    }

    /** The times of tables and ledger are whole milliseconds. */
    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private static void requireTransaction(Handle handle) {
        if (!handle.isInTransaction()) {
            throw new IllegalStateException("a decision and its ledger entry need one transaction");
        }
    }

    /** How a proposal ends: its state in the table and the ledger's word. */
    private enum End {
        APPROVED("proposal.approve"), REJECTED("proposal.reject"), CANCELLED("proposal.cancel"), EXPIRED(
                "proposal.expire"), SUPERSEDED("proposal.supersede");

        final String state = name().toLowerCase(Locale.ROOT);
        final String action;

        End(String action) {
            this.action = action;
        }
    }
}
