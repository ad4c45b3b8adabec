package dev.steward.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.steward.approvals.DecisionOutcome;
import dev.steward.approvals.Verdict;
import dev.steward.catalog.Ownership;
import dev.steward.catalog.Person;
import dev.steward.incidents.Declaration;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.Severity;
import dev.steward.ledger.Entry;
import dev.steward.ledger.Verification;
import dev.steward.terraform.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one path that everything stands on, with real Terraform and a real database. */
class RequestLifecycleTest {
    @TempDir
    Path home;
    private Workbench bench;

    @BeforeEach
    void open() {
        bench = Workbench.started(home);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void appliesTheApprovedPlanOnceAndRecordsWhoOwnsTheResult() {
        RequestId id = planned("dana", Workbench.answers("payments-api"));
        assertThat(bench.view(id).run().plan().orElseThrow().counts().creates()).isPositive();
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);
        ended(id);
        assertThat(bench.state(id)).isInstanceOf(RunState.Applied.class);
        RequestView view = bench.view(id);
        assertThat(view.state()).isEqualTo(RequestState.DONE);
        assertThat(view.run().outputs()).isNotEmpty().doesNotContainKey("deploy_token");
        assertThat(bench.<Ownership>read(h -> bench.owners.ownership(h, "payments-api")))
                .isInstanceOfSatisfying(Ownership.Found.class, found -> {
                    assertThat(found.owner().name()).isEqualTo("payments");
                    assertThat(found.activity().stacks()).singleElement()
                            .satisfies(stack -> assertThat(stack.status()).isEqualTo("active"));
                });
        assertThat(bench.count("SELECT count(*) FROM state_version WHERE attempt IS NOT NULL")).isPositive();
        assertThat(bench.count("SELECT count(*) FROM state_lock")).isZero();
        assertThat(bench.count("SELECT count(*) FROM attempt WHERE revoked_at IS NULL")).isZero();
        assertThat(bench.count("SELECT count(*) FROM stack_resource")).isPositive();
        assertThat(home.resolve("runs").toFile().list()).containsExactly("prepared");
        verified();
    }

    /** The inputs lie in it in clear, and the run may wait for days. */
    @Test
    void removesTheFolderOfAPlanThatAKillInterrupted() throws IOException {
        bench.close();
        bench = new Workbench(home, Workbench.Options.usual(home));
        RequestId id = bench.submitted("dana", Workbench.answers("payments-api"));
        bench.database.writing(h -> {
            h.execute("""
                    INSERT INTO attempt (run, kind, token_hash, folder, host, created_at)
                    VALUES (1, 'plan', 'of an earlier process', 'RUN-1-plan-1', 'bench', 0)""");
            h.execute("UPDATE run SET state = 'planning', attempt = 1 WHERE id = 1");
        });
        Path left = Files.createDirectories(home.resolve("runs/RUN-1-plan-1"));
        Files.writeString(left.resolve("inputs.tfvars.json"), "{}");
        bench.start();
        awaitPlan(id);
        assertThat(home.resolve("runs").toFile().list()).containsExactly("prepared");
    }

    /** Both were open when nobody had sent one in yet. */
    @Test
    void twoFormsOfOneFollowUpSentInAtTheSameMomentMakeOneRequest() throws Exception {
        long item = followUp("Add a replica");
        List<String> people = List.of("dana", "omar");
        for (String who : people) {
            bench.database.writing(h -> bench.incidents.itemRequests().begin(h, item, "form of " + who));
        }
        CyclicBarrier start = new CyclicBarrier(2);
        List<SubmitOutcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<SubmitOutcome>> both = people.stream().map(who -> threads.submit(() -> {
                start.await(10, TimeUnit.SECONDS);
                return forFollowUp(who);
            })).toList();
            for (Future<SubmitOutcome> one : both) {
                outcomes.add(one.get(30, TimeUnit.SECONDS));
            }
        }
        int winner = outcomes.getFirst() instanceof SubmitOutcome.Accepted ? 0 : 1;
        RequestId made = ((SubmitOutcome.Accepted) outcomes.get(winner)).id();
        assertThat(outcomes.get(1 - winner)).isEqualTo(new SubmitOutcome.Refused(
                made.text() + " was made for \"Add a replica\" already, by " + people.get(winner) + "."));
        assertThat(bench.count("SELECT count(*) FROM request")).isEqualTo(1);
        assertThat(bench.count("SELECT request FROM action_item")).isEqualTo(made.value());
        assertThat(forFollowUp(people.get(winner))).as("sent once more").isEqualTo(outcomes.get(winner));
    }

    private long followUp(String text) {
        Person dana = bench.person("dana");
        bench.incidents.declare(new Declaration("Checkout errors", Severity.SEV3, new Declaration.Details(
                Optional.empty(), "", false, Optional.empty(), false), dana, new Declaration.Origin.Command(), "inc"));
        bench.incidents.item(new IncidentId(1), dana, true, text, Optional.empty(), Optional.empty());
        return bench.count("SELECT id FROM action_item");
    }

    private SubmitOutcome forFollowUp(String who) {
        return bench.requests.submit(new Requests.Submission("new-service", bench.person(who),
                Workbench.answers("for-" + who), "form of " + who),
                bench.incidents.itemRequests().purpose("form of " + who));
    }

    @Test
    void asksThePlatformTeamSecondForTierOne() {
        Map<String, Object> answers = Workbench.answers("payments-api");
        answers.put("tier", "tier-1");
        RequestId id = planned("dana", answers);
        assertThat(bench.approve("pia", id)).isInstanceOf(DecisionOutcome.NotAnApprover.class);
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.StageMet.class);
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.AlreadySigned.class);
        assertThat(bench.approve("pia", id)).isInstanceOf(DecisionOutcome.Approved.class);
        assertThat(bench.approve("paul", id)).isInstanceOfSatisfying(DecisionOutcome.AlreadyEnded.class,
                late -> assertThat(late.how().endedBy().orElseThrow().name()).isEqualTo("pia"));
        ended(id);
        assertThat(bench.state(id)).isInstanceOf(RunState.Applied.class);
    }

    @Test
    void neverLetsTheRequesterOrSomebodyElseDecide() {
        RequestId id = planned("dana", Workbench.answers("payments-api"));
        assertThat(bench.approve("dana", id)).isInstanceOf(DecisionOutcome.IsRequester.class);
        assertThat(bench.approve("olga", id)).isInstanceOf(DecisionOutcome.NotAnApprover.class);
        assertThat(bench.approve("gus", id)).isInstanceOf(DecisionOutcome.MayNotAct.class);
        assertThat(bench.decide("omar", id, Verdict.APPROVE, "0".repeat(64), Optional.empty()))
                .isInstanceOf(DecisionOutcome.OtherDigest.class);
        assertThat(bench.state(id)).isInstanceOf(RunState.AwaitingApproval.class);
    }

    @Test
    void endsARejectedRequestWithItsReasonAndFreesTheName() {
        RequestId id = planned("dana", Workbench.answers("payments-api"));
        assertThat(bench.decide("omar", id, Verdict.REJECT, bench.proposal(id).digest(), Optional.empty()))
                .isInstanceOf(DecisionOutcome.ReasonMissing.class);
        assertThat(
                bench.decide("omar", id, Verdict.REJECT, bench.proposal(id).digest(), Optional.of("use the old one")))
                .isInstanceOf(DecisionOutcome.Rejected.class);
        assertThat(bench.view(id).state()).isEqualTo(RequestState.REJECTED);
        planned("dana", with(Workbench.answers("payments-api"), "purpose", "Asked for once more, and better"));
    }

    @Test
    void letsTheRequesterAloneCancel() {
        RequestId id = planned("dana", Workbench.answers("payments-api"));
        assertThat(bench.requests.cancel(id, bench.person("omar"))).isEqualTo(new ActOutcome.Refused(
                "Only the person who asked can cancel REQ-1; once its plan has failed, the platform team can, too."));
        assertThat(bench.requests.cancel(id, bench.person("pia"))).isEqualTo(new ActOutcome.Refused(
                "Only the person who asked can cancel REQ-1. The platform team can, too, but only once its plan has failed."));
        assertThat(bench.requests.planAgain(id, bench.person("olga"))).isEqualTo(new ActOutcome.Refused(
                "Only the person who asked, or the platform team, can have REQ-1 planned again."));
        assertThat(bench.requests.planAgain(id, bench.person("dana"))).isEqualTo(
                new ActOutcome.Refused("REQ-1 does not need another plan now. Its card says where it stands."));
        assertThat(bench.requests.cancel(id, bench.person("dana")))
                .isEqualTo(new ActOutcome.Done("REQ-1 is cancelled. Nothing was applied."));
        assertThat(bench.view(id).state()).isEqualTo(RequestState.CANCELLED);
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.AlreadyEnded.class);
        assertThat(bench.requests.cancel(id, bench.person("dana"))).isEqualTo(new ActOutcome.Refused(
                "REQ-1 has ended already (cancelled), so there is nothing to cancel."));
        assertThat(bench.requests.planAgain(new RequestId(99), bench.person("dana")))
                .isEqualTo(new ActOutcome.Refused("There is no REQ-99."));
    }

    @Test
    void bringsAnInputThatTerraformRejectsBackToItsField() {
        RequestId id = bench.submitted("dana", Workbench.answers("test-payments"));
        await().atMost(Duration.ofSeconds(30)).until(() -> bench.state(id) instanceof RunState.PlanFailed);
        assertThat(bench.view(id).mistakes()).extracting(RequestView.Mistake::field, RequestView.Mistake::label)
                .contains(tuple("service", "Service name"));
        assertThat(bench.requests.resubmit(id, bench.person("omar"), Workbench.answers("payments-api"), "key-2"))
                .isInstanceOf(SubmitOutcome.Refused.class);
        assertThat(bench.requests.resubmit(id, bench.person("dana"), Workbench.answers("payments-api"), "key-2"))
                .isInstanceOf(SubmitOutcome.Accepted.class);
        awaitPlan(id);
        assertThat(bench.view(id).subject()).isEqualTo("payments-api");
    }

    @Test
    void answersTheSameSubmissionTwiceWithTheSameRequest() {
        Map<String, Object> answers = Workbench.answers("payments-api");
        assertThat(bench.submitted("dana", answers)).isEqualTo(bench.submitted("dana", answers));
        assertThat(bench.count("SELECT count(*) FROM request")).isEqualTo(1);
    }

    @Test
    void refusesANameThatIsTakenOrAskedForAlready() {
        planned("dana", Workbench.answers("payments-api"));
        assertThat(bench.submit("olga", with(Workbench.answers("payments-api"), "owner", "checkout")))
                .isInstanceOfSatisfying(SubmitOutcome.Invalid.class, invalid -> assertThat(invalid.errors())
                        .singleElement().satisfies(error -> {
                            assertThat(error.field()).isEqualTo("service");
                            assertThat(error.message()).contains("REQ-1");
                        }));
        assertThat(bench.submit("gus", Workbench.answers("other-api"))).isInstanceOf(SubmitOutcome.Refused.class);
        assertThat(bench.submit("dana", Map.of())).isInstanceOf(SubmitOutcome.Invalid.class);
    }

    /** The jobs do not run, so that the queue stays as it is. */
    @Test
    void tellsHowManyArePlannedFirstOnceTheQueueIsLong() {
        bench.close();
        bench = new Workbench(home, Workbench.Options.usual(home));
        List<RequestId> queue = IntStream.rangeClosed(1, 12)
                .mapToObj(i -> bench.submitted("dana", Workbench.answers("queued-" + i))).toList();
        assertThat(queue.subList(0, 10)).allSatisfy(id -> assertThat(bench.view(id).run().trouble()).isEmpty());
        assertThat(bench.view(queue.get(10)).run().trouble()).hasValue("10 others are planned before it.");
        assertThat(bench.view(queue.get(11)).run().trouble()).hasValue("11 others are planned before it.");

        bench.database.writing(h -> h.execute("UPDATE run SET state = 'planning', attempt = 1 WHERE request = 1"));
        assertThat(bench.view(queue.get(11)).run().trouble()).as("what is being planned is not planned yet")
                .hasValue("11 others are planned before it.");
        bench.requests.cancel(queue.get(5), bench.person("dana"));
        assertThat(bench.view(queue.get(11)).run().trouble()).as("what was cancelled is planned no more")
                .hasValue("10 others are planned before it.");
        assertThat(bench.view(queue.get(10)).run().trouble()).isEmpty();
    }

    @Test
    void storesARequestWithItsLedgerEntryItsMessagesAndItsJobTogether() {
        RequestId id = planned("dana", Workbench.answers("payments-api"));
        List<Entry> entries = bench.read(h -> bench.ledger.about(h, id.text()));
        assertThat(entries).extracting(Entry::action).containsExactly("request.submit");
        assertThat(entries.getFirst().actor()).isEqualTo("slack:T1/Udana");
        assertThat(bench.count("SELECT count(*) FROM outbox WHERE key = 'request:1:card'")).isEqualTo(1);
        assertThat(bench.count("SELECT count(*) FROM outbox WHERE key LIKE 'request:1:approver:%'")).isEqualTo(1);
    }

    @Test
    void expiresWhatNobodyDecidedOn() {
        RequestId id = planned("dana", Workbench.answers("payments-api"));
        bench.skew.set(Duration.ofDays(3).plusMinutes(1));
        await().atMost(Duration.ofSeconds(10)).until(() -> bench.view(id).state() == RequestState.EXPIRED);
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.AlreadyEnded.class);
        verified();
    }

    @Test
    void letsThePlatformTeamCancelWhatItsRequesterLeavesLying() {
        RequestId id = planFailed("test-payments");
        assertThat(bench.requests.cancel(id, bench.person("omar"))).isInstanceOfSatisfying(ActOutcome.Refused.class,
                refused -> assertThat(refused.why()).contains("platform team"));
        assertThat(bench.requests.cancel(id, bench.person("pia"))).isInstanceOf(ActOutcome.Done.class);
        assertThat(bench.view(id).state()).isEqualTo(RequestState.CANCELLED);
        assertThat(bench.view(id).run().notes()).singleElement().asString().contains("Cancelled by pia");
        RequestId waiting = planned("dana", Workbench.answers("payments-api"));
        assertThat(bench.requests.cancel(waiting, bench.person("pia"))).isInstanceOf(ActOutcome.Refused.class);
        assertThat(bench.view(waiting).state()).isEqualTo(RequestState.PENDING);
    }

    @Test
    void expiresAFailedPlanThatNobodyPutsRightAndFreesItsName() {
        RequestId id = planFailed("test-payments");
        bench.skew.set(Duration.ofDays(3).plusMinutes(1));
        await().atMost(Duration.ofSeconds(10)).until(() -> bench.view(id).state() == RequestState.EXPIRED);
        assertThat(bench.submit("olga", with(Workbench.answers("test-payments"), "owner", "checkout")))
                .as("the name is free").isInstanceOf(SubmitOutcome.Accepted.class);
        verified();
    }

    @Test
    void doesNotExpireAFailedPlanThatWasPutRight() {
        RequestId id = planFailed("test-payments");
        bench.requests.resubmit(id, bench.person("dana"), Workbench.answers("payments-api"), "key-2");
        awaitPlan(id);
        bench.skew.set(Duration.ofDays(2));
        bench.database.writing(h -> h.execute("UPDATE job SET due_at = 0 WHERE key LIKE 'proposal.expire:run:%'"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> bench.count("SELECT count(*) FROM job WHERE key LIKE 'proposal.expire:run:%'") == 0);
        assertThat(bench.view(id).state()).isEqualTo(RequestState.PENDING);
    }

    private RequestId planFailed(String name) {
        RequestId id = bench.submitted("dana", Workbench.answers(name));
        await().atMost(Duration.ofSeconds(30)).until(() -> bench.state(id) instanceof RunState.PlanFailed);
        return id;
    }

    private RequestId planned(String who, Map<String, Object> answers) {
        RequestId id = bench.submitted(who, answers);
        awaitPlan(id);
        return id;
    }

    private void awaitPlan(RequestId id) {
        await().atMost(Duration.ofSeconds(30)).until(() -> !bench.state(id).column().matches("requested|planning"));
        assertThat(bench.state(id)).as("%s", bench.state(id)).isInstanceOf(RunState.AwaitingApproval.class);
    }

    private void ended(RequestId id) {
        await().atMost(Duration.ofSeconds(60)).until(() -> bench.state(id).ended());
    }

    private void verified() {
        assertThat(bench.<Verification>read(h -> bench.ledger.verify(h, Optional.empty())))
                .isInstanceOf(Verification.Intact.class);
    }

    private static Map<String, Object> with(Map<String, Object> answers, String field, Object value) {
        answers.put(field, value);
        return answers;
    }
}
