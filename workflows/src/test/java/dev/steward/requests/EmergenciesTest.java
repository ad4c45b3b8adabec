package dev.steward.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.steward.access.BreakGlassReviews;
import dev.steward.access.BreakGlassView;
import dev.steward.approvals.DecisionOutcome;
import dev.steward.catalog.EntityId;
import dev.steward.catalog.Ownership;
import dev.steward.incidents.Declaration;
import dev.steward.incidents.DeclareOutcome;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.Severity;
import dev.steward.incidents.TimelineEntry;
import dev.steward.stacks.LeaseState;
import dev.steward.terraform.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an incident does to requests: applies wait, whoever is on call is let in, changes are undone; real Terraform. */
class EmergenciesTest {
    @TempDir
    Path home;

    private LeaseBench access;

    @BeforeEach
    void open() {
        access = new LeaseBench(home);
    }

    @AfterEach
    void close() {
        access.close();
    }

    @Test
    void whoeverIsOnCallIsLetInAtOnceWhileItBurnsAndOutAgainWhenItIsResolved() {
        access.bench.onCall.put("cart", List.of("dana"));
        IncidentId incident = declared(Severity.SEV1, "cart");
        RequestId id = forIncident("dana", "cart", "operator", "4h", incident);
        LeaseState.Active active = access.active(id);
        assertThat(Duration.between(active.startsAt(), active.endsAt())).isEqualTo(Duration.ofHours(4));
        assertThat(access.bench.proposal(id).terms().rule()).contains("Break-glass for " + incident.text());
        assertThat(access.story(id)).contains("access.break_glass", "lease.start");
        assertThat(access.told(BreakGlassReviews.VIEW)).as("its owners hear of it, loudly").isTrue();
        assertThat(access.told(BreakGlassReviews.PASSED_OVER)).as("and those who were not asked").isTrue();
        assertThat(timeline(incident)).anyMatch(text -> text.contains("Break-glass: dana"));
        assertThat(access.bench.incidents.resolve(incident, access.bench.person("olga"), "Restarted"))
                .isInstanceOf(ActOutcome.Done.class);
        access.pass(Duration.ofMinutes(1));
        assertThat(access.ended(id).endedAt()).isBefore(active.endsAt());
        assertThat(access.ended(id).word().cause()).isEqualTo(LeaseState.Cause.INCIDENT_OVER);
        assertThat(access.bench.view(id).lease().orElseThrow().incident()).contains(incident.value());
        assertThat(access.story(id)).contains("lease.shorten", "lease.gone");
    }

    @Test
    void whatWasGivenForAMergedIncidentBelongsToTheOtherAndEndsWithThat() {
        access.bench.onCall.put("cart", List.of("dana"));
        IncidentId first = declared(Severity.SEV1, "cart");
        IncidentId second = declared(Severity.SEV1, "cart");
        RequestId id = forIncident("dana", "cart", "operator", "4h", first);
        access.active(id);
        assertThat(access.bench.incidents.merge(first, access.bench.person("olga"), second))
                .isInstanceOf(ActOutcome.Done.class);
        BreakGlassView view = access.bench.<Optional<BreakGlassView>>read(h -> access.bench.breakGlass.view(h, id))
                .orElseThrow();
        assertThat(view.incident()).isEqualTo(second.value());
        access.pass(Duration.ofMinutes(1));
        assertThat(access.bench.view(id).circumstances().incident()).contains(second.value());
        assertThat(access.state(id)).isInstanceOf(LeaseState.Active.class);
        access.bench.incidents.resolve(second, access.bench.person("olga"), "");
        access.pass(Duration.ofMinutes(1));
        assertThat(access.ended(id).word().cause()).isEqualTo(LeaseState.Cause.INCIDENT_OVER);
    }

    @Test
    void nobodyElseIsLetInAndNotForWhatDoesNotBurn() {
        access.bench.onCall.put("cart", List.of("dana"));
        IncidentId small = declared(Severity.SEV3, "cart");
        IncidentId elsewhere = declared(Severity.SEV1, "ledger-api");
        IncidentId burns = declared(Severity.SEV1, "cart");
        for (RequestId id : List.of(forIncident("dana", "cart", "reader", "8h", small),
                forIncident("dana", "cart", "operator", "4h", elsewhere),
                forIncident("omar", "cart", "reader", "8h", burns))) {
            await().atMost(LeaseBench.PATIENCE)
                    .until(() -> access.bench.state(id) instanceof RunState.AwaitingApproval);
            assertThat(access.bench.proposal(id).terms().rule()).isEmpty();
        }
        assertThat(access.told(BreakGlassReviews.VIEW)).isFalse();
    }

    @Test
    void emergencyAccessHasToBeSignedBySomebodyElseWhoAnswersForIt() {
        access.bench.onCall.put("cart", List.of("olga"));
        IncidentId incident = declared(Severity.SEV2, "cart");
        RequestId id = forIncident("olga", "cart", "admin", "1h", incident);
        access.active(id);
        assertThat(sign(id, "olga", true)).isInstanceOfSatisfying(ActOutcome.Refused.class,
                refused -> assertThat(refused.why()).startsWith("You cannot sign for your own access"));
        assertThat(sign(id, "omar", true)).isInstanceOf(ActOutcome.Refused.class);
        assertThat(toSign("paul")).as("waits for its owners").containsExactly(id);
        assertThat(toSign("olga")).as("not for whoever has it").isEmpty();
        assertThat(access.bench.breakGlass.sign(id, access.bench.person("paul"), true, "  "))
                .isInstanceOf(ActOutcome.Refused.class);
        assertThat(sign(id, "paul", false)).isInstanceOf(ActOutcome.Done.class);
        assertThat(toSign("paul")).isEmpty();
        assertThat(access.ended(id).word().cause()).as("what was not right ends at once")
                .isEqualTo(LeaseState.Cause.REVOKED);
        assertThat(sign(id, "pia", true)).isInstanceOfSatisfying(ActOutcome.Refused.class,
                refused -> assertThat(refused.why()).isEqualTo("paul has signed this already."));
        BreakGlassView view = access.bench.<Optional<BreakGlassView>>read(h -> access.bench.breakGlass.view(h, id))
                .orElseThrow();
        assertThat(view.reason()).isEqualTo("To look into late bookings");
        assertThat(view.signed().orElseThrow().justified()).isFalse();
        assertThat(view.passedOver()).extracting("name").containsExactly("paul");
    }

    @Test
    void whatNobodySignsInTimeIsToldToThePlatformTeam() {
        access.bench.onCall.put("cart", List.of("dana"));
        RequestId id = forIncident("dana", "cart", "operator", "1h", declared(Severity.SEV1, "cart"));
        access.active(id);
        access.pass(Duration.ofHours(25));
        access.bench.breakGlass.recover();
        await().atMost(LeaseBench.PATIENCE).until(() -> access.told(BreakGlassReviews.OVERDUE));
        assertThat(access.bench.<String>read(h -> h.createQuery("SELECT destination FROM outbox WHERE view = :view")
                .bind("view", BreakGlassReviews.OVERDUE).mapTo(String.class).one())).isEqualTo("channel:platform");
        assertThat(access.story(id)).contains("access.break_glass_overdue");
        assertThat(sign(id, "pia", true)).isInstanceOf(ActOutcome.Done.class);
        access.ended(id);
    }

    @Test
    void accessForAnIncidentThatPeopleApprovedEndsWithItToo() {
        IncidentId incident = declared(Severity.SEV3, "cart");
        RequestId id = forIncident("omar", "cart", "reader", "8h", incident);
        access.approved(id, "olga");
        access.active(id);
        access.bench.incidents.resolve(incident, access.bench.person("olga"), "");
        access.pass(Duration.ofMinutes(1));
        access.ended(id);
    }

    @Test
    void accessCannotBeAskedForAnIncidentThatIsOverOrThatOneMayNotSee() {
        IncidentId over = declared(Severity.SEV3, "cart");
        access.bench.incidents.resolve(over, access.bench.person("olga"), "");
        assertThat(refusal("omar", over)).isEqualTo(over.text() + " is resolved. Reopen it first if it goes on.");
        IncidentId secret = declared(Severity.SEV3, "cart", true);
        assertThat(refusal("omar", secret)).isEqualTo("There is no " + secret.text() + ".");
        assertThat(refusal("omar", new IncidentId(99))).isEqualTo("There is no INC-99.");
    }

    @Test
    void anOpenSev1KeepsAppliesWaitingUntilItIsResolved() {
        RequestId made = applied("payments-api");
        RequestId removal = decommission("dana", made, Optional.empty());
        IncidentId incident = declared(Severity.SEV1, "payments-api");
        access.approved(removal, "omar");
        waits(removal, incident.text() + " (SEV-1: It burns) is open");
        assertThat(access.bench.view(removal).circumstances().frozenBy()).contains(incident.value());
        access.bench.incidents.resolve(incident, access.bench.person("omar"), "");
        await().atMost(LeaseBench.PATIENCE).until(() -> access.bench.state(removal) instanceof RunState.Applied);
    }

    @Test
    void aNamedApproverLetsAnApplyThroughOnRecordAndNobodyElse() {
        RequestId made = applied("payments-api");
        RequestId removal = decommission("paul", made, Optional.empty());
        IncidentId incident = declared(Severity.SEV1, "payments-api");
        access.approved(removal, "omar");
        waits(removal, "is open");
        assertThat(through(incident, removal, "omar")).isInstanceOf(ActOutcome.Refused.class);
        assertThat(through(incident, removal, "paul")).isInstanceOfSatisfying(ActOutcome.Refused.class,
                refused -> assertThat(refused.why()).startsWith("Nobody allows their own request"));
        assertThat(through(incident, removal, "pia")).isInstanceOf(ActOutcome.Done.class);
        assertThat(through(incident, removal, "pia")).isInstanceOf(ActOutcome.Refused.class);
        await().atMost(LeaseBench.PATIENCE).until(() -> access.bench.state(removal) instanceof RunState.Applied);
        assertThat(access.story(removal)).contains("request.let_through");
        assertThat(access.bench.count("SELECT count(*) FROM ledger WHERE action = 'incident.let_through'"))
                .isEqualTo(1);
        assertThat(timeline(incident)).anyMatch(text -> text.startsWith(removal.text() + " may be applied"));
    }

    @Test
    void aRevertIsDecidedByTheUsualPeopleAndIsNotKeptWaitingByItsOwnIncident() {
        RequestId made = applied("payments-api");
        IncidentId incident = declared(Severity.SEV1, "payments-api");
        RequestId revert = decommission("dana", made, Optional.of(incident));
        assertThat(access.bench.requests.decommission(made, access.bench.person("omar"),
                Optional.of(incident.value()))).isInstanceOfSatisfying(DecommissionOutcome.Already.class,
                        already -> assertThat(already.request()).isEqualTo(revert));
        await().atMost(LeaseBench.PATIENCE)
                .until(() -> access.bench.state(revert) instanceof RunState.AwaitingApproval);
        assertThat(access.bench.approve("dana", revert)).isInstanceOf(DecisionOutcome.IsRequester.class);
        assertThat(access.bench.approve("olga", revert)).isInstanceOf(DecisionOutcome.NotAnApprover.class);
        assertThat(access.bench.approve("omar", revert)).isInstanceOf(DecisionOutcome.Approved.class);
        await().atMost(LeaseBench.PATIENCE).until(() -> access.bench.state(revert) instanceof RunState.Applied);
        assertThat(access.bench.view(revert).state()).isEqualTo(RequestState.DONE);
        assertThat(access.bench.<Ownership>read(h -> access.bench.owners.ownership(h, "payments-api")))
                .isNotInstanceOf(Ownership.TeamFound.class)
                .satisfies(ownership -> assertThat(ownership instanceof Ownership.Found found
                        && found.entity().live()).as("a tombstone stays").isFalse());
        assertThat(timeline(incident)).anyMatch(text -> text.startsWith("dana proposed to revert " + made.text()))
                .anyMatch(text -> text.startsWith(revert.text() + ", removal of payments-api"));
        assertThat(access.bench.requests.decommission(made, access.bench.person("omar"), Optional.empty()))
                .isInstanceOf(DecommissionOutcome.Refused.class);
    }

    @Test
    void aChangeGoesBackToTheInputsFromBeforeAlthoughItsIncidentFreezesEverythingElse() {
        RequestId made = applied("payments-api");
        RequestId change = changed(made, "tier", "tier-2");
        access.approved(change, "omar");
        await().atMost(LeaseBench.PATIENCE).until(() -> access.bench.state(change) instanceof RunState.Applied);
        IncidentId incident = declared(Severity.SEV1, "payments-api");
        RevertOutcome.Back back = (RevertOutcome.Back) access.bench.requests.revert(change,
                access.bench.person("olga"), Undoing.of(incident.value()));
        assertThat(back.to()).isEqualTo(made);
        access.approved(back.request(), "omar");
        await().atMost(LeaseBench.PATIENCE).until(() -> access.bench.state(back.request()) instanceof RunState.Applied);
        assertThat(access.bench.<String>read(h -> access.bench.entities.byName(h, "payments-api").orElseThrow()
                .profile().tier().text())).isEqualTo("tier-3");
        assertThat(timeline(incident)).anyMatch(text -> text.startsWith("olga proposed to revert " + change.text()))
                .anyMatch(text -> text.startsWith(back.request().text() + ", revert of " + change.text()
                        + ", payments-api asked for by olga: applied"));
        RequestId other = changed(back.request(), "tier", "tier-4");
        access.approved(other, "omar");
        waits(other, "is open");
    }

    @Test
    void aChangeThatWaitsGivesWayToTheRevertOfAnIncidentOnceWhoeverProposesThatSaysSo() {
        RequestId made = applied("payments-api");
        RequestId change = changed(made, "tier", "tier-2");
        access.approved(change, "omar");
        await().atMost(LeaseBench.PATIENCE).until(() -> access.bench.state(change) instanceof RunState.Applied);
        RequestId waits = changed(change, "tier", "tier-4");
        await().atMost(LeaseBench.PATIENCE)
                .until(() -> access.bench.state(waits) instanceof RunState.AwaitingApproval);
        IncidentId small = declared(Severity.SEV3, "payments-api");
        IncidentId elsewhere = declared(Severity.SEV1, "ledger-api");
        List.of(small, elsewhere).forEach(one -> assertThat(proposed(change, Undoing.of(one.value()))).as(one.text())
                .isInstanceOfSatisfying(RevertOutcome.Refused.class, refused -> assertThat(refused.why())
                        .startsWith(waits.text() + " asks for a change of `payments-api` already")));
        IncidentId incident = declared(Severity.SEV2, "payments-api");
        List.of(change, made).forEach(one -> assertThat(proposed(one, Undoing.of(incident.value())))
                .isEqualTo(new RevertOutcome.InTheWay(waits)));
        assertThat(proposed(change, new Undoing(Optional.of(incident.value()), Optional.of(change))))
                .as("another than what they were shown").isEqualTo(new RevertOutcome.InTheWay(waits));
        assertThat(access.bench.view(waits).state()).isEqualTo(RequestState.PENDING);

        RevertOutcome.Back back = (RevertOutcome.Back) proposed(change,
                new Undoing(Optional.of(incident.value()), Optional.of(waits)));
        assertThat(access.bench.view(waits).state()).isEqualTo(RequestState.CANCELLED);
        assertThat(access.bench.view(waits).run().notes()).contains(back.request().text() + " replaces it.");
        assertThat(access.bench.approve("omar", waits)).isInstanceOf(DecisionOutcome.AlreadyEnded.class);
        assertThat(access.bench.<List<String>>read(h -> h.createQuery(
                "SELECT destination FROM outbox WHERE view = 'request-superseded' ORDER BY destination")
                .mapTo(String.class).list())).containsExactlyInAnyOrder("person:" + access.bench.person("dana").id(),
                        "person:" + access.bench.person("omar").id());
        assertThat(proposed(change, new Undoing(Optional.of(incident.value()), Optional.of(waits))))
                .as("clicked twice").isEqualTo(new RevertOutcome.Already(back.request(), "platform-requests"));
        access.approved(back.request(), "omar");
        await().atMost(LeaseBench.PATIENCE).until(() -> access.bench.state(back.request()) instanceof RunState.Applied);
    }

    private RevertOutcome proposed(RequestId change, Undoing why) {
        return access.bench.requests.revert(change, access.bench.person("olga"), why);
    }

    private RequestId changed(RequestId of, String field, String answer) {
        Map<String, Object> answers = new HashMap<>(
                access.bench.<Map<String, Object>>read(h -> access.bench.requests.answers(h, of)));
        answers.put(field, answer);
        return ((SubmitOutcome.Accepted) access.bench.requests.change(of, access.bench.person("dana"), answers,
                "change-" + System.nanoTime())).id();
    }

    @Test
    void nothingIsTakenAwayThatSomethingElseDependsOnOrThatEndsByItself() {
        RequestId made = applied("payments-api");
        access.bench.database.writing(h -> access.bench.entities.addDependency(h,
                new dev.steward.ledger.Actor.Operator("ops"), entity("cart"), entity("payments-api")));
        assertThat(access.bench.requests.decommission(made, access.bench.person("dana"), Optional.empty()))
                .isEqualTo(new DecommissionOutcome.Refused("`cart` depends on it. That has to change first."));
        RequestId grant = access.asked("dana", "ledger-lab", "reader", "1h");
        access.active(grant);
        assertThat(access.bench.requests.decommission(grant, access.bench.person("dana"), Optional.empty()))
                .isInstanceOf(DecommissionOutcome.Refused.class);
        assertThat(access.bench.requests.decommission(made, access.bench.person("gus"), Optional.empty()))
                .isInstanceOf(DecommissionOutcome.Refused.class);
    }

    private RequestId applied(String name) {
        RequestId id = access.bench.submitted("dana", Workbench.answers(name));
        access.approved(id, "omar");
        await().atMost(LeaseBench.PATIENCE).until(() -> access.bench.state(id) instanceof RunState.Applied);
        return id;
    }

    private RequestId decommission(String who, RequestId made, Optional<IncidentId> incident) {
        return ((DecommissionOutcome.Asked) access.bench.requests.decommission(made, access.bench.person(who),
                incident.map(IncidentId::value))).request();
    }

    private void waits(RequestId id, String why) {
        await().atMost(LeaseBench.PATIENCE)
                .until(() -> access.bench.view(id).run().trouble().filter(text -> text.contains(why)).isPresent());
        assertThat(access.bench.state(id)).isInstanceOf(RunState.Approved.class);
    }

    private ActOutcome through(IncidentId incident, RequestId id, String who) {
        return access.bench.incidents.letThrough(incident, access.bench.person(who), id, "Customers wait for it");
    }

    private List<RequestId> toSign(String who) {
        return access.bench.<List<BreakGlassView>>read(
                h -> access.bench.breakGlass.waiting(h, access.bench.person(who))).stream().map(BreakGlassView::request)
                .toList();
    }

    private ActOutcome sign(RequestId id, String who, boolean right) {
        return access.bench.breakGlass.sign(id, access.bench.person(who), right, "Read the session log");
    }

    private EntityId entity(String name) {
        return access.bench.<EntityId>read(h -> access.bench.entities.byName(h, name).orElseThrow().id());
    }

    private IncidentId declared(Severity severity, String on) {
        return declared(severity, on, false);
    }

    private IncidentId declared(Severity severity, String on, boolean confidential) {
        DeclareOutcome outcome = access.bench.incidents.declare(new Declaration("It burns", severity,
                new Declaration.Details(Optional.of(entity(on)), "", confidential, Optional.empty(), false),
                access.bench.person("olga"), new Declaration.Origin.Command(), "key-" + System.nanoTime()));
        return ((DeclareOutcome.Declared) outcome).incident().id();
    }

    private SubmitOutcome ask(String who, String entity, String role, String duration, IncidentId incident) {
        Map<String, Object> answers = new HashMap<>(Map.of("entity", entity, "role", role, "duration", duration,
                "reason", "To look into late bookings", "incident", incident.text()));
        return access.bench.requests.submit(new Requests.Submission("service-access", access.bench.person(who), answers,
                "form-" + System.nanoTime()));
    }

    private RequestId forIncident(String who, String entity, String role, String duration, IncidentId incident) {
        return ((SubmitOutcome.Accepted) ask(who, entity, role, duration, incident)).id();
    }

    private String refusal(String who, IncidentId incident) {
        SubmitOutcome outcome = ask(who, "cart", "reader", "8h", incident);
        return ((SubmitOutcome.Invalid) outcome).errors().getFirst().message();
    }

    private List<String> timeline(IncidentId incident) {
        return access.bench.<List<TimelineEntry>>read(h -> access.bench.incidents.timeline(h, incident, true, 100, 0))
                .stream().map(TimelineEntry::text).toList();
    }
}
