package dev.steward.bot.slack.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bot.slack.FakeSlack;
import dev.steward.bot.slack.FakeSlack.Answer;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.catalog.People;
import dev.steward.catalog.Person;
import dev.steward.catalog.Standing;
import dev.steward.catalog.Team;
import dev.steward.catalog.TeamSource;
import dev.steward.catalog.Teams;
import dev.steward.database.Database;
import dev.steward.database.FreshDatabase;
import dev.steward.database.TestClock;
import dev.steward.jobs.Job;
import dev.steward.jobs.Jobs;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectoryTest {
    @TempDir
    Path home;
    private Database database;
    private FakeSlack slack;
    private SlackApi api;
    private Directory directory;
    private GroupMirror mirror;
    private final AtomicInteger departures = new AtomicInteger();
    private final TestClock clock = new TestClock();
    private final Ledger ledger = new Ledger(clock);
    private final People people = new People(ledger, clock);
    private final Teams teams = new Teams(people, ledger, clock);

    @BeforeEach
    void open() throws IOException {
        database = FreshDatabase.open(home.resolve("steward.db"));
        slack = new FakeSlack();
        api = new SlackApi(slack.api(), "xoxb-a-token-for-tests", Duration.ofSeconds(5));
        directory = new Directory(database, people, api,
                new Workspace("T1", Optional.empty(), FakeSlack.BOT_USER, "https://x.slack.com/"), clock,
                h -> departures.incrementAndGet());
        mirror = new GroupMirror(database, new Jobs(clock), teams, directory, api);
        database.writing(h -> teams.bind(h, Actor.STEWARD, "payments", "Payments", new TeamSource.SlackGroup("S1"),
                Optional.empty()));
    }

    @AfterEach
    void close() {
        api.close();
        slack.close();
        database.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MEMBER      | "team_id":"T1"
            GUEST       | "team_id":"T1","is_restricted":true
            GUEST       | "team_id":"T1","is_restricted":true,"is_ultra_restricted":true
            BOT         | "team_id":"T1","is_bot":true
            STRANGER    | "team_id":"T2"
            STRANGER    | "team_id":"T1","is_stranger":true
            DEACTIVATED | "team_id":"T1","deleted":true
            DEACTIVATED | "team_id":"T2","deleted":true,"is_restricted":true
            """)
    void readsTheStandingFromTheAccountsFlags(Standing standing, String flags) {
        says("U1", flags);
        assertThat(found("U1").standing()).isEqualTo(standing);
    }

    @Test
    void asksSlackOnceADay() {
        says("U1", "\"team_id\":\"T1\"");
        found("U1");
        clock.advance(Duration.ofHours(23));
        found("U1");
        assertThat(slack.calls("users.info")).hasSize(1);
        clock.advance(Duration.ofHours(2));
        says("U1", "\"team_id\":\"T1\",\"deleted\":true");
        assertThat(directory.fresh("U1")).isEmpty();
        assertThat(found("U1").standing()).isEqualTo(Standing.DEACTIVATED);
    }

    @Test
    void doesNotMakeUpSomebodyWhomSlackDoesNotShow() {
        slack.next("users.info", Answer.error("user_not_found"), Answer.status(500), Answer.limited(9));
        assertThat(directory.find("U1")).isInstanceOf(Directory.Lookup.Nobody.class);
        assertThat(directory.find("U1")).isInstanceOf(Directory.Lookup.Unclear.class);
        assertThat(directory.find("U1")).isEqualTo(
                new Directory.Lookup.Unclear(Duration.ofSeconds(9), "users.info: rate limited"));
        assertThat(directory.remembered("U1")).isEmpty();
    }

    @Test
    void mirrorsAGroupAndMeetsItsMembers() {
        mirrored();
        assertThat(members()).containsExactlyInAnyOrder("u1", "u2");
    }

    private void mirrored() {
        slack.next("usergroups.users.list", Answer.json("{\"ok\":true,\"users\":[\"U1\",\"U2\"]}"));
        says("U1", "\"team_id\":\"T1\"");
        says("U2", "\"team_id\":\"T1\"");
        assertThat(mirror.refresh(Set.of("payments", "no-such-team"))).isTrue();
    }

    @Test
    void keepsTheMembersWhenAGroupCannotBeReadAndSaysSo() {
        mirrored();
        slack.next("usergroups.users.list", Answer.status(500), Answer.limited(3), Answer.error("missing_scope"));
        assertThat(mirror.refresh(Set.of("payments"))).isFalse();
        assertThat(mirror.refresh(Set.of("payments"))).isFalse();
        assertThat(mirror.refresh(Set.of("payments"))).isFalse();
        assertThat(members()).hasSize(2);
    }

    @Test
    void tellsAtOnceThatSomebodyLeftTheTeamOrTheWorkspace() {
        mirrored();
        assertThat(departures).hasValue(0);
        slack.next("usergroups.users.list", Answer.json("{\"ok\":true,\"users\":[\"U1\"]}"));
        mirror.refresh(Set.of("payments"));
        assertThat(departures).hasValue(1);
        database.writing(h -> h.execute("DELETE FROM departure"));
        says("U1", "\"team_id\":\"T1\",\"deleted\":true");
        directory.ask("U1");
        assertThat(departures).hasValue(2);
    }

    @Test
    void aGroupThatIsGoneHasNobody() {
        mirrored();
        slack.next("usergroups.users.list", Answer.error("no_such_subteam"));
        assertThat(mirror.refresh(Set.of("payments"))).isTrue();
        assertThat(members()).isEmpty();
    }

    @Test
    void sweepsEveryTenMinutesWithAJobForEachGroup() throws Exception {
        Job.Handler sweep = mirror.handlers().get(GroupMirror.SWEEP);
        assertThat(sweep).isNotNull();
        Job.Outcome outcome = sweep.run(new Job(1, GroupMirror.SWEEP, GroupMirror.SWEEP,
                dev.steward.database.Json.tree("{}"), 1, 0));
        assertThat(outcome).isEqualTo(new Job.Outcome.Again(Duration.ofMinutes(10)));
        List<String> jobs = database.read(h -> h.createQuery("SELECT key FROM job").mapTo(String.class).list());
        assertThat(jobs).containsExactly("slack.mirror-group:S1");
    }

    private void says(String user, String flags) {
        slack.next("users.info", Answer.json("{\"ok\":true,\"user\":{\"id\":\"" + user + "\",\"name\":\""
                + user.toLowerCase(java.util.Locale.ROOT) + "\",\"profile\":{\"real_name\":\"Somebody\"}," + flags
                + "}}"));
    }

    private Person found(String user) {
        return ((Directory.Lookup.Known) directory.find(user)).person();
    }

    private List<String> members() {
        return database.read(h -> {
            Team team = teams.byName(h, "payments").orElseThrow();
            return teams.members(h, team, clock.instant()).stream().map(Person::name).toList();
        });
    }
}
