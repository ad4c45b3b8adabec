package dev.steward.approvals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.catalog.CatalogKit;
import dev.steward.catalog.Person;
import dev.steward.catalog.Principal;
import dev.steward.catalog.Standing;
import dev.steward.catalog.Teams;
import dev.steward.database.Sha256;
import dev.steward.ledger.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApprovalsTest {
    private static final String DIGEST = Sha256.of("plan");
    private static final Instant EXPIRES = CatalogKit.START.plus(Duration.ofDays(3));
    private static final Stage OWNER = new Stage("Owner", Principal.owners("checkout"), 1, "they own it");
    private static final Stage PLATFORM = new Stage("Platform", Principal.team("platform"), 2, "it is tier-1");

    private CatalogKit kit;
    private Approvals approvals;
    private Person dev;
    private Person mona;
    private Person theo;
    private Person ines;

    @BeforeEach
    void open(@TempDir Path folder) {
        kit = new CatalogKit(folder);
        approvals = new Approvals(kit.people(), kit.teams(), kit.ledger(), kit);
        dev = kit.member("dev");
        mona = kit.member("mona");
        theo = kit.member("theo");
        ines = kit.member("ines");
        kit.slackTeam("payments", mona, dev);
        kit.slackTeam("platform", mona, theo, ines);
        kit.service("checkout", "payments");
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void goesThroughItsStagesInOrder() {
        var id = propose(OWNER, PLATFORM);

        assertThat(approve(id, mona)).isInstanceOfSatisfying(DecisionOutcome.StageMet.class, met -> {
            assertThat(met.met()).isEqualTo(OWNER);
            assertThat(met.next()).isEqualTo(PLATFORM);
        });
        assertThat(approve(id, theo)).isInstanceOfSatisfying(DecisionOutcome.Counted.class, counted -> {
            assertThat(counted.have()).isEqualTo(1);
            assertThat(counted.need()).isEqualTo(2);
        });
        kit.pass(Duration.ofMinutes(1));
        assertThat(approve(id, ines)).isInstanceOf(DecisionOutcome.Approved.class);

        Proposal approved = find(id);
        assertThat(approved.state()).isEqualTo(new ProposalState.Approved(
                new ProposalState.By(CatalogKit.account("ines"), "Ines"), kit.instant()));
        assertThat(approved.stages()).extracting(s -> s.signatures().stream().map(Signature::name).toList())
                .containsExactly(List.of("Mona"), List.of("Theo", "Ines"));
        assertThat(recheck(id)).isEmpty();
        assertThat(decisions()).containsExactly("proposal.open", "decision.approve", "decision.approve",
                "decision.approve", "proposal.approve");
        assertThat(kit.ledgerIntact()).isTrue();
    }

    @Test
    void oneRejectionEndsItAndTheReasonStaysOutOfTheLedger() {
        var id = propose(OWNER, PLATFORM);

        var outcome = decide(id, mona, Verdict.REJECT, DIGEST, Optional.of("  too big  "));

        assertThat(outcome).isInstanceOf(DecisionOutcome.Rejected.class);
        assertThat(find(id).state()).isEqualTo(new ProposalState.Rejected(
                new ProposalState.By(CatalogKit.account("mona"), "Mona"), kit.instant(), "too big"));
        assertThat(decisions()).containsExactly("proposal.open", "decision.reject", "proposal.reject");
        assertThat(kit.factsOf("decision.reject")).contains(Sha256.of("too big")).doesNotContain("too big\"");
        assertThat(recheck(id)).contains("It is not approved: it is rejected.");
    }

    @Test
    void refusesWhatDoesNotExist() {
        var id = new ProposalId(99);

        assertThat(approve(id, mona)).isEqualTo(new DecisionOutcome.NotFound(id));
        assertRefused("not-found");
        assertThat(recheck(id)).isPresent();
    }

    @Test
    void tellsALateClickWhoDecidedAndWhen() {
        var id = propose(OWNER);
        approve(id, mona);
        Instant decided = kit.instant();
        kit.pass(Duration.ofMinutes(5));

        assertThat(approve(id, theo)).isInstanceOfSatisfying(DecisionOutcome.AlreadyEnded.class, ended -> {
            assertThat(ended.how().words()).isEqualTo("approved");
            assertThat(ended.how().endedBy().orElseThrow().name()).isEqualTo("Mona");
            assertThat(ended.how().endedAt()).contains(decided);
        });
        assertThat(approve(id, mona)).isInstanceOf(DecisionOutcome.AlreadyEnded.class);
        assertRefused("already-ended");
    }

    @Test
    void refusesADecisionOnSomethingElse() {
        var id = propose(OWNER);

        assertThat(decide(id, mona, Verdict.APPROVE, Sha256.of("older plan"), Optional.empty()))
                .isInstanceOf(DecisionOutcome.OtherDigest.class);
        assertRefused("other-digest");
    }

    @Test
    void aForgedDigestBringsNoFreeTextIntoTheLedger() {
        var id = propose(OWNER);

        decide(id, mona, Verdict.APPROVE, "Mona Lindqvist was here", Optional.empty());

        assertThat(kit.factsOf("decision.refused")).doesNotContain("Lindqvist");
    }

    @Test
    void expiresAtTheInstantAndNotBefore() {
        var first = propose(OWNER);
        kit.set(EXPIRES.minusMillis(1));
        kit.mirror("payments", mona, dev);
        kit.mirror("platform", theo, ines);
        assertThat(kit.write(h -> approvals.expire(h, first)).isPresent()).isFalse();
        assertThat(approve(first, mona)).isInstanceOf(DecisionOutcome.Approved.class);
        assertThat(recheck(first)).isEmpty();

        kit.set(CatalogKit.START);
        var second = propose(OWNER);
        kit.set(EXPIRES);
        assertThat(approve(second, mona)).isEqualTo(new DecisionOutcome.Expired(EXPIRES));
        assertRefused("expired");
        assertThat(recheck(first)).contains("The approval has expired. Ask for approval again.");
        assertThat(kit.list(h -> approvals.due(h, 10))).containsExactly(second);
        assertThat(kit.write(h -> approvals.expire(h, second)).orElseThrow().state())
                .isEqualTo(new ProposalState.Expired(EXPIRES));
        assertThat(kit.write(h -> approvals.expire(h, second)).isPresent()).isFalse();
        assertThat(kit.list(h -> approvals.due(h, 10))).isEmpty();
        assertThat(approve(second, mona)).isInstanceOf(DecisionOutcome.AlreadyEnded.class);
    }

    @Test
    void theRequesterNeverDecidesEvenInTheGroup() {
        var id = propose(OWNER);

        assertThat(approve(id, dev)).isEqualTo(new DecisionOutcome.IsRequester());
        assertThat(decide(id, dev, Verdict.REJECT, DIGEST, Optional.of("no")))
                .isEqualTo(new DecisionOutcome.IsRequester());
        assertRefused("is-requester");
        assertThat(waitingFor(id)).containsExactly("Mona");
    }

    @Test
    void onlyMembersDecide() {
        for (Standing standing : Standing.values()) {
            if (standing != Standing.MEMBER) {
                var id = propose(OWNER);
                Person other = kit.met("mona", standing);

                assertThat(approve(id, other)).isEqualTo(new DecisionOutcome.MayNotAct(standing));
                assertThat(approve(id, mona)).as("the standing is read again")
                        .isEqualTo(new DecisionOutcome.MayNotAct(standing));
                assertRefused("may-not-act");
            }
        }
    }

    @Test
    void namesWhomItWaitsForToSomebodyWhoMayNot() {
        var id = propose(OWNER, PLATFORM);

        assertThat(approve(id, theo)).isEqualTo(new DecisionOutcome.NotAnApprover(OWNER, List.of("Mona")));
        assertRefused("not-an-approver");
        approve(id, mona);
        assertThat(waitingFor(id)).containsExactly("Ines", "Theo");
    }

    @Test
    void onePersonSignsOnceAlsoWhenInBothGroups() {
        var id = propose(OWNER, PLATFORM);
        approve(id, mona);

        assertThat(approve(id, mona))
                .isEqualTo(new DecisionOutcome.AlreadySigned(kit.instant(), OWNER, Verdict.APPROVE));
        assertRefused("already-signed");
        assertThat(decide(id, mona, Verdict.REJECT, DIGEST, Optional.of("second thoughts")))
                .isInstanceOf(DecisionOutcome.AlreadySigned.class);
    }

    @Test
    void whoRejectsSaysWhy() {
        var id = propose(OWNER);

        assertThat(decide(id, mona, Verdict.REJECT, DIGEST, Optional.empty()))
                .isEqualTo(new DecisionOutcome.ReasonMissing());
        assertThat(decide(id, mona, Verdict.REJECT, DIGEST, Optional.of(" \n ")))
                .isEqualTo(new DecisionOutcome.ReasonMissing());
        assertRefused("reason-missing");
        assertThat(find(id).state()).isEqualTo(new ProposalState.Open(0));
    }

    @Test
    void aNewerProposalTakesThePlaceOfTheOpenOne() {
        var old = propose(PLATFORM);
        approve(old, theo);

        var newer = propose(PLATFORM);

        assertThat(find(old).state()).isEqualTo(new ProposalState.Superseded(kit.instant()));
        assertThat(find(newer).openStage().orElseThrow().signatures()).isEmpty();
        assertThat(kit.read(h -> approvals.latest(h, "plan", "RUN-17")).orElseThrow().id()).isEqualTo(newer);
        assertThat(approve(old, ines)).isInstanceOfSatisfying(DecisionOutcome.AlreadyEnded.class,
                ended -> assertThat(ended.how().endedBy()).isEmpty());
        assertThat(kit.write(h -> approvals.supersede(h, newer)).isPresent()).isTrue();
        assertThat(kit.write(h -> approvals.supersede(h, newer)).isPresent()).isFalse();
    }

    @Test
    void aSignatureStopsCountingWhenItsHolderLeaves() {
        var id = propose(PLATFORM);
        approve(id, theo);
        kit.mirror("platform", mona, ines);

        assertThat(approve(id, mona)).isInstanceOfSatisfying(DecisionOutcome.Counted.class,
                counted -> assertThat(counted.have()).isEqualTo(1));
        assertThat(approve(id, ines)).isInstanceOf(DecisionOutcome.Approved.class);
        assertThat(recheck(id)).isEmpty();
    }

    @Test
    void recheckRefusesWhatNoLongerHolds() {
        var id = propose(OWNER, PLATFORM);
        assertThat(recheck(id)).contains("It is not approved: it is open.");
        approve(id, mona);
        approve(id, theo);
        approve(id, ines);

        assertThat(kit.find(h -> approvals.recheck(h, id, Sha256.of("another"), kit.instant()))).get().asString()
                .contains("not what would be applied");
        kit.met("theo", Standing.DEACTIVATED);
        assertThat(recheck(id)).get().asString().startsWith("Stage Platform has 1 of 2 approvals");
        kit.member("theo");
        assertThat(recheck(id)).isEmpty();
        kit.mirror("payments");
        assertThat(recheck(id)).get().asString().startsWith("Stage Owner has 0 of 1 approvals");
    }

    @Test
    void staleMembershipCountsForNothing() {
        var id = propose(PLATFORM);
        approve(id, theo);
        approve(id, ines);
        var waiting = propose(OWNER);
        kit.pass(Teams.FRESH.plusMillis(1));

        assertThat(recheck(id)).get().asString().contains("has not been read from Slack for 30 minutes");
        assertThat(approve(waiting, mona)).isEqualTo(new DecisionOutcome.NotAnApprover(OWNER, List.of()));
        assertThat(nobodyCan(waiting)).isTrue();

        kit.mirror("payments", mona);
        assertThat(nobodyCan(waiting)).isFalse();
        assertThat(approve(waiting, mona)).isInstanceOf(DecisionOutcome.Approved.class);
    }

    @Test
    void saysWhenNobodyCanDecide() {
        var id = propose(OWNER, new Stage("Again", Principal.owners("checkout"), 1, "twice"));
        assertThat(nobodyCan(id)).isFalse();
        approve(id, mona);

        assertThat(nobodyCan(id)).as("mona has signed, dev asks").isTrue();
        assertThat(waitingFor(id)).isEmpty();
        assertThat(nobodyCan(propose(new Stage("None", Principal.team("unknown"), 1, "typo")))).isTrue();
        assertThat(nobodyCan(propose(new Stage("Many", Principal.team("platform"), 4, "too many")))).isTrue();
        assertThat(nobodyCan(propose(new Stage("Three", Principal.team("platform"), 3, "all")))).isFalse();
        assertThat(nobodyCan(new ProposalId(99))).isFalse();
    }

    @Test
    void aPersonCanBeAStage() {
        var id = propose(new Stage("Lead", Principal.person("ines"), 1, "she leads"));

        assertThat(approve(id, theo)).isInstanceOf(DecisionOutcome.NotAnApprover.class);
        assertThat(approve(id, ines)).isInstanceOf(DecisionOutcome.Approved.class);
    }

    @Test
    void theRequesterTakesItBack() {
        var id = propose(OWNER);

        assertThat(cancel(id, CatalogKit.account("mona"))).isEqualTo(new CancelOutcome.NotTheRequester());
        assertThat(cancel(id, CatalogKit.account("nobody"))).isEqualTo(new CancelOutcome.NotTheRequester());
        assertThat(cancel(new ProposalId(99), Actor.STEWARD)).isEqualTo(new CancelOutcome.NotFound(new ProposalId(99)));
        assertThat(cancel(id, CatalogKit.account("dev"))).isInstanceOfSatisfying(CancelOutcome.Cancelled.class,
                cancelled -> assertThat(cancelled.proposal().state()).isEqualTo(new ProposalState.Cancelled(
                        new ProposalState.By(CatalogKit.account("dev"), "Dev"), kit.instant(), "not needed")));
        assertThat(cancel(id, CatalogKit.account("dev"))).isInstanceOf(CancelOutcome.AlreadyEnded.class);
        assertThat(approve(id, mona)).isInstanceOf(DecisionOutcome.AlreadyEnded.class);
        assertThat(kit.factsOf("proposal.cancel")).doesNotContain("not needed");
        assertThat(cancel(propose(OWNER), CatalogKit.OPERATOR)).isInstanceOf(CancelOutcome.Cancelled.class);
    }

    @Test
    void failsClosedWithoutStagesOrSignatures() {
        assertThatThrownBy(() -> propose()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Stage("Nobody", Principal.team("x"), 0, ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NewProposal("plan", "RUN-1", " ", 1, List.of(OWNER), EXPIRES))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void listsWhatAPersonMaySignTheFirstToExpireFirst() {
        ProposalId later = propose("RUN-1", EXPIRES.plusSeconds(60));
        ProposalId sooner = propose("RUN-2", EXPIRES);
        kit.write(h -> approvals.propose(h, new NewProposal("transfer", "RUN-3", DIGEST, dev.id(), List.of(OWNER),
                EXPIRES)));

        assertThat(openFor(mona)).containsExactly(sooner, later);
        assertThat(openFor(dev)).as("the requester").isEmpty();
        assertThat(openFor(theo)).as("another stage's").isEmpty();

        approve(sooner, mona);
        assertThat(openFor(mona)).as("signed").containsExactly(later);
        assertThat(openFor(theo)).as("its turn").containsExactly(sooner);
        kit.pass(Duration.between(kit.instant(), EXPIRES));
        kit.mirror("platform", mona, theo, ines);
        assertThat(openFor(theo)).as("at the instant at which its time is up").isEmpty();
    }

    private ProposalId propose(String subject, Instant expires) {
        return kit.write(h -> approvals.propose(h,
                new NewProposal("plan", subject, DIGEST, dev.id(), List.of(OWNER, PLATFORM), expires)));
    }

    private List<ProposalId> openFor(Person person) {
        return kit.database().read(h -> approvals.openFor(h, "plan", person)).stream().map(Proposal::id).toList();
    }

    @Test
    void wantsATransaction() {
        var proposal = new NewProposal("plan", "RUN-17", DIGEST, dev.id(), List.of(OWNER), EXPIRES);

        assertThatThrownBy(() -> kit.database().<ProposalId>write(h -> {
            h.commit();
            return approvals.propose(h, proposal);
        })).isInstanceOf(IllegalStateException.class);
    }

    private ProposalId propose(Stage... stages) {
        var proposal = new NewProposal("plan", "RUN-17", DIGEST, dev.id(), List.of(stages), EXPIRES);
        return kit.write(h -> approvals.propose(h, proposal));
    }

    private DecisionOutcome approve(ProposalId id, Person person) {
        return decide(id, person, Verdict.APPROVE, DIGEST, Optional.empty());
    }

    private DecisionOutcome decide(ProposalId id, Person person, Verdict verdict, String digest,
            Optional<String> reason) {
        return kit.write(h -> approvals.decide(h, id, person, verdict, digest, reason));
    }

    private CancelOutcome cancel(ProposalId id, Actor actor) {
        return kit.write(h -> approvals.cancel(h, id, actor, "not needed"));
    }

    private Optional<String> recheck(ProposalId id) {
        return kit.read(h -> approvals.recheck(h, id, DIGEST, kit.instant()));
    }

    private boolean nobodyCan(ProposalId id) {
        return kit.read(h -> approvals.nobodyCan(h, id));
    }

    private List<String> waitingFor(ProposalId id) {
        return kit.read(h -> approvals.waitingFor(h, id)).stream().map(Person::displayName).toList();
    }

    private Proposal find(ProposalId id) {
        return kit.read(h -> approvals.find(h, id)).orElseThrow();
    }

    private List<String> decisions() {
        return kit.actions().stream().filter(a -> a.startsWith("proposal.") || a.startsWith("decision.")).toList();
    }

    private void assertRefused(String code) {
        assertThat(kit.factsOf("decision.refused")).contains("\"why\":\"" + code + "\"");
    }
}
