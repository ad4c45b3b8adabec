package dev.steward.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.steward.access.Access;
import dev.steward.access.AccessReport;
import dev.steward.access.Reach;
import dev.steward.access.ReviewId;
import dev.steward.access.ReviewState;
import dev.steward.access.ReviewView;
import dev.steward.access.Reviews;
import dev.steward.ledger.Actor;
import dev.steward.stacks.LeaseState;
import dev.steward.stacks.LeaseState.Cause;
import dev.steward.stacks.Leases;
import dev.steward.terraform.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reviews of access, hourly so that they fit into the life of what is shipped, with real Terraform. */
class ReviewsTest {
    private static final Duration EVERY = Duration.ofHours(2);
    private static final Duration WITHIN = Duration.ofHours(1);
    private static final Duration SUSPENDED = Duration.ofHours(4);

    @TempDir
    Path home;

    private LeaseBench access;

    @BeforeEach
    void open() {
        access = new LeaseBench(home, new Reviews.Rhythm(Optional.of(EVERY), WITHIN, SUSPENDED));
    }

    @AfterEach
    void close() {
        access.close();
    }

    @Test
    void opensWhenAccessHasGoneUnconfirmedForLongAndNotBefore() {
        RequestId id = operator("dana");
        pass(EVERY.minusMinutes(5));
        assertThat(reviews()).as("not before its time, and nothing of things that nobody has access to").isEmpty();
        pass(Duration.ofMinutes(5));
        ReviewView view = view(opened());
        assertThat(view.entity().name()).isEqualTo("ledger-lab");
        assertThat(view.dueAt()).isEqualTo(view.openedAt().plus(WITHIN));
        assertThat(view.asked()).singleElement().satisfies(item -> {
            assertThat(item.lease().request()).isEqualTo(id);
            assertThat(item.since()).isEqualTo(((LeaseState.Active) access.state(id)).startsAt());
        });
        assertThat(access.told(Reviews.VIEW)).isTrue();
        assertThat(destination()).as("the owner team's channel").isEqualTo("channel:payments");
        assertThat(story(view.id())).containsExactly("access.review_open");
        pass(Duration.ofMinutes(1));
        assertThat(reviews()).as("one at a time").hasSize(1);
    }

    @Test
    void whatIsConfirmedStaysAndIsAskedAboutAgainOnlyAfterAnotherWhile() {
        RequestId id = operator("dana");
        pass(EVERY);
        ReviewId review = opened();
        assertThat(confirm(review, id, "omar")).isInstanceOf(ActOutcome.Done.class);
        assertThat(view(review).state()).isInstanceOf(ReviewState.Done.class);
        assertThat(view(review).items()).singleElement().satisfies(item -> assertThat(
                item.confirmed().orElseThrow().by()).isEqualTo("omar"));
        assertThat(story(review)).containsExactly("access.review_open", "access.review_done");
        assertThat(access.story(id)).contains("lease.confirm");
        pass(WITHIN);
        assertThat(access.state(id)).isInstanceOf(LeaseState.Active.class);
        assertThat(reviews()).hasSize(1);
        pass(EVERY.minus(WITHIN));
        assertThat(opened()).isNotEqualTo(review);
    }

    @Test
    void nobodyConfirmsTheirOwnAndNoStrangerConfirmsAnything() {
        RequestId id = operator("dana");
        pass(EVERY);
        ReviewId review = opened();
        assertThat(confirm(review, id, "dana")).isInstanceOfSatisfying(ActOutcome.Refused.class,
                refused -> assertThat(refused.why()).contains("own access"));
        for (String stranger : List.of("olga", "gus")) {
            assertThat(confirm(review, id, stranger)).isInstanceOfSatisfying(ActOutcome.Refused.class,
                    refused -> assertThat(refused.why()).contains("Only the owner team"));
            assertThat(all(review, List.of(id), stranger)).isInstanceOf(ActOutcome.Refused.class);
            assertThat(end(id, stranger)).isInstanceOf(ActOutcome.Refused.class);
        }
        assertThat(all(review, List.of(id), "dana")).isInstanceOf(ActOutcome.Refused.class);
        assertThat(confirm(review, new RequestId(4711), "omar")).isInstanceOf(ActOutcome.Refused.class);
        assertThat(confirm(new ReviewId(4711), id, "omar")).isInstanceOf(ActOutcome.Refused.class);
        assertThat(view(review).asked()).hasSize(1);
        assertThat(confirm(review, id, "pia")).as("of the platform team").isInstanceOf(ActOutcome.Done.class);
    }

    @Test
    void confirmsAllThatWasShownButOnesOwn() {
        RequestId mine = operator("dana");
        RequestId other = operator("omar");
        pass(EVERY);
        ReviewId review = opened();
        assertThat(all(review, List.of(mine), "omar")).isEqualTo(new ActOutcome.Done("Confirmed one."));
        assertThat(view(review).asked()).as("what was not shown is not confirmed").hasSize(1);
        assertThat(all(review, List.of(mine, other), "omar")).isInstanceOfSatisfying(ActOutcome.Refused.class,
                refused -> assertThat(refused.why()).contains("confirmed already, by omar", "own access"));
        assertThat(all(review, List.of(mine, other), "dana")).isInstanceOfSatisfying(ActOutcome.Done.class,
                done -> assertThat(done.message()).startsWith("Confirmed one."));
        assertThat(view(review).state()).isInstanceOf(ReviewState.Done.class);
    }

    @Test
    void whatNobodyConfirmsInTimeIsSuspendedBySteward() {
        RequestId kept = operator("dana");
        RequestId lost = operator("omar");
        pass(EVERY);
        ReviewId review = opened();
        assertThat(confirm(review, kept, "omar")).isInstanceOf(ActOutcome.Done.class);
        pass(WITHIN.dividedBy(2));
        await().atMost(LeaseBench.PATIENCE).until(() -> messages() == 2);
        assertThat(access.state(lost)).isInstanceOf(LeaseState.Active.class);
        pass(WITHIN.dividedBy(2));
        LeaseState.Ended ended = access.ended(lost);
        assertThat(ended.word()).isEqualTo(new LeaseState.Word(Cause.UNCONFIRMED, Actor.STEWARD));
        assertThat(access.state(kept)).isInstanceOf(LeaseState.Active.class);
        assertThat(view(review).state()).isInstanceOf(ReviewState.Overdue.class);
        assertThat(story(review)).containsExactly("access.review_open", "access.review_overdue");
        assertThat(messages()).as("the reminder is the last that was said").isEqualTo(2);
        assertThat(confirm(review, lost, "dana")).isInstanceOf(ActOutcome.Refused.class);
    }

    @Test
    void whatNobodyConfirmedIsGivenBackByAnOwnersClickForTheTimeThatItHadLeft() {
        RequestId id = suspended();
        LeaseView.Suspended left = lease(id).suspended().orElseThrow();
        assertThat(left.open()).isTrue();
        assertThat(mine("dana")).extracting(LeaseView::request).containsExactly(id);
        assertThat(givable("omar")).extracting(LeaseView::request).as("waits for its owners").containsExactly(id);
        for (String other : List.of("dana", "olga", "gus")) {
            assertThat(givable(other)).as("not for %s", other).isEmpty();
        }
        assertThat(report()).singleElement().satisfies(reach -> assertThat(reach.suspended()).isTrue());
        for (String nobody : List.of("dana", "olga", "gus")) {
            assertThat(giveBack(id, nobody)).isInstanceOf(ActOutcome.Refused.class);
        }
        assertThat(giveBack(id, "omar")).isInstanceOf(ActOutcome.Done.class);
        assertThat(giveBack(id, "pia")).isInstanceOfSatisfying(ActOutcome.Refused.class,
                refused -> assertThat(refused.why()).startsWith("omar has given it back already"));
        RequestId back = lease(id).suspended().orElseThrow().back().orElseThrow().request();
        LeaseState.Active active = access.active(back);
        assertThat(Duration.between(active.startsAt(), active.endsAt())).isBetween(
                left.remaining().minus(Duration.ofMinutes(1)), left.remaining());
        assertThat(left.remaining()).isLessThanOrEqualTo(Duration.ofHours(8).minus(EVERY).minus(WITHIN));
        assertThat(access.bench.proposal(back).terms().rule()).hasValueSatisfying(
                rule -> assertThat(rule).contains(id.text()));
        assertThat(access.lease(back).grant()).isEqualTo(access.lease(id).grant());
        assertThat(access.story(id)).contains("lease.give_back");
        assertThat(mine("dana")).extracting(LeaseView::request).containsExactly(back);
        assertThat(givable("omar")).isEmpty();
        assertThat(report()).singleElement().satisfies(reach -> assertThat(reach.suspended()).isFalse());
    }

    @Test
    void whatNobodyGivesBackInTimeIsOverForGood() {
        RequestId id = suspended();
        int before = messages();
        pass(SUSPENDED);
        await().atMost(LeaseBench.PATIENCE).until(() -> access.story(id).contains("lease.lapse"));
        assertThat(lease(id).suspended().orElseThrow().open()).isFalse();
        assertThat(giveBack(id, "omar")).isInstanceOf(ActOutcome.Refused.class);
        assertThat(mine("dana")).isEmpty();
        assertThat(givable("omar")).isEmpty();
        assertThat(report()).isEmpty();
        assertThat(messages()).as("the same message says so").isEqualTo(before);
    }

    @Test
    void isDecidedOnLikeAnyRequestWhereItWouldCreateAnythingElse() {
        RequestId id = suspended();
        access.bench.database.writing(h -> h.execute("DELETE FROM lease_address"));
        assertThat(giveBack(id, "omar")).isInstanceOf(ActOutcome.Done.class);
        RequestId back = lease(id).suspended().orElseThrow().back().orElseThrow().request();
        await().atMost(LeaseBench.PATIENCE).until(() -> access.bench.state(back) instanceof RunState.AwaitingApproval);
        assertThat(access.bench.requests.cancel(back, access.bench.person("dana"))).isInstanceOf(ActOutcome.Done.class);
        assertThat(lease(id).suspended().orElseThrow().open()).as("nothing came of it").isTrue();
        access.leaves("dana");
        assertThat(giveBack(id, "omar")).isInstanceOfSatisfying(ActOutcome.Refused.class,
                refused -> assertThat(refused.why()).contains("has left"));
    }

    /** Given to dana on omar's word for eight hours, and confirmed by nobody. */
    private RequestId suspended() {
        RequestId id = access.granted("dana", "ledger-api", "operator", "8h", "omar");
        pass(EVERY);
        opened();
        pass(WITHIN);
        assertThat(access.ended(id).word().cause()).isEqualTo(Cause.UNCONFIRMED);
        return id;
    }

    private ActOutcome giveBack(RequestId id, String who) {
        return access.bench.reviews.giveBack(id, access.bench.person(who));
    }

    private LeaseView lease(RequestId id) {
        return access.bench.view(id).lease().orElseThrow();
    }

    private List<LeaseView> mine(String who) {
        return access.bench.read(h -> new Access(access.bench.requests,
                new Leases(access.bench.ledger, access.bench.clock)).mine(h, access.bench.person(who)));
    }

    private List<LeaseView> givable(String who) {
        return access.bench.read(h -> access.bench.requests.suspendedBefore(h, access.bench.person(who)));
    }

    private List<Reach> report() {
        return access.bench.read(h -> new AccessReport(new Leases(access.bench.ledger, access.bench.clock),
                access.bench.people, access.bench.entities).at(h, access.now()));
    }

    @Test
    void isDoneWhenNothingIsLeftToAsk() {
        RequestId ended = operator("dana");
        RequestId returned = operator("omar");
        pass(EVERY);
        ReviewId review = opened();
        assertThat(end(ended, "omar")).isInstanceOf(ActOutcome.Done.class);
        assertThat(access.ended(ended).word().cause()).isEqualTo(Cause.REVOKED);
        assertThat(access.bench.requests.endLease(returned, access.bench.person("omar")))
                .isInstanceOf(ActOutcome.Done.class);
        assertThat(access.ended(returned).word().cause()).isEqualTo(Cause.RETURNED);
        pass(Duration.ofMinutes(2));
        await().atMost(LeaseBench.PATIENCE).until(() -> view(review).state() instanceof ReviewState.Done);
        assertThat(story(review)).containsExactly("access.review_open", "access.review_done");
    }

    @Test
    void goesOnAfterARestartAndEndsWhatCameDueMeanwhile() {
        RequestId id = operator("dana");
        access.stop();
        access.goOn();
        pass(EVERY);
        ReviewId review = opened();
        access.stop();
        access.bench.skew.updateAndGet(skew -> skew.plus(WITHIN));
        access.goOn();
        assertThat(access.ended(id).word().cause()).isEqualTo(Cause.UNCONFIRMED);
        assertThat(view(review).state()).isInstanceOf(ReviewState.Overdue.class);
        assertThat(reviews()).hasSize(1);
    }

    @Test
    void ofTwoPeopleAtOnceOneConfirmsAndTheOtherIsToldWho() throws Exception {
        RequestId id = operator("dana");
        pass(EVERY);
        ReviewId review = opened();
        var gate = new CyclicBarrier(2);
        try (var both = Executors.newFixedThreadPool(2)) {
            List<Callable<ActOutcome>> clicks = List.of(() -> {
                gate.await();
                return confirm(review, id, "omar");
            }, () -> {
                gate.await();
                return confirm(review, id, "pia");
            });
            List<ActOutcome> outcomes = both.invokeAll(clicks).stream().map(Future::resultNow).toList();
            assertThat(outcomes).filteredOn(ActOutcome.Done.class::isInstance).hasSize(1);
            assertThat(outcomes).filteredOn(ActOutcome.Refused.class::isInstance).singleElement()
                    .satisfies(refused -> assertThat(((ActOutcome.Refused) refused).why())
                            .contains("confirmed already, by "));
        }
        assertThat(access.story(id)).containsOnlyOnce("lease.confirm");
    }

    @Test
    void aClockThatIsSetBackNeitherEndsAnythingNorForgetsAWord() {
        RequestId id = operator("dana");
        pass(EVERY);
        ReviewId review = opened();
        pass(EVERY.negated());
        assertThat(view(review).asked()).hasSize(1);
        assertThat(access.state(id)).isInstanceOf(LeaseState.Active.class);
        assertThat(confirm(review, id, "omar")).isInstanceOf(ActOutcome.Done.class);
        assertThat(view(review).state()).as("the word counts").isInstanceOf(ReviewState.Done.class);
        pass(EVERY.plus(WITHIN));
        assertThat(access.state(id)).isInstanceOf(LeaseState.Active.class);
        assertThat(reviews()).hasSize(1);
    }

    /** For eight hours, without anybody's approval. */
    private RequestId operator(String who) {
        RequestId id = access.asked(who, "ledger-lab", "operator", "8h");
        access.active(id);
        return id;
    }

    /** Time passes, and the sweep has looked. */
    private void pass(Duration time) {
        access.pass(time);
        access.bench.reviews.recover();
        await().atMost(LeaseBench.PATIENCE).until(() -> access.bench
                .count("SELECT count(*) FROM job WHERE kind = 'access.review' AND due_at > 0 AND claimed_by IS NULL") == 1);
    }

    private List<ReviewId> reviews() {
        return access.bench.read(h -> h.createQuery("SELECT id FROM access_review ORDER BY id").mapTo(Long.class)
                .list()).stream().map(ReviewId::new).toList();
    }

    private ReviewId opened() {
        return access.bench.read(h -> h.createQuery("SELECT id FROM access_review WHERE state = 'open'")
                .mapTo(Long.class).findOne()).map(ReviewId::new).orElseThrow();
    }

    private ReviewView view(ReviewId id) {
        return access.bench.<Optional<ReviewView>>read(h -> access.bench.reviews.view(h, id)).orElseThrow();
    }

    private ActOutcome confirm(ReviewId review, RequestId id, String who) {
        return access.bench.reviews.confirm(review, id, access.bench.person(who));
    }

    private ActOutcome all(ReviewId review, List<RequestId> shown, String who) {
        return access.bench.reviews.confirmAll(review, shown, access.bench.person(who));
    }

    private ActOutcome end(RequestId id, String who) {
        return access.bench.reviews.end(id, access.bench.person(who));
    }

    private int messages() {
        return access.bench.count("SELECT count(*) FROM outbox WHERE view = '" + Reviews.VIEW + "'");
    }

    private String destination() {
        return access.bench.read(h -> h.createQuery("SELECT destination FROM outbox WHERE view = :view")
                .bind("view", Reviews.VIEW).mapTo(String.class).one());
    }

    private List<String> story(ReviewId id) {
        return access.bench.read(h -> h.createQuery("SELECT action FROM ledger WHERE subject = :id ORDER BY seq")
                .bind("id", id.text()).mapTo(String.class).list());
    }
}
