package dev.steward.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.steward.catalog.SlackProfile;
import dev.steward.catalog.Standing;
import dev.steward.catalog.TeamSource;
import dev.steward.ledger.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a team leaves behind when the last who may act in it is gone. */
class DesertedTeamsTest {
    @TempDir
    Path home;

    private LeaseBench access;

    @BeforeEach
    void open() {
        access = new LeaseBench(home);
        await().atMost(LeaseBench.PATIENCE)
                .until(() -> access.bench.count("SELECT count(*) FROM team WHERE staffed = 1") == 3);
    }

    @AfterEach
    void close() {
        access.close();
    }

    @Test
    void platformIsToldOnceWhatATeamOwnedInWhichNobodyIsLeft() {
        access.leaves("omar");
        swept();
        assertThat(told()).as("dana is still there").isEmpty();
        access.leaves("dana");
        swept();
        assertThat(told()).containsExactly("channel:platform");
        DesertedTeam view = view("payments");
        assertThat(view.since()).isPresent();
        assertThat(view.owned().shown()).extracting(entity -> entity.name()).containsExactly("ledger-api",
                "ledger-lab");
        assertThat(story("payments")).containsExactly("team.deserted");
        access.restart();
        swept();
        assertThat(story("payments")).as("once").containsExactly("team.deserted");
    }

    @Test
    void theTeamAboveIsToldWhereThereIsOne() {
        access.bench.database.writing(h -> h.execute(
                "UPDATE team SET parent = (SELECT id FROM team WHERE name = 'payments') WHERE name = 'checkout'"));
        access.leaves("olga");
        access.leaves("paul");
        swept();
        assertThat(told()).containsExactly("channel:payments");
    }

    @Test
    void itDoesNotMatterWhetherTheyLeftSlackOrTheTeamFirstAndSomebodyNewIsSaidOnTheSameMessage() {
        access.bench.members("payments");
        swept();
        access.leaves("dana");
        swept();
        assertThat(told()).containsExactly("channel:platform");
        access.bench.database.writing(h -> access.bench.people.meet(h, new SlackProfile(Workbench.TEAM, "Unina", "nina",
                "nina", Optional.empty(), Standing.MEMBER)));
        access.bench.members("payments", "nina");
        swept();
        assertThat(view("payments").since()).isEmpty();
        assertThat(told()).as("the same message").hasSize(1);
        assertThat(story("payments")).containsExactly("team.deserted", "team.staffed");
        access.bench.members("payments");
        swept();
        assertThat(told()).as("a message of its own for each time").hasSize(2);
    }

    @Test
    void aTeamThatOwnsNothingOrIsNotKnownYetBothersNobody() {
        access.leaves("pia");
        access.leaves("paul");
        access.bench.database.writing(h -> access.bench.teams.bind(h, Actor.STEWARD, "checkout", "Checkout",
                new TeamSource.SlackGroup("Sother"), Optional.of("checkout")));
        swept();
        assertThat(told()).isEmpty();
        assertThat(story("platform")).as("in the ledger all the same").containsExactly("team.deserted");
        assertThat(story("checkout")).doesNotContain("team.deserted");
    }

    /** The sweep has looked since. */
    private void swept() {
        access.bench.skew.updateAndGet(skew -> skew.plus(Duration.ofMinutes(1)));
        access.bench.requests.recover();
        await().atMost(LeaseBench.PATIENCE).until(() -> access.bench.count(
                "SELECT count(*) FROM job WHERE kind = 'lease.sweep' AND due_at > 0 AND claimed_by IS NULL") == 1);
    }

    private List<String> told() {
        return access.bench.read(h -> h.createQuery("SELECT destination FROM outbox WHERE view = :view ORDER BY id")
                .bind("view", Notices.DESERTED).mapTo(String.class).list());
    }

    private DesertedTeam view(String team) {
        return access.bench.<Optional<DesertedTeam>>read(h -> access.bench.requests.desertedTeam(h, team))
                .orElseThrow();
    }

    private List<String> story(String team) {
        return access.bench.read(h -> h.createQuery(
                "SELECT action FROM ledger WHERE subject = :subject AND action IN ('team.deserted', 'team.staffed')"
                        + " ORDER BY seq")
                .bind("subject", "team:" + team).mapTo(String.class).list());
    }
}
