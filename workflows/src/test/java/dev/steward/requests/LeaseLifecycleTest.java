package dev.steward.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.steward.access.AccessReport;
import dev.steward.access.Reach;
import dev.steward.approvals.DecisionOutcome;
import dev.steward.approvals.Proposal;
import dev.steward.approvals.ProposalId;
import dev.steward.approvals.Verdict;
import dev.steward.catalog.EntityId;
import dev.steward.ledger.Actor;
import dev.steward.stacks.LeaseState;
import dev.steward.stacks.LeaseState.Cause;
import dev.steward.stacks.Leases;
import dev.steward.terraform.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Access and sandboxes, from the asking to the end, with the shipped workflows and real Terraform. */
class LeaseLifecycleTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path home;

    private LeaseBench access;

    @BeforeEach
    void open() {
        access = new LeaseBench(home);
    }

    @AfterEach
    void close() {
        access.close();
    }

    @Test
    void theClockStartsWhenItIsThereAndItEndsByItself() {
        RequestId id = access.asked("dana", "ledger-api", "reader", "1h");
        access.until(() -> access.bench.state(id) instanceof RunState.AwaitingApproval);
        access.pass(Duration.ofHours(2));
        assertThat(access.state(id)).as("waiting costs no time").isInstanceOf(LeaseState.Pending.class);
        assertThat(access.bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);

        LeaseState.Active active = access.active(id);
        assertThat(Duration.between(active.startsAt(), active.endsAt())).isEqualTo(HOUR);
        assertThat(access.bench.count("SELECT count(*) FROM stack_resource")).isPositive();

        access.pass(HOUR);
        LeaseState.Ended ended = access.ended(id);
        assertThat(ended.word().cause()).isEqualTo(Cause.EXPIRED);
        assertThat(ended.word().by()).isEqualTo(Actor.STEWARD);
        assertThat(ended.endedAt()).isBetween(active.endsAt(), active.endsAt().plus(LeaseBench.PATIENCE));
        assertThat(access.bench.count("SELECT count(*) FROM stack_resource")).isZero();
        assertThat(access.bench.count("SELECT count(*) FROM stack WHERE status = 'ended'")).isEqualTo(1);
        assertThat(access.story(id)).containsSubsequence("request.submit", "proposal.approve", "lease.start",
                "lease.end", "request.end", "proposal.approve_by_rule", "stack.end");
        assertThat(access.told(Notices.LEASE_ENDED)).isTrue();
    }

    @Test
    void aStandingRuleAsksNobodyAndTheLedgerSaysSo() {
        RequestId id = access.asked("dana", "ledger-lab", "operator", "8h");
        access.active(id);
        assertThat(access.bench.proposal(id).stages()).isEmpty();
        assertThat(access.bench.proposal(id).terms().rule()).isPresent();
        assertThat(access.bench.count("SELECT count(*) FROM decision")).isZero();
        assertThat(access.story(id)).contains("proposal.approve_by_rule", "request.approved");
    }

    @Test
    void aStandingRuleThatHoldsNoMoreWhenItIsAppliedAsksPeople() {
        access.bench.slackAnswers = false;
        RequestId id = access.asked("dana", "ledger-lab", "operator", "8h");
        access.until(() -> access.bench.view(id).run().trouble().isPresent());
        access.bench.members("payments", "omar");
        access.bench.slackAnswers = true;
        access.until(() -> access.bench.state(id) instanceof RunState.AwaitingApproval);
        assertThat(access.bench.view(id).run().earlier().orElseThrow()).contains("rule");
        assertThat(access.bench.count("SELECT count(*) FROM ledger WHERE action = 'run.applying'")).isZero();
        assertThat(access.bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);
        access.active(id);
    }

    @Test
    void nobodyApprovesForThemselvesAndCapsHold() {
        RequestId id = access.asked("omar", "ledger-api", "reader", "1h");
        access.until(() -> access.bench.state(id) instanceof RunState.AwaitingApproval);
        assertThat(access.bench.approve("omar", id)).isInstanceOf(DecisionOutcome.IsRequester.class);
        assertThat(access.ask("dana", "cart", "operator", "8h")).as("tier 1 has a lower cap")
                .isInstanceOfSatisfying(SubmitOutcome.Invalid.class, invalid -> assertThat(
                        invalid.errors().getFirst().message()).contains("tier-1", "4 hours at most"));
        assertThat(access.ask("dana", "nothing-at-all", "reader", "1h")).isInstanceOf(SubmitOutcome.Invalid.class);
        assertThat(access.ask("dana", "cart", "emperor", "1h")).isInstanceOf(SubmitOutcome.Invalid.class);
        assertThat(access.ask("dana", "cart", "reader", "0h")).isInstanceOf(SubmitOutcome.Invalid.class);
        assertThat(access.ask("dana", "cart", "reader", "-1h")).isInstanceOf(SubmitOutcome.Invalid.class);
        assertThat(access.ask("gus", "cart", "reader", "1h")).as("a guest")
                .isInstanceOf(SubmitOutcome.Refused.class);
    }

    @Test
    void askingAgainSaysWhatThereIsAndAnotherRoleStandsBesideIt() {
        RequestId reader = access.asked("dana", "ledger-lab", "reader", "1h");
        access.active(reader);
        assertThat(access.ask("dana", "ledger-lab", "reader", "8h")).isInstanceOfSatisfying(SubmitOutcome.Invalid.class,
                invalid -> assertThat(invalid.errors().getFirst().message()).contains("already", "minutes",
                        reader.text()));
        RequestId operator = access.asked("dana", "ledger-lab", "operator", "8h");
        access.active(operator);
        access.pass(HOUR);
        access.ended(reader);
        assertThat(access.state(operator)).isInstanceOf(LeaseState.Active.class);
        access.active(access.asked("dana", "ledger-lab", "reader", "1h"));
    }

    @Test
    void warnsBeforeTheEndAndAgainBeforeALaterOne() {
        RequestId id = access.asked("dana", "ledger-lab", "reader", "1h");
        access.active(id);
        access.pass(Duration.ofMinutes(46));
        access.until(() -> access.told(Notices.LEASE_WARNING));
        assertThat(access.bench.requests.extendLease(id, access.bench.person("dana"), HOUR))
                .isInstanceOf(ActOutcome.Done.class);
        assertThat(access.active(id).warnedAt()).isEmpty();
        access.pass(Duration.ofMinutes(50));
        access.until(() -> access.bench
                .count("SELECT count(*) FROM outbox WHERE view = '" + Notices.LEASE_WARNING + "'") == 2);
        access.pass(Duration.ofMinutes(30));
        access.ended(id);
    }

    @Test
    void isGivenBackByItsHolderAndTakenAwayByItsOwnersAndByNobodyElse() {
        RequestId back = access.asked("dana", "ledger-lab", "reader", "8h");
        RequestId away = access.granted("olga", "ledger-lab", "reader", "8h", "omar");
        access.active(back);
        assertThat(access.bench.requests.endLease(away, access.bench.person("dana")))
                .isInstanceOf(ActOutcome.Done.class);
        assertThat(access.bench.requests.endLease(away, access.bench.person("omar")))
                .isInstanceOfSatisfying(ActOutcome.Refused.class, no -> assertThat(no.why()).contains("dana"));
        assertThat(access.bench.requests.endLease(back, access.bench.person("olga")))
                .isInstanceOf(ActOutcome.Refused.class);
        assertThat(access.bench.requests.endLease(back, access.bench.person("dana")))
                .isInstanceOf(ActOutcome.Done.class);
        assertThat(access.ended(away).word().cause()).isEqualTo(Cause.REVOKED);
        assertThat(access.ended(back).word().cause()).isEqualTo(Cause.RETURNED);
        assertThat(access.bench.requests.endLease(back, access.bench.person("dana")))
                .isInstanceOf(ActOutcome.Refused.class);
    }

    @Test
    void lastsLongerByDecisionWhereNoRuleAllowsItAndNeverBeyondTheCap() {
        RequestId id = access.granted("dana", "ledger-api", "reader", "1h", "omar");
        Instant before = access.active(id).endsAt();
        assertThat(access.bench.requests.extendLease(id, access.bench.person("dana"), Duration.ofDays(30)))
                .isInstanceOfSatisfying(ActOutcome.Refused.class, no -> assertThat(no.why()).contains("at most"));
        assertThat(access.bench.requests.extendLease(id, access.bench.person("omar"), HOUR))
                .as("not by somebody else").isInstanceOf(ActOutcome.Refused.class);
        assertThat(access.bench.requests.extendLease(id, access.bench.person("dana"), HOUR))
                .isInstanceOf(ActOutcome.Done.class);
        assertThat(access.active(id).endsAt()).as("nobody has decided yet").isEqualTo(before);
        Proposal wish = extension(id);
        assertThat(decide("dana", wish, Verdict.APPROVE)).isInstanceOf(DecisionOutcome.IsRequester.class);
        assertThat(decide("omar", wish, Verdict.APPROVE)).isInstanceOf(DecisionOutcome.Approved.class);
        assertThat(access.active(id).endsAt()).isEqualTo(before.plus(HOUR));
        assertThat(access.story(id)).contains("lease.extend");
    }

    @Test
    void endsAsItWasToWhenTheWishForMoreIsRefused() {
        RequestId id = access.granted("dana", "ledger-api", "reader", "1h", "omar");
        access.bench.requests.extendLease(id, access.bench.person("dana"), HOUR);
        assertThat(decide("omar", extension(id), Verdict.REJECT)).isInstanceOf(DecisionOutcome.Rejected.class);
        access.pass(HOUR);
        access.ended(id);
    }

    private Proposal extension(RequestId id) {
        return access.bench.read(h -> access.bench.approvals.latest(h, Leasing.EXTENSION, id.text())).orElseThrow();
    }

    private DecisionOutcome decide(String who, Proposal proposal, Verdict verdict) {
        ProposalId id = proposal.id();
        return access.bench.requests.decide(new Requests.Click(access.bench.person(who), id, verdict,
                proposal.digest(), verdict == Verdict.REJECT ? Optional.of("One hour was enough") : Optional.empty()));
    }

    @Test
    void whatCannotBeEndedIsTriedAgainAndToldUntilItIsDone() {
        RequestId id = access.asked("dana", "ledger-lab", "reader", "1h");
        access.active(id);
        access.endingsFail(true);
        access.pass(HOUR);
        for (int tries = 1; tries <= 3; tries++) {
            int wanted = tries;
            access.until(() -> access.ending(id).tries() == wanted);
            assertThat(access.ending(id).trouble()).isPresent();
            access.pass(Duration.ofMinutes(1L << wanted));
        }
        access.until(() -> access.told(Notices.LEASE_TROUBLE));
        access.endingsFail(false);
        access.pass(HOUR);
        access.ended(id);
        assertThat(access.bench.count("SELECT count(*) FROM stack_resource")).isZero();
    }

    @Test
    void asksItsOwnerWhereEndingItWouldRemoveMoreThanWasApproved() {
        RequestId id = access.asked("dana", "ledger-lab", "reader", "1h");
        access.active(id);
        access.bench.database.writing(h -> h.execute("DELETE FROM lease_address"));
        access.pass(HOUR);
        access.until(() -> access.bench.count("SELECT count(*) FROM run WHERE operation = 'destroy'"
                + " AND state = 'awaiting_approval'") == 1);
        RequestId ending = new RequestId(access.ending(id).request().orElseThrow());
        assertThat(access.bench.view(ending).run().warnings()).isNotEmpty();
        assertThat(access.bench.requests.cancel(ending, access.bench.person("dana")))
                .isInstanceOf(ActOutcome.Refused.class);
        assertThat(access.bench.approve("dana", ending)).as("its holder").isInstanceOf(DecisionOutcome.Refusal.class);
        assertThat(access.bench.approve("omar", ending)).isInstanceOf(DecisionOutcome.Approved.class);
        access.ended(id);
    }

    @Test
    void isAskedForAnewEverMoreSeldomWhenItsOwnerRefusesToEndIt() {
        RequestId id = access.asked("dana", "ledger-lab", "reader", "1h");
        access.active(id);
        access.bench.database.writing(h -> h.execute("DELETE FROM lease_address"));
        access.pass(HOUR);
        RequestId before = new RequestId(0);
        for (Duration wait : List.of(HOUR, Duration.ofHours(4), Duration.ofDays(1), Duration.ofDays(1))) {
            RequestId asks = asksToEnd(id, before);
            access.bench.decide("omar", asks, Verdict.REJECT, access.bench.proposal(asks).digest(),
                    Optional.of("Not yet"));
            assertThat(access.ending(id).trouble()).as("in red").isPresent();
            assertThat(access.ending(id).nextTry().orElseThrow()).isCloseTo(access.now().plus(wait),
                    within(1, ChronoUnit.MINUTES));
            access.pass(wait);
            before = asks;
        }
        access.bench.approve("omar", asksToEnd(id, before));
        access.ended(id);
    }

    private RequestId asksToEnd(RequestId id, RequestId before) {
        access.until(() -> access.ending(id).request()
                .filter(r -> r != before.value()
                        && access.bench.state(new RequestId(r)) instanceof RunState.AwaitingApproval)
                .isPresent());
        return new RequestId(access.ending(id).request().orElseThrow());
    }

    @Test
    void whatCameDueWhileStewardWasAwayIsEndedAtTheNextStart() {
        RequestId id = access.asked("dana", "ledger-lab", "reader", "1h");
        access.active(id);
        access.stop();
        access.bench.skew.set(Duration.ofDays(2));
        access.goOn();
        access.ended(id);
    }

    @Test
    void manyThatComeDueAtTheSameMomentAreAllEndedByTheSameSweep() {
        RequestId id = access.asked("dana", "ledger-lab", "reader", "1h");
        access.active(id);
        access.endingsFail(true);
        access.many(id, 250);
        access.pass(HOUR);
        await().atMost(Duration.ofSeconds(60)).until(() -> access.bench.count("""
                SELECT count(*) FROM lease WHERE cause = 'expired' AND ending IS NOT NULL""") == 251);
        access.bench.database.writing(h -> h.execute("UPDATE lease SET state = 'ended', ended_at = 1 WHERE stack > 1"));
    }

    @Test
    void theEndingGoesOnAfterAStopInItsMiddle() {
        RequestId id = access.asked("dana", "ledger-lab", "reader", "1h");
        access.active(id);
        access.bench.requests.endLease(id, access.bench.person("dana"));
        access.restart();
        access.restart();
        assertThat(access.ended(id).word().cause()).isEqualTo(Cause.RETURNED);
        assertThat(access.bench.count("SELECT count(*) FROM request WHERE operation = 'destroy'")).isEqualTo(1);
    }

    @Test
    void aClockSetBackEndsNothingEarlyAndOneSetForwardNothingTwice() {
        RequestId id = access.asked("dana", "ledger-lab", "reader", "1h");
        LeaseState.Active active = access.active(id);
        access.pass(HOUR.negated());
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(10))
                .until(() -> access.state(id) instanceof LeaseState.Active);
        access.pass(HOUR.multipliedBy(2));
        assertThat(access.ended(id).endedAt()).isAfterOrEqualTo(active.endsAt());
        access.pass(HOUR.negated());
        assertThat(access.bench.count("SELECT count(*) FROM request WHERE operation = 'destroy'")).isEqualTo(1);
    }

    @Test
    void whoLeavesLosesWhatTheyHaveAndIsGivenNothingMore() {
        RequestId had = access.asked("dana", "ledger-lab", "reader", "8h");
        RequestId asked = access.asked("dana", "cart", "reader", "1h");
        access.active(had);
        access.until(() -> access.bench.state(asked) instanceof RunState.AwaitingApproval);
        access.bench.slackAnswers = false;
        access.bench.approve("olga", asked);
        access.leaves("dana");
        access.bench.slackAnswers = true;
        access.pass(Duration.ofMinutes(1));
        assertThat(access.ended(had).word().cause()).isEqualTo(Cause.LEFT);
        access.until(() -> access.state(asked) instanceof LeaseState.Never);
        assertThat(access.bench.view(asked).state()).isEqualTo(RequestState.CANCELLED);
    }

    @Test
    void whoLeavesTheTeamLosesWhatAStandingRuleGaveThemAndNothingElse() {
        RequestId byRule = access.asked("dana", "ledger-lab", "reader", "8h");
        RequestId byWord = access.granted("dana", "ledger-api", "reader", "8h", "omar");
        access.active(byRule);
        access.bench.skew.updateAndGet(skew -> skew.plus(Duration.ofMinutes(40)));
        access.bench.members("payments", "omar");
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(10))
                .until(() -> access.state(byRule) instanceof LeaseState.Active);
        access.bench.members("checkout", "olga");
        access.bench.members("platform", "pia", "paul");
        access.bench.skew.updateAndGet(skew -> skew.plus(Duration.ofMinutes(1)));
        assertThat(access.ended(byRule).word().cause()).isEqualTo(Cause.LEFT);
        assertThat(access.state(byWord)).isInstanceOf(LeaseState.Active.class);
    }

    @Test
    void endsWithWhatItWasAccessTo() {
        RequestId id = access.asked("dana", "ledger-lab", "reader", "8h");
        access.active(id);
        EntityId lab = access.bench.read(h -> access.bench.entities.byName(h, "ledger-lab")).orElseThrow().id();
        access.bench.database.writing(h -> access.bench.entities.end(h, new Actor.Operator("ops"), lab));
        access.pass(Duration.ofMinutes(1));
        assertThat(access.ended(id).word().cause()).isEqualTo(Cause.RETIRED);
    }

    @Test
    void nobodyIsLetIntoWhatWasRetiredAfterTheDecision() {
        RequestId id = access.asked("olga", "ledger-api", "reader", "1h");
        access.until(() -> access.bench.state(id) instanceof RunState.AwaitingApproval);
        access.bench.slackAnswers = false;
        access.bench.approve("omar", id);
        access.until(() -> access.bench.view(id).run().trouble().isPresent());
        EntityId api = access.bench.read(h -> access.bench.entities.byName(h, "ledger-api")).orElseThrow().id();
        access.bench.database.writing(h -> access.bench.entities.end(h, new Actor.Operator("ops"), api));
        access.bench.slackAnswers = true;
        access.until(() -> access.state(id) instanceof LeaseState.Never);
        assertThat(access.bench.view(id).run().notes()).containsExactly("Cancelled: what it is access to is gone.");
        assertThat(access.bench.count("SELECT count(*) FROM ledger WHERE action = 'run.applying'")).isZero();
    }

    @Test
    void ofTwoWhoEndItAtOnceOneDoesAndTheOtherIsToldWho() throws Exception {
        RequestId id = access.granted("olga", "ledger-api", "reader", "1h", "omar");
        var gate = new CyclicBarrier(3);
        try (var all = Executors.newFixedThreadPool(3)) {
            List<Callable<ActOutcome>> clicks = Stream.of("olga", "omar", "pia")
                    .<Callable<ActOutcome>>map(who -> () -> {
                        gate.await();
                        return access.bench.requests.endLease(id, access.bench.person(who));
                    }).toList();
            List<ActOutcome> outcomes = all.invokeAll(clicks).stream().map(Future::resultNow).toList();
            assertThat(outcomes).filteredOn(ActOutcome.Done.class::isInstance).hasSize(1);
            assertThat(outcomes).filteredOn(ActOutcome.Refused.class::isInstance).hasSize(2).allSatisfy(
                    refused -> assertThat(((ActOutcome.Refused) refused).why()).contains("already", "by "));
        }
        access.ended(id);
        assertThat(access.story(id)).containsOnlyOnce("lease.end").containsOnlyOnce("request.end");
    }

    @Test
    void saysWhoCouldReachWhatAtAnyMoment() {
        Instant before = access.now();
        RequestId id = access.asked("dana", "ledger-lab", "reader", "1h");
        LeaseState.Active active = access.active(id);
        access.pass(HOUR);
        LeaseState.Ended ended = access.ended(id);
        assertThat(report(before)).isEmpty();
        assertThat(report(active.startsAt())).containsExactly(new Reach("dana", "service:ledger-lab", "reader",
                id.text(), active.startsAt(), Optional.of(ended.endedAt()), false));
        assertThat(report(ended.endedAt().minusMillis(1))).hasSize(1);
        assertThat(report(ended.endedAt())).isEmpty();
    }

    private java.util.List<Reach> report(Instant at) {
        return access.bench.read(h -> new AccessReport(new Leases(access.bench.ledger, access.bench.clock),
                access.bench.people, access.bench.entities).at(h, at));
    }

    @Test
    void aSandboxIsThereAtOnceUnderItsCapAndLeavesATombstone() {
        Map<String, Object> answers = Map.of("service", "idea-box", "purpose", "To try out an idea", "owner",
                "payments", "duration", "4h");
        SubmitOutcome outcome = access.bench.requests
                .submit(new Requests.Submission("sandbox", access.bench.person("dana"), answers, "box"));
        RequestId id = ((SubmitOutcome.Accepted) outcome).id();
        access.active(id);
        assertThat(live("idea-box-sandbox")).isTrue();
        access.pass(Duration.ofHours(4));
        access.ended(id);
        assertThat(live("idea-box-sandbox")).isFalse();
        assertThat(access.bench
                .count("SELECT count(*) FROM entity WHERE name = 'idea-box-sandbox' AND ended_at IS NOT NULL"))
                .isEqualTo(1);
    }

    private boolean live(String name) {
        return access.bench.read(h -> access.bench.entities.byName(h, name).isPresent());
    }
}
