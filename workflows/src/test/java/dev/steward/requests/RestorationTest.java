package dev.steward.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.steward.approvals.DecisionOutcome;
import dev.steward.approvals.ProposalState;
import dev.steward.database.Sealer;
import dev.steward.jobs.Job;
import dev.steward.jobs.Jobs;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Verification;
import dev.steward.outbox.Destination;
import dev.steward.outbox.Message;
import dev.steward.outbox.Outbox;
import dev.steward.outbox.Priority;
import dev.steward.terraform.Run;
import dev.steward.terraform.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

class RestorationTest {
    private static final Actor OPS = new Actor.Operator("ops");
    private static final Instant TAKEN = Instant.parse("2026-11-20T10:00:00Z");

    @TempDir
    Path home;
    private @Nullable Workbench open;

    @AfterEach
    void close() {
        if (open != null) {
            open.close();
        }
    }

    @Test
    void expiresAPlanThatWaitsForApprovalAndLetsItBePlannedAgain() {
        Workbench bench = started();
        RequestId id = planned(bench);

        Restoration.Settled settled = settle(bench);

        assertThat(settled.expired()).isEqualTo(1);
        assertThat(bench.state(id)).isEqualTo(new RunState.Expired("Steward was restored from a backup of"
                + " 20 November 2026, 10:00 UTC, and this plan may not fit what is there now."));
        assertThat(bench.view(id).state()).isEqualTo(RequestState.PENDING);
        assertThat(bench.proposal(id).state()).isInstanceOf(ProposalState.Expired.class);
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.AlreadyEnded.class);
        assertThat(bench.requests.planAgain(id, bench.person("dana"))).isInstanceOf(ActOutcome.Done.class);
        until(bench, id, RunState.AwaitingApproval.class);
        assertThat(bench.view(id).run().warnings()).first().asString()
                .contains("first plan since Steward was restored");
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);
        until(bench, id, RunState.Applied.class);
        verified(bench);
    }

    @Test
    void lettingItBeWithdrawnFreesTheName() {
        Workbench bench = started();
        RequestId id = planned(bench);
        settle(bench);

        assertThat(bench.requests.cancel(id, bench.person("dana"))).isInstanceOf(ActOutcome.Done.class);

        assertThat(bench.view(id).state()).isEqualTo(RequestState.CANCELLED);
        assertThat(bench.count("SELECT count(*) FROM stack WHERE status = 'abandoned'")).isEqualTo(1);
    }

    @Test
    void expiresAnApprovedPlanThatWasNotAppliedAndDropsItsJob() {
        Workbench bench = started();
        bench.slackAnswers = false; // it waits before it is claimed
        RequestId id = planned(bench);
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);

        settle(bench);

        assertThat(bench.state(id)).isInstanceOf(RunState.Expired.class);
        assertThat(bench.view(id).state()).isEqualTo(RequestState.PENDING);
        assertThat(bench.count("SELECT count(*) FROM job WHERE kind = 'run.apply' AND claimed_by IS NULL")).isZero();
    }

    @Test
    void saysOfAClaimedRunThatNobodyKnowsAndRaisesItsSerial() {
        Workbench bench = started();
        bench.slackAnswers = false;
        RequestId id = planned(bench);
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);
        bench.database.writing(h -> {
            Run run = bench.runs.runs().byId(h, bench.view(id).run().id());
            long plan = ((RunState.Approved) run.state()).plan();
            assertThat(bench.runs.runs().move(h, run, new RunState.ApplyClaimed(plan, 1), OPS, Map.of())).isPresent();
        });

        Restoration.Settled settled = settle(bench);

        assertThat(settled.indeterminate()).isEqualTo(1);
        assertThat(bench.state(id)).isInstanceOf(RunState.Indeterminate.class);
        assertThat(bench.view(id).state()).isEqualTo(RequestState.FAILED);
        assertThat(bench.count("SELECT max(serial) FROM state_version")).isEqualTo(2);
    }

    @Test
    void dropsStoredClicksAndHasWaitingMessagesLookedForFirst() {
        Workbench bench = started();
        bench.database.writing(h -> {
            new Jobs(bench.clock).enqueue(h, Job.Order.at(Instant.now().plusSeconds(3600), "click:1", "click", Map.of(),
                    Job.Lane.GENERAL));
            new Outbox(bench.clock).put(h, new Message("some", new Destination.Channel("c"), "v", Map.of(),
                    Priority.NOTICE));
        });

        Restoration.Settled settled = settle(bench);

        assertThat(settled.clicks()).isEqualTo(1);
        assertThat(bench.count("SELECT count(*) FROM job WHERE kind = 'click'")).isZero();
        assertThat(bench.count("SELECT uncertain FROM outbox WHERE key = 'some'")).isEqualTo(1);
    }

    @Test
    void appliesNothingThatWasPlannedBeforeTheStackWasLookedAt() {
        Workbench bench = started();
        RequestId id = planned(bench);
        String before = bench.view(id).run().id().text();
        int stacks = bench.database.write(bench.stacks::demandLook);
        assertThat(stacks).isEqualTo(1);

        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);

        await().atMost(Duration.ofSeconds(60)).until(() -> !bench.view(id).run().id().text().equals(before));
        until(bench, id, RunState.AwaitingApproval.class);
        assertThat(bench.count("SELECT count(*) FROM run WHERE state = 'stale'")).isEqualTo(1);
        assertThat(bench.view(id).run().earlier().orElseThrow()).contains("has to be looked at first");
        assertThat(bench.count("SELECT count(*) FROM stack WHERE look_since IS NOT NULL")).isZero();
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);
        until(bench, id, RunState.Applied.class);
        assertThat(bench.count("SELECT count(*) FROM ledger WHERE action = 'run.applying'")).isEqualTo(1);
    }

    private Workbench started() {
        Workbench bench = Workbench.started(home);
        open = bench;
        return bench;
    }

    private RequestId planned(Workbench bench) {
        RequestId id = bench.submitted("dana", Workbench.answers("payments-api"));
        until(bench, id, RunState.AwaitingApproval.class);
        return id;
    }

    private static void until(Workbench bench, RequestId id, Class<? extends RunState> state) {
        await().atMost(Duration.ofSeconds(60)).until(() -> state.isInstance(bench.state(id)));
    }

    private static Restoration.Settled settle(Workbench bench) {
        var store = new RequestParts.Store(bench.database, new Sealer(new byte[32]), bench.ledger,
                new Jobs(bench.clock), new Outbox(bench.clock), bench.runs, bench.stacks,
                new dev.steward.stacks.Leases(bench.ledger, bench.clock), bench.clock);
        Restoration restoration = new Restoration(store,
                new RequestParts.Catalog(bench.people, bench.teams, bench.entities), bench.approvals);
        return bench.database.write(h -> restoration.settle(h, OPS, TAKEN, "click"));
    }

    private static void verified(Workbench bench) {
        Verification verification = bench.read(h -> bench.ledger.verify(h, Optional.empty()));
        assertThat(verification).isInstanceOf(Verification.Intact.class);
    }
}
