package dev.steward.bot.slack.views;

import static dev.steward.bot.slack.views.Samples.DANA;
import static dev.steward.bot.slack.views.Samples.FAILURE;
import static dev.steward.bot.slack.views.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.access.ReviewId;
import dev.steward.access.ReviewWaiting;
import dev.steward.approvals.ProposalState;
import dev.steward.catalog.Entity;
import dev.steward.catalog.EntityId;
import dev.steward.catalog.EntityKind;
import dev.steward.catalog.Lifecycle;
import dev.steward.catalog.Person;
import dev.steward.catalog.Profile;
import dev.steward.catalog.Responsibility;
import dev.steward.catalog.Standing;
import dev.steward.catalog.Team;
import dev.steward.catalog.TeamSource;
import dev.steward.database.Json;
import dev.steward.definitions.Workflow;
import dev.steward.ledger.Actor;
import dev.steward.oncall.Duty;
import dev.steward.oncall.Page;
import dev.steward.oncall.PageId;
import dev.steward.oncall.PageState;
import dev.steward.oncall.Shift;
import dev.steward.requests.ExtensionView;
import dev.steward.requests.HomeView;
import dev.steward.requests.HomeView.Owned;
import dev.steward.requests.HomeView.Some;
import dev.steward.requests.RequestState;
import dev.steward.requests.RequestView;
import dev.steward.terraform.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HomeMessagesTest {
    private static final Some<RequestView> NONE = new Some<>(List.of(), 0);
    private static final Some<ExtensionView> NO_WISHES = new Some<>(List.of(), 0);
    private static final CommandNames NAMES = new CommandNames("acme-");
    private static final ProposalState OPEN = new ProposalState.Open(0);
    private static final String EVIL = "<!channel> & <https://evil.example|x> `*_~ ".repeat(40);

    @Test
    void homesOfMembersAreAsAgreed() {
        Golden.assertSame("home-full", home(new HomeView(some(Samples.waiting(), Samples.deletes(25)), NO_WISHES,
                some(Samples.halfApproved(), Samples.applying(), Samples.planFailed()),
                some(Samples.ended(RequestState.DONE, new RunState.Applied(1)), Samples.rejected("Not <!channel> now")),
                List.of(owned("Payments", 2, 0)), List.of(LeaseSamples.active(), LeaseSamples.troubled(),
                        LeaseSamples.pending(), LeaseSamples.sandbox()),
                List.of(workflow("new-service", "New service"),
                        workflow("new-bucket", "New bucket")))));
        Golden.assertSame("home-nothing", home(new HomeView(NONE, NO_WISHES, NONE, NONE, List.of(), List.of(),
                List.of(workflow("new-service", "New service")))));
        Golden.assertSame("home-nothing-offered",
                home(new HomeView(NONE, NO_WISHES, NONE, NONE, List.of(), List.of(), List.of())));
        Golden.assertSame("home-only-waiting",
                home(new HomeView(some(Samples.waiting()), NO_WISHES, NONE, NONE, List.of(), List.of(),
                        List.of(workflow("new-service", "New service")))));
        Golden.assertSame("home-only-ended", home(new HomeView(NONE, NO_WISHES, NONE,
                some(Samples.ended(RequestState.CANCELLED, new RunState.Cancelled(Actor.STEWARD))),
                List.of(), List.of(), List.of(workflow("new-service", "New service")))));
        Golden.assertSame("home-failed", home(new HomeView(NONE, NO_WISHES,
                some(Samples.ended(RequestState.FAILED, new RunState.Partial(1, FAILURE)), Samples.nobodyCan()), NONE,
                List.of(), List.of(), List.of(workflow("new-service", "New service")))));
    }

    @Test
    void wishesToKeepSomethingAndReviewsWaitToo() {
        HomeView home = new HomeView(NONE, new Some<>(List.of(LeaseSamples.extension(LeaseSamples.active(), OPEN)), 2),
                NONE, NONE, List.of(), List.of(), List.of(workflow("new-service", "New service")));
        Golden.assertSame("home-wishes-and-reviews", home(home, IntStream.rangeClosed(1, 7)
                .mapToObj(i -> review("checkout-" + i, i)).toList()));
    }

    @Test
    void whatToSignForComesFirstAndWhatToGiveBackLast() {
        HomeView home = new HomeView(some(Samples.waiting()), NO_WISHES, NONE, NONE, List.of(), List.of(),
                List.of(workflow("new-service", "New service")));
        Optional<String> url = Optional.of("https://acme.slack.com/archives/C1/p1");
        Golden.assertSame("home-emergencies-and-suspensions", HomeTab.of(new HomeTab.Content(home, List.of(),
                IntStream.range(0, 3).mapToObj(i -> LeaseSamples.emergency(LeaseSamples.active())).toList(),
                IntStream.range(0, 5).mapToObj(i -> LeaseSamples.suspended()).toList(), List.of(), Duty.NONE), NAMES,
                links(url)));
    }

    @Test
    void onCallComesFirstWithThePagesThatWait() {
        HomeView nothing = new HomeView(NONE, NO_WISHES, NONE, NONE, List.of(), List.of(),
                List.of(workflow("new-service", "New service")));
        Shift shift = new Shift("payments", "primary", new Shift.Who.On(DANA), NOON, NOON.plus(Duration.ofDays(7)),
                Optional.empty());
        Shift later = new Shift("payments", "secondary", new Shift.Who.On(DANA), NOON.plus(Duration.ofDays(9)),
                NOON.plus(Duration.ofDays(10)), Optional.empty());
        Golden.assertSame("home-on-call", home(nothing, List.of(), new Duty(List.of(shift), List.of(later),
                List.of(page(4, "INC-7", "SEV-1: Checkout answers 500", new PageState.Open(NOON)),
                        page(3, "alerts 1", "checkout: HighErrorRate", new PageState.Exhausted())))));
        Golden.assertSame("home-on-call-later", home(nothing, List.of(),
                new Duty(List.of(), List.of(later), List.of())));
    }

    private static Page page(long id, String subject, String title, PageState state) {
        Team team = new Team(1, "payments", "Payments", Optional.empty(), TeamSource.slackGroup("S1"),
                Optional.of(NOON));
        return new Page(new PageId(id), team, subject, title, Optional.of("payments"), Optional.empty(), state,
                List.of(new Page.Step(1, 1, "primary", new Page.To.Somebody(DANA), NOON)),
                new Page.Place(1, 0, 1, NOON));
    }

    @ParameterizedTest
    @EnumSource(value = Standing.class, names = {"GUEST", "BOT", "STRANGER"})
    void homesOfOthersAreWordsAlone(Standing standing) {
        Person other = new Person(9, "gus", "Gus", Optional.empty(), Optional.empty(), standing, false,
                Optional.empty());
        Map<String, Object> home = HomeTab.forOthers(other);
        Golden.assertSame("home-" + standing.name().toLowerCase(Locale.ROOT), home);
        assertThat(Json.toTree(home).findValues("action_id")).isEmpty();
    }

    @Test
    void whatIsLeftOutIsCounted() {
        List<RequestView> many = IntStream.range(0, 12).mapToObj(i -> Samples.waiting()).toList();
        List<Owned> teams = IntStream.range(0, 13).mapToObj(i -> owned("Team " + i, 15, i)).toList();
        List<Workflow> workflows = IntStream.range(0, 40).mapToObj(i -> workflow("w" + i, "Workflow " + i)).toList();
        JsonNode home = Json
                .toTree(home(new HomeView(new Some<>(many, 85), NO_WISHES, new Some<>(many.subList(0, 10), 7),
                        new Some<>(many.subList(0, 5), 400), teams,
                        IntStream.range(0, 13).mapToObj(i -> LeaseSamples.active()).toList(), workflows)));
        assertThat(home.toString()).contains("and 85 more that wait for you").contains("and 7 more that are open")
                .contains("and 400 more that ended earlier").contains("and 5 more teams of yours")
                .contains("and 16 more: `/acme-request` lists them").contains("and 6 more")
                .contains("and 5 more: `/acme-access mine` lists them");
        assertThat(home.path("blocks").size()).isLessThanOrEqualTo(100);
    }

    @Test
    void aMonstrousHomeStaysWithinSlacksLimitsAndMentionsNobody() {
        RequestView monster = Samples.monstrous();
        List<RequestView> many = IntStream.range(0, 12).mapToObj(i -> monster).toList();
        List<Owned> teams = IntStream.range(0, 10).mapToObj(i -> owned(EVIL, 15, 999)).toList();
        List<Workflow> workflows = IntStream.range(0, 300).mapToObj(i -> workflow("w" + i, EVIL)).toList();
        JsonNode home = Json.toTree(HomeTab.of(new HomeTab.Content(new HomeView(new Some<>(many, 999),
                new Some<>(IntStream.range(0, 5).mapToObj(i -> LeaseSamples.extension(LeaseSamples.monstrous(), OPEN))
                        .toList(), 999),
                new Some<>(many.subList(0, 10), 999),
                new Some<>(List.of(Samples.rejected(EVIL)), 999), teams,
                IntStream.range(0, 40).mapToObj(i -> LeaseSamples.monstrous()).toList(), workflows),
                IntStream.range(0, 40).mapToObj(i -> review(EVIL, 100)).toList(),
                IntStream.range(0, 9).mapToObj(i -> LeaseSamples.emergency(LeaseSamples.monstrous())).toList(),
                IntStream.range(0, 9).mapToObj(i -> LeaseSamples.suspended()).toList(),
                IntStream.range(0, 200).mapToObj(i -> IncidentSamples.monstrous().incident()).toList(),
                new Duty(monstrousShifts(), monstrousShifts(), IntStream.range(0, 20).mapToObj(
                        i -> page(i + 1, EVIL, EVIL, new PageState.Open(NOON))).toList())),
                NAMES,
                links(Optional.of("https://acme.slack.com/archives/C1/p" + "1".repeat(1000)))));
        assertThat(home.path("blocks").size()).isLessThanOrEqualTo(100);
        assertThat(home.toString()).doesNotContain("<!channel>").doesNotContain("<https://evil");
        assertThat(home.toString().length()).isLessThan(250_000);
        home.findValues("text").stream().filter(JsonNode::isTextual)
                .forEach(text -> assertThat(text.asText().length()).isBetween(1, 3000));
        home.findParents("action_id").forEach(
                button -> assertThat(button.at("/text/text").asText().length()).isLessThanOrEqualTo(75));
    }

    private static List<Shift> monstrousShifts() {
        return IntStream.range(0, 50).mapToObj(i -> new Shift(EVIL, EVIL, new Shift.Who.On(DANA), NOON,
                NOON.plus(Duration.ofDays(7)), Optional.empty())).toList();
    }

    private static Map<String, Object> home(HomeView home) {
        return home(home, List.of());
    }

    private static Map<String, Object> home(HomeView home, List<ReviewWaiting> reviews) {
        return home(home, reviews, Duty.NONE);
    }

    private static Map<String, Object> home(HomeView home, List<ReviewWaiting> reviews, Duty duty) {
        Optional<String> card = Optional.of("https://acme.slack.com/archives/C1/p" + DANA.id());
        return HomeTab.of(new HomeTab.Content(home, reviews, List.of(), List.of(), List.of(), duty), NAMES,
                new HomeTab.Links(view -> view.state() == RequestState.APPROVED ? Optional.empty() : card, _ -> card,
                        review -> review.asked() == 1 ? card : Optional.empty(), _ -> card));
    }

    private static HomeTab.Links links(Optional<String> url) {
        return new HomeTab.Links(_ -> url, _ -> url, _ -> url, _ -> url);
    }

    private static ReviewWaiting review(String entity, int asked) {
        return new ReviewWaiting(new ReviewId(7), LeaseSamples.entity(entity), "payments", asked,
                NOON.plus(Duration.ofDays(14)));
    }

    private static Some<RequestView> some(RequestView... views) {
        return new Some<>(List.of(views), 0);
    }

    private static Owned owned(String title, int entities, int more) {
        Team team = new Team(1, "payments", title, Optional.empty(), TeamSource.slackGroup("S1"), Optional.of(NOON));
        return new Owned(team, new Some<>(IntStream.range(0, entities).mapToObj(i -> entity(title + "-" + i)).toList(),
                more));
    }

    private static Entity entity(String name) {
        return new Entity(new EntityId(1), EntityKind.SERVICE, name,
                new Responsibility("payments", "platform", Lifecycle.APPLICATION_BOUND), Profile.titled(name),
                new Entity.Origin("request:1", 1, NOON, Optional.empty()));
    }

    private static Workflow workflow(String name, String title) {
        return new Workflow(name, Workflow.Kind.PROVISION, title, "", new Workflow.Allow.Everyone(), "requests",
                List.of(), "module", Map.of(), new Workflow.Approval(List.of(), List.of(), Duration.ofDays(3)),
                List.of(),
                List.of(), Optional.empty(), Optional.empty(), "d");
    }
}
