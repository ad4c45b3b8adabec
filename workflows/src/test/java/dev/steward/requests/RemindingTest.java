package dev.steward.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.steward.approvals.DecisionOutcome;
import dev.steward.terraform.RunState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens while nobody decides. */
class RemindingTest {
    @TempDir
    Path home;

    private Workbench bench;

    @BeforeEach
    void open() throws Exception {
        Path workflows = Files.createDirectories(home.resolve("workflows"));
        String shipped = Files.readString(Workbench.root().resolve("workflows/definitions/new-service.yaml"));
        Files.writeString(workflows.resolve("new-service.yaml"), shipped.replace("expires_after: 3d", """
                expires_after: 3d
                  remind_every: 4h
                  escalate: { after: 1d, to: group("checkout") }"""));
        bench = Workbench.started(home, Workbench.Options.usual(home).withWorkflows(workflows));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void thoseForWhomItWaitsAreRemindedAndSomebodyElseIsToldInTheEnd() {
        Map<String, Object> answers = Workbench.answers("payments-api");
        answers.put("tier", "tier-1");
        RequestId id = bench.submitted("dana", answers);
        await().atMost(Duration.ofSeconds(60)).until(() -> bench.state(id) instanceof RunState.AwaitingApproval);
        passed(Duration.ofHours(3));
        assertThat(told(Notices.REMINDER)).isEmpty();
        passed(Duration.ofHours(1));
        assertThat(told(Notices.REMINDER)).as("not the requester").containsExactly("omar");
        passed(Duration.ofHours(3));
        assertThat(told(Notices.REMINDER)).hasSize(1);
        passed(Duration.ofHours(13));
        assertThat(told(Notices.REMINDER)).as("what was missed is not made up for").hasSize(2);
        assertThat(told(Notices.ESCALATION)).isEmpty();
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.StageMet.class);
        passed(Duration.ofHours(5));
        assertThat(told(Notices.REMINDER)).as("the next stage begins anew").hasSize(4).endsWith("paul", "pia");
        assertThat(told(Notices.ESCALATION)).as("so does the other time").isEmpty();
        passed(Duration.ofHours(20));
        assertThat(told(Notices.ESCALATION)).containsExactly("olga");
        assertThat(bench.view(id).run().notes()).containsExactly(
                "Nobody decided in time, so team checkout was told.");
        passed(Duration.ofMinutes(5));
        assertThat(told(Notices.ESCALATION)).hasSize(1);
        assertThat(bench.count("SELECT count(*) FROM ledger WHERE action = 'proposal.escalate'")).isEqualTo(1);
        int before = told(Notices.REMINDER).size();
        assertThat(bench.approve("pia", id)).isInstanceOf(DecisionOutcome.Approved.class);
        passed(Duration.ofHours(9));
        assertThat(told(Notices.REMINDER)).as("decided").hasSize(before);
    }

    private void passed(Duration time) {
        bench.skew.updateAndGet(skew -> skew.plus(time));
        bench.members("payments", "dana", "omar");
        bench.members("checkout", "olga");
        bench.members("platform", "pia", "paul");
        bench.requests.reminding.look();
    }

    private List<String> told(String view) {
        return bench.read(h -> h.createQuery("""
                SELECT p.name FROM outbox o JOIN person p ON o.destination = 'person:' || p.id WHERE o.view = :view
                ORDER BY o.created_at, p.name""").bind("view", view).mapTo(String.class).list());
    }
}
