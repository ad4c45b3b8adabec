package dev.steward.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.access.Reviews;
import dev.steward.approvals.Approvals;
import dev.steward.bot.slack.people.Directory;
import dev.steward.bot.slack.people.Workspace;
import dev.steward.bot.slack.views.CommandAnswers;
import dev.steward.bot.slack.views.CommandNames;
import dev.steward.bot.slack.views.LeaseMessages;
import dev.steward.bot.slack.views.ReviewMessages;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.catalog.Entities;
import dev.steward.catalog.EntityKind;
import dev.steward.catalog.Lifecycle;
import dev.steward.catalog.NewEntity;
import dev.steward.catalog.People;
import dev.steward.catalog.Profile;
import dev.steward.catalog.Responsibility;
import dev.steward.catalog.SlackProfile;
import dev.steward.catalog.Standing;
import dev.steward.catalog.TeamSource;
import dev.steward.catalog.Teams;
import dev.steward.database.Database;
import dev.steward.database.FreshDatabase;
import dev.steward.database.Sealer;
import dev.steward.database.TestClock;
import dev.steward.jobs.Jobs;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Ledger;
import dev.steward.modules.ModuleRegistry;
import dev.steward.modules.Vetting;
import dev.steward.outbox.Outbox;
import dev.steward.requests.CredentialProfiles;
import dev.steward.requests.Emergencies;
import dev.steward.requests.RequestParts;
import dev.steward.requests.Requests;
import dev.steward.stacks.Leases;
import dev.steward.stacks.Stacks;
import dev.steward.terraform.EnvironmentPolicy;
import dev.steward.terraform.RunTables;
import dev.steward.terraform.Runner;
import dev.steward.terraform.TerraformCli;
import dev.steward.terraform.TerraformVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clicks on a review that asks about dana's and omar's access to their team's checkout; nothing runs Terraform. */
class ReviewClicksTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path home;
    private Database database;
    private FakeSlack slack;
    private SlackApi api;
    private ReviewClicks clicks;
    private final TestClock clock = new TestClock();
    private final Ledger ledger = new Ledger(clock);
    private final People people = new People(ledger, clock);
    private final Teams teams = new Teams(people, ledger, clock);
    private final Entities entities = new Entities(teams, ledger, clock);
    private final Outbox outbox = new Outbox(clock);

    @BeforeEach
    void open() throws IOException {
        database = FreshDatabase.open(home.resolve("steward.db"));
        slack = new FakeSlack();
        api = new SlackApi(slack.api(), "xoxb-a-token-for-tests", Duration.ofSeconds(5));
        var directory = new Directory(database, people, api, Workspace.of(api), clock, _ -> {});
        database.writing(h -> {
            for (String name : List.of("dana", "omar", "olga")) {
                people.meet(h, new SlackProfile("T1", "U" + name, name, name, Optional.empty(), Standing.MEMBER));
            }
            teams.bind(h, Actor.STEWARD, "payments", "Payments", new TeamSource.SlackGroup("S1"),
                    Optional.of("payments"));
            teams.mirror(h, new TeamSource.SlackGroup("S1"),
                    Set.of(new Actor.SlackUser("T1", "Udana"), new Actor.SlackUser("T1", "Uomar")));
            entities.record(h, Actor.STEWARD, new NewEntity(EntityKind.SERVICE, "checkout",
                    new Responsibility("payments", "payments", Lifecycle.APPLICATION_BOUND),
                    Profile.titled("checkout"), List.of(), List.of(), "import"));
            grant(h, 41, "dana");
            grant(h, 42, "omar");
            h.execute("INSERT INTO access_review (id, entity, channel, state, opened_at, due_at) VALUES"
                    + " (7, 1, 'payments', 'open', ?, ?)", clock.millis(), clock.millis() + DAY.toMillis());
        });
        clicks = new ReviewClicks(reviews(), new Decisions.Speaking(new CommandAnswers(new CommandNames("")),
                new Answers(api, new LateAnswers(database, outbox, directory)), directory));
    }

    private void grant(Handle handle, int request, String holder) {
        handle.execute("INSERT INTO stack (id, name, module, lineage, owner, status, created_at, updated_at)"
                + " VALUES (?, ?, 'm', ?, 1, 'active', 0, 0)", request, "s" + request, "l" + request);
        handle.execute("INSERT INTO request (id, workflow, workflow_digest, requester, channel, subject, state, stack,"
                + " idempotency_key, created_at, updated_at) SELECT ?, 'service-access', 'd', id, 'c', 'checkout',"
                + " 'done', ?, ?, 0, 0 FROM person WHERE name = ?", request, request, "k" + request, holder);
        handle.execute("INSERT INTO lease (stack, request, holder, entity, role, state, lasts, starts_at, ends_at)"
                + " SELECT ?, ?, id, 1, 'reader', 'active', ?, ?, ? FROM person WHERE name = ?", request, request,
                2 * DAY.toMillis(), clock.millis() - DAY.toMillis(), clock.millis() + DAY.toMillis(), holder);
    }

    private Reviews reviews() {
        var runs = new RunTables(ledger, new Sealer(new byte[32]), clock, "bench");
        var cli = new TerraformCli(Path.of("terraform"), home.resolve("terraform.rc"),
                EnvironmentPolicy.ofThisProcess());
        var store = new RequestParts.Store(database, new Sealer(new byte[32]), ledger, new Jobs(clock), outbox, runs,
                new Stacks(clock), new Leases(ledger, clock), clock);
        var catalog = new RequestParts.Catalog(people, teams, entities);
        var rules = new RequestParts.Rules(Map.of(),
                new ModuleRegistry(database, ledger, new Vetting(cli, Set.of()), home.resolve("source"),
                        home.resolve("modules")),
                CredentialProfiles.NONE, _ -> true, "platform", TerraformVersion.OLDEST.text(), DAY);
        var requests = new Requests(new RequestParts(store, catalog, rules,
                new Approvals(people, teams, ledger, clock), new Runner(database, runs, cli, TerraformVersion.OLDEST,
                        new Runner.Settings(home.resolve("runs"), URI.create("http://127.0.0.1:1/state/"), DAY, DAY)),
                Emergencies.NONE));
        return new Reviews(store, catalog, requests, new Reviews.Rhythm(Optional.empty(), DAY, DAY));
    }

    @AfterEach
    void close() {
        api.close();
        slack.close();
        database.close();
    }

    @Test
    void confirmsSomebodyElsesAccessAndAnswersInPrivate() {
        assertThat(told("omar", ReviewMessages.CONFIRM, "7:41")).contains("Confirmed: dana", "\"ephemeral\"");
        assertThat(confirmed()).containsExactly(41L);
        assertThat(told("omar", ReviewMessages.CONFIRM, "7:41")).contains("confirmed already, by omar");
    }

    @Test
    void confirmsNobodysOwnAndNothingForAStranger() {
        assertThat(told("dana", ReviewMessages.CONFIRM, "7:41")).contains("You cannot confirm your own access");
        assertThat(told("olga", ReviewMessages.CONFIRM, "7:41")).contains("Only the owner team");
        assertThat(told("olga", ReviewMessages.CONFIRM_ALL, "7:41,42")).contains("Only the owner team");
        assertThat(told("olga", ReviewMessages.END, "7:41")).contains("Only the person who has");
        assertThat(confirmed()).isEmpty();
    }

    @Test
    void confirmsAllThatWasShownButOnesOwn() {
        assertThat(told("omar", ReviewMessages.CONFIRM_ALL, "7:41,42"))
                .contains("Confirmed one. You cannot confirm your own access");
        assertThat(confirmed()).containsExactly(41L);
    }

    @Test
    void endsAtOnceWhatIsNotNeeded() {
        assertThat(told("omar", ReviewMessages.END, "7:41")).contains("is being ended");
        assertThat(told("omar", ReviewMessages.CONFIRM, "7:41")).contains("has ended or is being ended already");
        assertThat(database.<String>read(h -> h.createQuery("SELECT cause FROM lease WHERE request = 41")
                .mapTo(String.class).one())).isEqualTo("revoked");
    }

    @Test
    void givesBackWhatIsSuspendedToNobodyWhoClicksForThemselves() {
        assertThat(told("omar", LeaseMessages.GIVE_BACK, "41")).contains("There is no suspended access REQ-41");
        assertThat(told("omar", LeaseMessages.GIVE_BACK, "41x")).contains("changed nothing");
        database.writing(h -> h.execute("UPDATE lease SET state = 'ended', ended_at = ?, cause = 'unconfirmed',"
                + " ended_by = 'steward', suspended_until = ?, remaining = 60000 WHERE request = 41", clock.millis(),
                clock.millis() + DAY.toMillis()));
        database.writing(h -> h.execute("UPDATE stack SET status = 'ended' WHERE id = 41"));
        assertThat(told("dana", LeaseMessages.GIVE_BACK, "41")).contains("You cannot give it back to yourself");
        assertThat(told("olga", LeaseMessages.GIVE_BACK, "41")).contains("Only the owner team");
        assertThat(told("omar", LeaseMessages.GIVE_BACK, "41")).contains("There is no workflow `service-access`");
        assertThat(confirmed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "7:", ":41", "7:0", "7:41,", "-7:41", "7:41;42", "9999999999999999999:41", "7:x"})
    void anUnreadableButtonChangesNothing(String value) {
        for (String action : List.of(ReviewMessages.CONFIRM, ReviewMessages.CONFIRM_ALL, ReviewMessages.END)) {
            assertThat(told("omar", action, value)).contains("Your click changed nothing");
        }
        assertThat(confirmed()).isEmpty();
    }

    @Test
    void eachOfThemIsStoredBeforeSlackIsAnswered() {
        assertThat(clicks.byAction().keySet()).allMatch(action -> StoredClicks
                .decides(click("omar", action + ":41", "7:41")));
    }

    private String told(String who, String action, String value) {
        int before = slack.calls("respond").size();
        Objects.requireNonNull(clicks.byAction().get(action)).accept(click(who, action, value));
        assertThat(slack.calls("respond")).hasSize(before + 1);
        return slack.calls("respond").getLast().arg("json");
    }

    private Click click(String who, String action, String value) {
        return new Click("U" + who, action, "review:41", value, "t", Optional.of(slack.url() + "/respond"),
                Optional.empty());
    }

    private List<Long> confirmed() {
        return database.read(h -> h.createQuery("SELECT request FROM lease WHERE confirmed_at IS NOT NULL")
                .mapTo(Long.class).list());
    }
}
