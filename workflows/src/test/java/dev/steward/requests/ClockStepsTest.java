package dev.steward.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.steward.approvals.DecisionOutcome;
import dev.steward.approvals.Verdict;
import dev.steward.ledger.Verification;
import dev.steward.terraform.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock of the machine is set back or forward an hour, or days, between the steps of a request and within them. */
class ClockStepsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration EXPIRES = Duration.ofDays(3);

    @TempDir
    Path home;

    private Workbench bench;

    @BeforeEach
    void open() throws IOException {
        Path terraform = home.resolve("terraform");
        Files.writeString(terraform, """
                #!/bin/sh
                [ "$1" = apply ] && [ -e "%1$s/hold" ] && {
                    touch "%1$s/held"; while [ -e "%1$s/hold" ]; do sleep 0.05; done; }
                exec "%2$s" "$@"
                """.formatted(home, Workbench.terraform()));
        Files.setPosixFilePermissions(terraform, PosixFilePermissions.fromString("rwx------"));
        bench = Workbench.started(home, Workbench.Options.usual(home).withTerraform(terraform));
    }

    @AfterEach
    void close() throws IOException {
        Files.deleteIfExists(home.resolve("hold"));
        bench.close();
    }

    @Test
    void appliesWhatWasApprovedAfterTheClockWasSetBack() {
        RequestId id = planned("payments-api");
        stepTo(HOUR.negated());
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);
        applied(id);
        assertThat(bench.count("SELECT count(*) FROM plan")).as("the plan was not taken for an old one").isEqualTo(1);
    }

    @Test
    void appliesToTheEndThoughTheClockStepsEitherWayMeanwhile() throws IOException {
        RequestId id = planned("payments-api");
        Files.createFile(home.resolve("hold"));
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(home.resolve("held")));
        bench.skew.set(HOUR);
        bench.count("SELECT count(*) FROM run");
        bench.skew.set(HOUR.negated());
        Files.delete(home.resolve("hold"));
        applied(id);
    }

    @Test
    void plansAgainWhatTheClockHasMadeOldAndAppliesItWhenItIsEqual() {
        RequestId id = planned("payments-api");
        stepTo(Duration.ofHours(4).plusMinutes(1));
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);
        applied(id);
        assertThat(bench.count("SELECT count(*) FROM plan WHERE equal_to IS NOT NULL")).isEqualTo(1);
    }

    @Test
    void doesNotReviveWhatHasExpiredWhenTheClockIsSetBack() {
        RequestId id = planned("payments-api");
        stepTo(EXPIRES);
        assertThat(bench.decide("omar", id, Verdict.APPROVE, bench.proposal(id).digest(), Optional.empty()))
                .as("at its last instant it has ended").isNotInstanceOf(DecisionOutcome.Approved.class);
        await().atMost(Duration.ofSeconds(10)).until(() -> bench.view(id).state() == RequestState.EXPIRED);
        stepTo(Duration.ZERO);
        assertThat(bench.approve("omar", id)).isNotInstanceOf(DecisionOutcome.Approved.class);
        assertThat(bench.view(id).state()).isEqualTo(RequestState.EXPIRED);
    }

    @Test
    void expiresNothingBeforeItsTimeThoughItsJobComesDueEarly() {
        RequestId open = planned("payments-api");
        RequestId failed = bench.submitted("dana", Workbench.answers("test-payments"));
        await().atMost(Duration.ofSeconds(30)).until(() -> bench.state(failed) instanceof RunState.PlanFailed);
        bench.skew.set(EXPIRES.minus(HOUR));
        bench.database.writing(h -> h.execute("UPDATE job SET due_at = 0 WHERE kind = 'proposal.expire'"));
        await().atMost(Duration.ofSeconds(10)).until(() -> bench.count("""
                SELECT count(*) FROM job WHERE kind = 'proposal.expire' AND due_at > 0 AND claimed_by IS NULL""") == 2);
        assertThat(bench.view(open).state()).isEqualTo(RequestState.PENDING);
        assertThat(bench.view(failed).state()).isEqualTo(RequestState.PENDING);
        bench.skew.set(EXPIRES.plusMinutes(1));
        await().atMost(Duration.ofSeconds(10)).until(() -> bench.view(open).state() == RequestState.EXPIRED
                && bench.view(failed).state() == RequestState.EXPIRED);
    }

    /** The clock steps, and the next sweep reads from Slack who is in the team: what was read an hour off counts no more. */
    private void stepTo(Duration skew) {
        bench.skew.set(skew);
        bench.members("payments", "dana", "omar");
    }

    private RequestId planned(String name) {
        RequestId id = bench.submitted("dana", Workbench.answers(name));
        await().atMost(Duration.ofSeconds(30)).until(() -> bench.state(id) instanceof RunState.AwaitingApproval);
        return id;
    }

    private void applied(RequestId id) {
        await().atMost(Duration.ofSeconds(60)).until(() -> bench.state(id).ended());
        assertThat(bench.state(id)).isInstanceOf(RunState.Applied.class);
        assertThat(bench.count("SELECT count(*) FROM state_lock")).isZero();
        assertThat(bench.count("SELECT count(*) FROM ledger WHERE action = 'run.applying'")).isEqualTo(1);
        assertThat(bench.<Verification>read(h -> bench.ledger.verify(h, Optional.empty())))
                .isInstanceOf(Verification.Intact.class);
    }
}
