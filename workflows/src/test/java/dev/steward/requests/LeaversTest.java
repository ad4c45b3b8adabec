package dev.steward.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.approvals.DecisionOutcome;
import dev.steward.catalog.Person;
import dev.steward.database.Json;
import dev.steward.stacks.LeaseState;
import dev.steward.stacks.LeaseState.Cause;
import dev.steward.terraform.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows when somebody leaves the workspace or a team: all of it at once, or none. */
class LeaversTest {
    @TempDir
    Path home;

    private LeaseBench access;
    private RequestId has;
    private RequestId asked;
    private RequestId waits;

    /** Dana has access, asked for more, and is one of the two who may decide on what olga asked for. */
    @BeforeEach
    void open() {
        access = new LeaseBench(home);
        has = access.asked("dana", "ledger-lab", "reader", "8h");
        asked = access.asked("dana", "cart", "reader", "1h");
        waits = access.asked("olga", "ledger-api", "reader", "1h");
        access.active(has);
        List.of(asked, waits).forEach(id -> await().atMost(LeaseBench.PATIENCE)
                .until(() -> access.bench.state(id) instanceof RunState.AwaitingApproval));
        await().atMost(LeaseBench.PATIENCE)
                .until(() -> access.bench.count("SELECT count(*) FROM team WHERE staffed = 1") == 3);
        access.asleep();
    }

    @AfterEach
    void close() {
        access.close();
    }

    @Test
    void whatTheyHaveEndsAndWhatTheyAskedForIsCancelledAndOthersDecideInOneTransaction() {
        access.leaves("dana");
        int before = entries();
        access.bench.requests.leavers.look();
        assertThat(ending(has)).isEqualTo(Cause.LEFT);
        assertThat(access.bench.view(asked).state()).isEqualTo(RequestState.CANCELLED);
        assertThat(access.bench.view(asked).run().notes()).anyMatch(note -> note.contains("has left"));
        assertThat(access.bench.view(waits).approval().orElseThrow().waitingFor()).singleElement()
                .satisfies(person -> assertThat(person.name()).isEqualTo("omar"));
        JsonNode left = facts("person.left");
        assertThat(left.path("ended").toString()).isEqualTo("[\"" + has.text() + "\"]");
        assertThat(left.path("cancelled").toString()).isEqualTo("[\"" + asked.text() + "\"]");
        assertThat(left.path("rerouted").toString()).contains("RUN-");
        assertThat(facts("proposal.reroute").path("nobodyCan").asBoolean()).isFalse();
        assertThat(entries()).isGreaterThan(before);
        int after = entries();
        access.bench.requests.leavers.look();
        assertThat(entries()).as("nothing the second time").isEqualTo(after);
    }

    @Test
    void whoeverBecomesAGuestHasNothingAndDecidesNothingHere() {
        access.becomesGuest("dana");
        access.bench.requests.leavers.look();
        assertThat(ending(has)).isEqualTo(Cause.LEFT);
        assertThat(access.bench.view(asked).state()).isEqualTo(RequestState.CANCELLED);
        assertThat(access.bench.view(asked).run().notes())
                .contains("Cancelled: the person who asked is a guest in this workspace now.");
        assertThat(access.bench.view(waits).approval().orElseThrow().waitingFor()).extracting(Person::name)
                .containsExactly("omar");
        assertThat(facts("person.left").path("rerouted").size()).isEqualTo(1);
        access.leaves("dana");
        access.bench.requests.leavers.look();
        assertThat(access.bench.count("SELECT count(*) FROM ledger WHERE action = 'person.left'"))
                .as("nothing follows when the account is closed, too").isEqualTo(1);
    }

    @Test
    void theLastOfATeamLeavesItsThingsToWhoeverIsAboveAndSoWhatNobodyCanDecide() {
        access.leaves("omar");
        access.leaves("dana");
        access.bench.requests.leavers.look();
        assertThat(access.bench.count("SELECT count(*) FROM ledger WHERE action = 'person.left'")).isEqualTo(2);
        assertThat(access.told(Notices.DESERTED)).isTrue();
        assertThat(destination(Notices.STUCK)).isEqualTo("channel:platform");
        assertThat(access.bench.view(waits).approval().orElseThrow().nobodyCan()).isTrue();
        access.bench.members("payments", "pia");
        assertThat(access.bench.approve("pia", waits)).isInstanceOf(DecisionOutcome.Approved.class);
    }

    @Test
    void ofATransactionThatFailsAtItsEndNothingIsThere() {
        access.leaves("dana");
        refuse("NEW.action = 'person.left'");
        int before = entries();
        access.bench.requests.leavers.look();
        assertThat(access.state(has)).isInstanceOf(LeaseState.Active.class);
        assertThat(access.bench.view(asked).state()).isEqualTo(RequestState.PENDING);
        assertThat(entries()).isEqualTo(before);
        access.bench.database.writing(h -> h.execute("DROP TRIGGER refuse"));
        access.bench.requests.leavers.look();
        assertThat(ending(has)).isEqualTo(Cause.LEFT);
    }

    @Test
    void oneThingThatCannotBeSeenToHoldsUpNoOther() {
        access.leaves("dana");
        access.bench.database.writing(h -> h.execute(
                "UPDATE run SET state = 'applied' WHERE id = (SELECT run FROM request WHERE id = ?)", waits.value()));
        access.bench.database.writing(h -> h.execute("""
                UPDATE proposal SET subject = 'RUN-4711' WHERE subject =
                    'RUN-' || (SELECT run FROM request WHERE id = ?)""", waits.value()));
        access.bench.requests.leavers.look();
        assertThat(ending(has)).isEqualTo(Cause.LEFT);
        assertThat(access.bench.view(asked).state()).isEqualTo(RequestState.CANCELLED);
        assertThat(facts("person.left").has("rerouted")).isFalse();
    }

    @Test
    void whoeverIsBackBeforeItIsSeenToNeverLeft() {
        access.leaves("dana");
        access.comesBack("dana");
        access.bench.members("payments", "omar");
        access.bench.members("payments", "omar", "dana");
        int before = entries();
        access.bench.requests.leavers.look();
        assertThat(access.state(has)).isInstanceOf(LeaseState.Active.class);
        assertThat(entries()).isEqualTo(before);
    }

    @Test
    void whoeverLeavesATeamLosesWhatItGaveThemAndDecidesThereNoMore() {
        access.bench.members("payments", "omar");
        access.bench.requests.leavers.look();
        assertThat(ending(has)).isEqualTo(Cause.LEFT);
        assertThat(access.bench.view(asked).state()).as("what they asked for waits on")
                .isEqualTo(RequestState.PENDING);
        JsonNode left = facts("person.left_team");
        assertThat(left.path("team").toString()).isEqualTo("[\"payments\"]");
        assertThat(left.path("ended").toString()).isEqualTo("[\"" + has.text() + "\"]");
        assertThat(left.path("rerouted").size()).isEqualTo(1);
        assertThat(access.bench.count("SELECT revision FROM outbox WHERE key = 'request:" + waits.value()
                + ":approver:' || (SELECT id FROM person WHERE name = 'dana')")).as("they are told").isGreaterThan(1);
    }

    /** The news that the account was closed, the news that its group has changed, and a look between or after them. */
    @ParameterizedTest
    @ValueSource(strings = {"slt", "stl", "lst", "tsl", "tls", "lts"})
    void itDoesNotMatterInWhichOrderTheNewsComes(String order) {
        for (int i = 0; i < order.length(); i++) {
            switch (order.charAt(i)) {
                case 's' -> access.leaves("dana");
                case 't' -> access.bench.members("payments", "omar");
                default -> access.bench.requests.leavers.look();
            }
        }
        access.bench.requests.leavers.look();
        access.bench.requests.leavers.look();
        assertThat(ending(has)).isEqualTo(Cause.LEFT);
        assertThat(access.bench.view(asked).state()).isEqualTo(RequestState.CANCELLED);
        assertThat(access.bench.view(waits).approval().orElseThrow().waitingFor()).extracting(Person::name)
                .containsExactly("omar");
        assertThat(access.bench.count("SELECT count(*) FROM ledger WHERE action = 'person.left'")).isEqualTo(1);
        assertThat(access.bench.count("SELECT count(*) FROM ledger WHERE action = 'lease.end'")).isEqualTo(1);
        assertThat(access.bench.count("SELECT count(*) FROM ledger WHERE action = 'proposal.reroute'")).isEqualTo(1);
        assertThat(access.bench.count("SELECT count(*) FROM departure")).isZero();
    }

    @Test
    void manyLeasesAreEndedInSlices() {
        access.many(has, 499);
        access.leaves("dana");
        Instant begin = Instant.now();
        access.bench.requests.leavers.look();
        System.out.println("500 leases of a leaver: " + Duration.between(begin, Instant.now()).toMillis() + " ms");
        assertThat(access.bench.count("SELECT count(*) FROM lease WHERE cause = 'left'")).isEqualTo(500);
        access.bench.database.writing(h -> h.execute("UPDATE lease SET state = 'ended', ended_at = 1 WHERE stack > 3"));
    }

    private void refuse(String when) {
        access.bench.database.writing(h -> h.execute("CREATE TRIGGER refuse BEFORE INSERT ON ledger WHEN " + when
                + " BEGIN SELECT RAISE(ABORT, 'not now'); END"));
    }

    private Cause ending(RequestId id) {
        return ((LeaseState.Ending) access.state(id)).word().cause();
    }

    private JsonNode facts(String action) {
        return Json.tree(access.bench.read(h -> h.createQuery(
                "SELECT facts FROM ledger WHERE action = :action ORDER BY seq DESC LIMIT 1").bind("action", action)
                .mapTo(String.class).one()));
    }

    private int entries() {
        return access.bench
                .count("SELECT count(*) FROM ledger WHERE action NOT IN ('person.standing', 'team.members')");
    }

    private String destination(String view) {
        return access.bench.read(h -> h.createQuery("SELECT destination FROM outbox WHERE view = :view")
                .bind("view", view).mapTo(String.class).one());
    }
}
