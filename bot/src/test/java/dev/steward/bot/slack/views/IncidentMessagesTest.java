package dev.steward.bot.slack.views;

import static dev.steward.bot.slack.views.IncidentSamples.EVIL;
import static dev.steward.bot.slack.views.IncidentSamples.entry;
import static dev.steward.bot.slack.views.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.catalog.Team;
import dev.steward.catalog.TeamSource;
import dev.steward.database.Json;
import dev.steward.incidents.Change;
import dev.steward.incidents.Changes;
import dev.steward.incidents.Incident;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.IncidentState;
import dev.steward.incidents.Severity;
import dev.steward.incidents.TimelineEntry;
import dev.steward.ledger.Actor;
import dev.steward.oncall.Duty;
import dev.steward.requests.HomeView;
import dev.steward.requests.RequestId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IncidentMessagesTest {
    private static final Incident OPEN = IncidentSamples.incident(Severity.SEV1, IncidentSamples.INVESTIGATING, true);
    private static final CommandNames NAMES = new CommandNames("");

    private final IncidentAnswers answers = new IncidentAnswers(NAMES);

    @Test
    void headlinesAreAsAgreed() {
        Golden.assertMatches("incident-headline-new", IncidentHeadline.of(IncidentSamples.fresh()));
        Golden.assertMatches("incident-headline-busy", IncidentHeadline.of(IncidentSamples.busy()));
        Golden.assertMatches("incident-headline-unplaced", IncidentHeadline.of(IncidentSamples.unplaced()));
        Golden.assertMatches("incident-headline-resolved",
                IncidentHeadline.of(IncidentSamples.ended(IncidentSamples.RESOLVED)));
        Golden.assertMatches("incident-headline-closed",
                IncidentHeadline.of(IncidentSamples.ended(IncidentSamples.closed())));
        Golden.assertMatches("incident-headline-declined", IncidentHeadline.of(
                IncidentSamples.ended(new IncidentState.Declined(NOON, Actor.STEWARD, "A test of the alert"))));
        Golden.assertMatches("incident-headline-merged", IncidentHeadline.of(
                IncidentSamples.ended(new IncidentState.Merged(new IncidentId(6), NOON, Actor.STEWARD))));
    }

    @Test
    void announcementsAreAsAgreedAndCallEverybodyOnlyForTheWorst() {
        Rendered worst = IncidentHeadline.announcement(IncidentSamples.fresh());
        Rendered second = IncidentHeadline.announcement(IncidentSamples.busy());
        Golden.assertMatches("incident-announcement-sev1", worst);
        Golden.assertMatches("incident-announcement", second);
        Golden.assertMatches("incident-announcement-resolved",
                IncidentHeadline.announcement(IncidentSamples.ended(IncidentSamples.RESOLVED)));
        assertThat(Json.text(worst.blocks())).contains("<!here>");
        assertThat(Json.text(second.blocks())).doesNotContain("<!here>");
    }

    @Test
    void whatChangedIsAsAgreed() {
        List<Change> changes = List.of(IncidentSamples.change(42, 0, false, true),
                IncidentSamples.change(41, 1, false, false), IncidentSamples.change(40, 2, true, false));
        Golden.assertMatches("incident-changes",
                IncidentChanges.of(IncidentSamples.fresh(), new Changes(changes, changes.size()),
                        new IncidentChanges.Window(24, true), NAMES,
                        request -> Optional.of("https://acme.slack.com/archives/C1/p" + request.value())));
        Golden.assertMatches("incident-changes-none",
                IncidentChanges.of(IncidentSamples.fresh(), new Changes(List.of(), 0),
                        new IncidentChanges.Window(72, false), NAMES,
                        request -> Optional.empty()));
        Golden.assertMatches("incident-changes-of-what",
                IncidentChanges.of(IncidentSamples.unplaced(), new Changes(List.of(), 0),
                        new IncidentChanges.Window(24, true), NAMES,
                        request -> Optional.empty()));
        List<Change> many = IntStream.range(0, 25).mapToObj(i -> IncidentSamples.change(100 - i, 0, false, false))
                .toList();
        Golden.assertMatches("incident-changes-many",
                IncidentChanges.of(IncidentSamples.fresh(), new Changes(many, 31), new IncidentChanges.Window(24, true),
                        NAMES, request -> Optional.empty()));
    }

    @Test
    void notesAreAsAgreed() {
        Golden.assertMatches("incident-note", IncidentNotes.note(entry(31, TimelineEntry.Kind.ROLE,
                "Incident lead: Omar Owner")));
        Golden.assertMatches("incident-update", IncidentNotes.update(IncidentSamples.busy(), entry(32,
                TimelineEntry.Kind.UPDATE, "Conditions: Half of all payments fail\nActions: Taking it back")));
        Golden.assertMatches("incident-update-due",
                IncidentNotes.updateDue(IncidentSamples.busy(), NOON.plus(Duration.ofHours(1))));
        Golden.assertMatches("incident-update-not-due", IncidentNotes.updateDue(IncidentSamples.busy(), NOON));
        Golden.assertMatches("incident-update-over",
                IncidentNotes.updateDue(IncidentSamples.ended(IncidentSamples.RESOLVED), NOON));
        Golden.assertMatches("incident-item", IncidentNotes.item(IncidentSamples.busy(), 13).orElseThrow());
        Golden.assertMatches("incident-item-requested",
                IncidentNotes.item(IncidentSamples.requested(false), 13).orElseThrow());
        Golden.assertMatches("incident-item-request-done",
                IncidentNotes.item(IncidentSamples.requested(true), 13).orElseThrow());
        assertThat(IncidentNotes.item(IncidentSamples.busy(), 11)).as("it was done").isEmpty();
        Golden.assertMatches("incident-invited", IncidentNotes.invited(IncidentSamples.fresh()).orElseThrow());
        Golden.assertMatches("incident-invited-trouble",
                IncidentNotes.invited(IncidentSamples.unplaced()).orElseThrow());
        assertThat(IncidentNotes.invited(IncidentSamples.ended(IncidentSamples.RESOLVED))).isEmpty();
    }

    @Test
    void resolutionsAreAsAgreed() {
        Map<String, Boolean> checklist = new LinkedHashMap<>();
        checklist.put("somebody who led it", true);
        checklist.put("an owner for every follow-up", false);
        Golden.assertMatches("incident-resolved",
                IncidentNotes.resolved(IncidentSamples.ended(IncidentSamples.RESOLVED), checklist));
        Golden.assertMatches("incident-resolved-closed",
                IncidentNotes.resolved(IncidentSamples.ended(IncidentSamples.closed()), checklist));
        Golden.assertMatches("incident-resolved-reopened", IncidentNotes.resolved(IncidentSamples.busy(), Map.of()));
    }

    @Test
    void formsAreAsAgreed() {
        var prefilled = new IncidentModals.Prefill("Checkout <!here> errors", Optional.of(Severity.SEV1),
                Optional.of("checkout"), Optional.of("Checkout errors\nsince noon"), "{}");
        Golden.assertSame("incident-form-declare", IncidentModals.declare(IncidentModals.Prefill.title("")));
        Golden.assertSame("incident-form-declare-prefilled", IncidentModals.declare(prefilled));
        Golden.assertSame("incident-form-declared", IncidentModals.declared(
                IncidentSamples.incident(Severity.SEV1, IncidentSamples.INVESTIGATING, false), List.of(OPEN), NAMES));
        Golden.assertSame("incident-form-update", IncidentModals.update(IncidentSamples.busy()));
        Golden.assertSame("incident-form-others", Map.of("resolve", IncidentModals.resolve(OPEN), "decline",
                IncidentModals.decline(OPEN), "followup", IncidentModals.followup(OPEN), "note",
                IncidentModals.note(OPEN), "amend",
                IncidentModals.amend(OPEN, entry(31, TimelineEntry.Kind.NOTE, "Failed over")), "postmortem",
                IncidentModals.postmortem(OPEN, List.of("# INC-7", "## Timeline")), "too-long",
                IncidentModals.postmortemTooLong(OPEN, "x".repeat(100_000))));
    }

    @Test
    void answersAreAsAgreed() {
        Golden.assertMatches("incident-help", answers.help(Optional.empty()));
        Golden.assertMatches("incident-help-here", answers.help(Optional.of(OPEN)));
        Golden.assertMatches("incident-how-to", answers.howToDeclare(""));
        Golden.assertMatches("incident-how-to-titled", answers.howToDeclare("checkout is down <!here>"));
        withinLimits(Json.text(answers.howToDeclare(EVIL).blocks()));
        Golden.assertMatches("incident-unknown-verb",
                answers.unknownVerb("resolv", "resolv it", Optional.of(IncidentVerb.RESOLVE)));
        Golden.assertMatches("incident-which", answers.whichIncident(IncidentVerb.STATUS, "status page is down"));
        Golden.assertMatches("incident-none", answers.noSuch(new IncidentId(9)));
        Golden.assertMatches("incident-use", answers.use(IncidentVerb.FOLLOWUP, "What is to be done?"));
        Golden.assertMatches("incident-severities", answers.severities());
        Golden.assertMatches("incident-open-again", answers.openAgain("Checkout errors"));
        Golden.assertMatches("incident-summary", IncidentAnswers.summary(IncidentSamples.busy()));
        Golden.assertMatches("incident-timeline", IncidentAnswers.timeline(OPEN,
                List.of(entry(30, TimelineEntry.Kind.DECLARED, "Declared as SEV-1: Checkout errors"),
                        entry(31, TimelineEntry.Kind.NOTE, "Failed over")),
                15, 40, false));
    }

    @Test
    void theHomeAndTheOwnersCardShowWhatIsOpen() {
        var home = new HomeView(new HomeView.Some<>(List.of(), 0), new HomeView.Some<>(List.of(), 0),
                new HomeView.Some<>(List.of(), 0), new HomeView.Some<>(List.of(), 0), List.of(), List.of(), List.of());
        Golden.assertSame("home-incidents",
                HomeTab.of(new HomeTab.Content(home, List.of(), List.of(), List.of(), List.of(OPEN), Duty.NONE),
                        NAMES,
                        new HomeTab.Links(_ -> Optional.empty(), _ -> Optional.empty(), _ -> Optional.empty(),
                                _ -> Optional.empty())));
        var payments = new Team(1, "payments", "Payments", Optional.of("payments"), TeamSource.slackGroup("S1"),
                Optional.of(NOON));
        var found = new dev.steward.catalog.Ownership.Found(IncidentSamples.CHECKOUT, payments, List.of(), List.of(),
                new dev.steward.catalog.Ownership.Around(List.of(), List.of()),
                new dev.steward.catalog.Ownership.Activity(List.of(), List.of()));
        Golden.assertMatches("owner-incidents",
                OwnerCard.of("checkout", found, new OwnerCard.Reader(true, true, List.of(OPEN))));
    }

    @Test
    void whateverPeopleWriteStaysWithinSlacksLimitsAndMentionsNobody() {
        var view = IncidentSamples.monstrous();
        List<Change> changes = IntStream.range(0, 50).mapToObj(i -> new Change(new RequestId(i + 1), EVIL,
                LeaseSamples.entity(EVIL), i, EVIL, EVIL, false, EVIL, NOON, EVIL, List.of(EVIL, EVIL),
                Optional.of(EVIL), true)).toList();
        List<TimelineEntry> entries = IntStream.range(0, 15)
                .mapToObj(i -> entry(i + 1, TimelineEntry.Kind.NOTE, EVIL)).toList();
        List<Rendered> messages = List.of(IncidentHeadline.of(view), IncidentHeadline.announcement(view),
                IncidentChanges.of(view, new Changes(changes, 1_000), new IncidentChanges.Window(168, true), NAMES,
                        request -> Optional.of("https://x.example/" + EVIL)),
                IncidentNotes.note(entries.getFirst()), IncidentNotes.update(view, entries.getFirst()),
                IncidentNotes.resolved(view, Map.of(EVIL, false)), IncidentNotes.item(view, 1_000_000).orElseThrow(),
                IncidentNotes.invited(view).orElseThrow(), IncidentAnswers.summary(view),
                IncidentAnswers.timeline(view.incident(), entries, 0, 5000, true),
                answers.unknownVerb(EVIL, EVIL, Optional.empty()));
        messages.forEach(message -> withinLimits(Json.text(message.blocks())));
        withinLimits(Json.text(IncidentModals.update(view)));
        withinLimits(Json.text(IncidentModals.declare(new IncidentModals.Prefill(EVIL, Optional.empty(),
                Optional.of(EVIL), Optional.of(EVIL), ""))));
    }

    private static void withinLimits(String json) {
        JsonNode blocks = Json.tree(json);
        blocks.findValues("text").stream().filter(JsonNode::isTextual).map(JsonNode::asText)
                .forEach(text -> assertThat(text).hasSizeBetween(1, 3000).doesNotContain("<!channel>")
                        .doesNotContain("<https://evil"));
        blocks.findParents("action_id").stream().filter(element -> element.path("type").asText().equals("button"))
                .forEach(button -> assertThat(button.at("/text/text").asText().length()).isLessThanOrEqualTo(75));
    }
}
