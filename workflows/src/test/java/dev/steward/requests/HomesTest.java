package dev.steward.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.steward.approvals.DecisionOutcome;
import dev.steward.catalog.Entity;
import dev.steward.outbox.Destination;
import dev.steward.outbox.Message;
import dev.steward.terraform.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a home shows, and when it is published again; with real Terraform and a real database. */
class HomesTest {
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
    void showsWhatWaitsForOneNeverOnesOwnAndWhatOnesTeamsOwn() {
        Map<String, Object> tierOne = Workbench.answers("payments-api");
        tierOne.put("tier", "tier-1");
        RequestId id = planned(tierOne);
        assertThat(ids(of("omar").waiting())).containsExactly(id);
        for (String other : List.of("dana", "olga", "pia", "gus")) {
            assertThat(of(other).waiting().isEmpty()).as(other).isTrue();
        }
        assertThat(ids(of("dana").open())).containsExactly(id);
        assertThat(of("dana").offered()).isNotEmpty();
        assertThat(of("gus").offered()).isEmpty();

        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.StageMet.class);
        assertThat(of("omar").waiting().isEmpty()).isTrue();
        assertThat(ids(of("pia").waiting())).containsExactly(id);
        assertThat(bench.approve("pia", id)).isInstanceOf(DecisionOutcome.Approved.class);
        assertThat(of("paul").waiting().isEmpty()).isTrue();
        ended(id);

        HomeView dana = of("dana");
        assertThat(dana.open().isEmpty()).isTrue();
        assertThat(ids(dana.ended())).containsExactly(id);
        assertThat(dana.services()).singleElement().satisfies(owned -> {
            assertThat(owned.team().name()).isEqualTo("payments");
            assertThat(owned.entities().shown()).extracting(Entity::name).containsExactly("payments-api");
        });
        assertThat(of("olga").services()).isEmpty();
    }

    @Test
    void offersNothingThatTheClickWouldBeRefusedFor() {
        RequestId id = planned(Workbench.answers("payments-api"));
        bench.members("payments", "dana");
        assertThat(of("omar").waiting().isEmpty()).as("left the team").isTrue();
        bench.members("payments", "dana", "omar");
        assertThat(ids(of("omar").waiting())).containsExactly(id);
        bench.skew.set(Duration.ofMinutes(31));
        assertThat(of("omar").waiting().isEmpty()).as("the team was read too long ago").isTrue();
        bench.skew.set(Duration.ofDays(30));
        bench.members("payments", "dana", "omar");
        assertThat(of("omar").waiting().isEmpty()).as("its time is up").isTrue();
    }

    @Test
    void countsWhatItLeavesOut() {
        RequestId first = planned(Workbench.answers("payments-api"));
        bench.database.writing(h -> h.execute("""
                INSERT INTO request (workflow, workflow_digest, requester, channel, subject, state, stack, run,
                    idempotency_key, created_at, updated_at)
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12)
                SELECT workflow, workflow_digest, requester, channel, subject, 'failed', stack, run, 'copy' || i,
                    created_at, updated_at FROM request, n"""));
        HomeView dana = of("dana");
        assertThat(dana.open().shown()).hasSize(10);
        assertThat(dana.open().more()).isEqualTo(3);
        assertThat(ids(dana.open())).as("newest first").doesNotContain(first);
    }

    @Test
    void isPublishedAgainForThoseConcernedWhoHaveOpenedTheirs() {
        for (String who : List.of("dana", "omar", "olga", "pia")) {
            opened(who);
        }
        assertThat(waiting()).containsExactlyInAnyOrder("dana", "omar", "olga", "pia");
        allSent();

        RequestId id = planned(Workbench.answers("payments-api"));
        assertThat(waiting()).containsExactlyInAnyOrder("dana", "omar");
        allSent();
        bench.approve("omar", id);
        ended(id);
        assertThat(waiting()).containsExactlyInAnyOrder("dana", "omar");
    }

    @Test
    void isPublishedForMembersOfTheOwnerTeamWhoWereNotAsked() {
        RequestId id = planned(Workbench.answers("payments-api"));
        bench.members("payments", "dana", "omar", "paul");
        opened("paul");
        allSent();
        bench.approve("omar", id);
        ended(id);
        assertThat(waiting()).contains("paul");
        assertThat(of("paul").services()).isNotEmpty();
    }

    @Test
    void isOneMessageHoweverOftenSomethingChanges() {
        opened("dana");
        opened("dana");
        RequestId id = planned(Workbench.answers("payments-api"));
        bench.requests.cancel(id, bench.person("dana"));
        assertThat(bench.count("SELECT count(*) FROM outbox WHERE key = 'home:" + bench.person("dana").id() + "'"))
                .isEqualTo(1);
        assertThat(bench.count("SELECT count(*) FROM outbox WHERE key LIKE 'home:%'")).isEqualTo(1);
    }

    private HomeView of(String who) {
        return bench.read(h -> bench.requests.home(h, bench.people.byName(h, who).orElseThrow()));
    }

    private static List<RequestId> ids(HomeView.Some<RequestView> some) {
        return some.shown().stream().map(RequestView::id).toList();
    }

    private void opened(String who) {
        long person = bench.person(who).id();
        bench.database.writing(h -> bench.requests.homes().opened(h, person));
    }

    /** Whose homes are to be published. */
    private List<String> waiting() {
        return bench.read(h -> bench.outbox.due(h, 1000).stream().map(Message.Due::destination)
                .filter(Destination.Home.class::isInstance).map(to -> ((Destination.Home) to).person())
                .flatMap(id -> bench.people.byId(h, id).stream()).map(person -> person.name()).toList());
    }

    private void allSent() {
        bench.database.writing(h -> bench.outbox.due(h, 1000).stream()
                .filter(due -> due.destination() instanceof Destination.Home)
                .forEach(due -> bench.outbox.sent(h, due, new Message.Posted("U", "hash", "digest"))));
    }

    private RequestId planned(Map<String, Object> answers) {
        RequestId id = bench.submitted("dana", answers);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> bench.state(id) instanceof RunState.AwaitingApproval);
        return id;
    }

    private void ended(RequestId id) {
        await().atMost(Duration.ofSeconds(60)).until(() -> Optional.of(bench.view(id).state()),
                state -> state.filter(RequestState.DONE::equals).isPresent());
    }
}
