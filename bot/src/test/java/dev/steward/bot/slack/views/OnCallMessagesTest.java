package dev.steward.bot.slack.views;

import static dev.steward.bot.slack.views.Samples.DANA;
import static dev.steward.bot.slack.views.Samples.NOON;
import static dev.steward.bot.slack.views.Samples.OMAR;
import static dev.steward.bot.slack.views.Samples.PIA;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.catalog.Ownership;
import dev.steward.catalog.Team;
import dev.steward.catalog.TeamSource;
import dev.steward.database.Json;
import dev.steward.oncall.AckOutcome;
import dev.steward.oncall.OverrideId;
import dev.steward.oncall.OverrideOutcome;
import dev.steward.oncall.Page;
import dev.steward.oncall.PageId;
import dev.steward.oncall.PageState;
import dev.steward.oncall.Rotation;
import dev.steward.oncall.Shift;
import dev.steward.oncall.ShiftOverride;
import dev.steward.oncall.ShiftOverride.State;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OnCallMessagesTest {
    private static final Team PAYMENTS = new Team(1, "payments", "Payments", Optional.of("payments"),
            TeamSource.slackGroup("S0PAYMENTS"), Optional.of(NOON));
    private static final Team FILED = new Team(2, "ledger", "Ledger", Optional.of("ledger"), TeamSource.IMPORT,
            Optional.empty());
    private static final Optional<String> CARD = Optional.of("https://acme.slack.com/archives/C1/p1");
    private static final Duration WAIT = Duration.ofMinutes(5);
    private static final PageState OPEN = new PageState.Open(NOON.plus(WAIT));
    private static final PageState ACKED = new PageState.Acked(OMAR, NOON.plusSeconds(90));

    private final DutyMessages duty = new DutyMessages(new CommandNames("acme-"));
    private final OnCallAnswers answers = new OnCallAnswers(new CommandNames("acme-"));

    @Test
    void pagesAreAsAgreed() {
        Golden.assertMatches("page-card", PageMessages.card(page(PAYMENTS, OPEN, first())));
        Golden.assertMatches("page-card-second", PageMessages.card(page(PAYMENTS, OPEN, first(), passed(), second())));
        Golden.assertMatches("page-card-all", PageMessages.card(page(PAYMENTS, OPEN, passed(), all())));
        Golden.assertMatches("page-card-all-of-a-channel", PageMessages.card(page(FILED, OPEN, all())));
        Golden.assertMatches("page-card-acked", PageMessages.card(page(PAYMENTS, ACKED, first())));
        Golden.assertMatches("page-card-exhausted",
                PageMessages.card(page(PAYMENTS, new PageState.Exhausted(), first(), second())));
        Golden.assertMatches("page-card-passed-on",
                PageMessages.card(page(PAYMENTS, new PageState.Exhausted(Optional.of(FILED)), first())));
        Golden.assertMatches("page-card-withdrawn",
                PageMessages.card(page(PAYMENTS, new PageState.Withdrawn(), first())));
        Golden.assertMatches("page-step", step(page(PAYMENTS, OPEN, first(), second()), 2));
        Golden.assertMatches("page-step-all", step(page(PAYMENTS, OPEN, passed(), all()), 4));
        Golden.assertMatches("page-step-answered", step(page(PAYMENTS, ACKED, first(), second()), 2));
        Golden.assertMatches("page-step-all-answered", step(page(PAYMENTS, ACKED, passed(), all()), 4));
        Golden.assertMatches("page-exhausted",
                PageMessages.exhausted(page(PAYMENTS, new PageState.Exhausted(), first())));
        Golden.assertMatches("page-exhausted-acked", PageMessages.exhausted(page(PAYMENTS, ACKED, first())));
        Golden.assertMatches("page-not-passed-on", PageMessages.notPassedOn(page(PAYMENTS, OPEN, first())));
        assertThat(PageMessages.step(page(PAYMENTS, OPEN, first()), 99)).isEmpty();
    }

    @Test
    void directMessagesAreAsAgreed() {
        Golden.assertMatches("page-direct", direct(OPEN));
        Golden.assertMatches("page-direct-acked", direct(ACKED));
        Golden.assertMatches("page-direct-acked-by-another",
                direct(new PageState.Acked(DANA, NOON.plusSeconds(90))));
        Golden.assertMatches("page-direct-of-alerts", PageMessages.direct(new Page(new PageId(3), PAYMENTS, "alerts 1",
                "checkout: HighErrorRate", PAYMENTS.channel(), Optional.empty(), OPEN, List.of(first()),
                new Page.Place(1, 0, 1, NOON)), 1, CARD).orElseThrow());
        Golden.assertMatches("page-direct-exhausted", direct(new PageState.Exhausted()));
        Golden.assertMatches("page-direct-withdrawn", direct(new PageState.Withdrawn()));
    }

    @Test
    void answersToClicksAreAsAgreed() {
        Page page = page(PAYMENTS, ACKED, first());
        Golden.assertMatches("page-acked", PageMessages.acknowledged(new AckOutcome.Acked(page), OMAR));
        Golden.assertMatches("page-acked-before",
                PageMessages.acknowledged(new AckOutcome.AckedBefore(page, OMAR, NOON), DANA));
        Golden.assertMatches("page-acked-before-by-oneself",
                PageMessages.acknowledged(new AckOutcome.AckedBefore(page, OMAR, NOON), OMAR));
        Golden.assertMatches("page-ack-refused",
                PageMessages.acknowledged(new AckOutcome.Refused("There is no PAGE-9."), OMAR));
        Golden.assertMatches("page-asked", PageMessages.asked(page(PAYMENTS, OPEN, first())));
        Golden.assertMatches("page-asked-all", PageMessages.asked(page(FILED, OPEN, all())));
    }

    @Test
    void handOversAndGapsAreAsAgreed() {
        Instant until = NOON.plus(Duration.ofDays(7));
        Golden.assertMatches("handover", duty.handOver(new DutyMessages.HandOver("payments", "primary",
                Optional.of(OMAR), Optional.of(DANA), until, "")));
        Golden.assertMatches("handover-from-nobody", duty.handOver(new DutyMessages.HandOver("payments", "primary",
                Optional.empty(), Optional.of(DANA), until, "")));
        Golden.assertMatches("handover-to-nobody", duty.handOver(new DutyMessages.HandOver("payments", "primary",
                Optional.of(OMAR), Optional.empty(), until, "nobody in the catalog is called peter")));
        Golden.assertMatches("oncall-gaps-found", duty.gaps("payments", List.of(
                new DutyMessages.Gap("primary", NOON, until, "nobody in the catalog is called peter"),
                new DutyMessages.Gap("secondary", Instant.EPOCH, until, "this layer has not begun yet"))));
    }

    @Test
    void overridesAreAsAgreed() {
        for (State state : State.values()) {
            String name = state.name().toLowerCase(java.util.Locale.ROOT);
            Golden.assertMatches("override-asked-" + name, duty.asked(override(state)));
            Golden.assertMatches("override-done-" + name,
                    duty.outcome(new OverrideOutcome.Done(override(state), List.of())));
            duty.answered(override(state))
                    .ifPresent(message -> Golden.assertMatches("override-answered-" + name, message));
            duty.card(override(state)).ifPresent(message -> Golden.assertMatches("override-card-" + name, message));
        }
        assertThat(duty.answered(override(State.PROPOSED))).isEmpty();
        assertThat(duty.card(override(State.PROPOSED))).isEmpty();
        assertThat(duty.card(override(State.DECLINED))).isEmpty();
        for (State state : List.of(State.PROPOSED, State.ACTIVE)) {
            String name = "swap-" + state.name().toLowerCase(java.util.Locale.ROOT);
            Golden.assertMatches(name + "-asked", duty.asked(swap(state)));
            Golden.assertMatches(name + "-done", duty.outcome(new OverrideOutcome.Done(swap(state), List.of())));
            duty.answered(swap(state)).ifPresent(message -> Golden.assertMatches(name + "-answered", message));
        }
        Golden.assertMatches("override-done-before-another", duty
                .outcome(new OverrideOutcome.Done(override(State.ACTIVE), List.of(override(State.ACTIVE)))));
        Golden.assertMatches("override-refused", duty.outcome(new OverrideOutcome.Refused("That begins in the past.")));
    }

    @Test
    void answersToCommandsAreAsAgreed() {
        Golden.assertMatches("oncall-help", answers.help());
        Golden.assertMatches("oncall-team", answers.one(duty(), Optional.empty()));
        Golden.assertMatches("oncall-service", answers.one(duty(), Optional.of("checkout")));
        Golden.assertMatches("oncall-no-rotation", answers.one(
                new OnCallAnswers.Duty(FILED, Optional.empty(), List.of(), List.of(), List.of()), Optional.empty()));
        Golden.assertMatches("oncall-mine", answers.mine(OMAR, List.of(duty())));
        Golden.assertMatches("oncall-mine-not", answers.mine(PIA, List.of(duty())));
        Golden.assertMatches("oncall-mine-no-team", answers.mine(PIA, List.of()));
        Golden.assertMatches("oncall-gaps", answers.gaps(Map.of("payments", List.of(nobody()))));
        Golden.assertMatches("oncall-gaps-none", answers.gaps(Map.of("payments", List.of())));
        Golden.assertMatches("oncall-gaps-no-rotation", answers.gaps(Map.of()));
        Golden.assertMatches("oncall-which-team", answers.whichTeam("override payments @me 4h"));
        Golden.assertMatches("oncall-no-team", answers.noTeam("chekout <!here>"));
        Golden.assertMatches("oncall-no-person", answers.noPerson("@nobody <!here>"));
        Golden.assertMatches("oncall-no-time", answers.noTime("soon <!here>"));
        Golden.assertMatches("oncall-which-override", answers.whichOverride());
        Golden.assertMatches("oncall-which-swap", answers.whichSwap());
        Golden.assertMatches("oncall-page-what", answers.pageWhat());
        Golden.assertMatches("oncall-no-rotation-to-swap", answers.noRotation("swap"));
        Golden.assertMatches("oncall-no-own-shift", answers.nothingToSwap(false));
        Golden.assertMatches("oncall-no-other-shift", answers.nothingToSwap(true));
    }

    @Test
    void formsAreAsAgreed() {
        OnCallAnswers.Duty ledger = new OnCallAnswers.Duty(FILED, Optional.of(rotation()), List.of(nobody()),
                List.of(), List.of());
        Golden.assertSame("oncall-modal", ShiftModals.override(List.of(duty()), DANA));
        Golden.assertSame("oncall-modal-of-two-teams", ShiftModals.override(List.of(duty(), ledger), DANA));
        Golden.assertSame("oncall-swap", ShiftModals.swap(List.of(duty()), duty().later(), List.of(shift())));
        var slot = ShiftModals.Slot.of(shift());
        assertThat(ShiftModals.Slot.parse(slot.text())).contains(slot);
        assertThat(ShiftModals.Slot.parse("soon")).isEmpty();
        assertThat(ShiftModals.Place.parse("payments")).isEmpty();
    }

    @Test
    void theOwnersCardSaysWhoIsOnCall() {
        var found = new Ownership.Found(LeaseSamples.entity("checkout"), PAYMENTS, List.of(), List.of(),
                new Ownership.Around(List.of(), List.of()), new Ownership.Activity(List.of(), List.of()));
        Golden.assertMatches("owner-on-call",
                OwnerCard.of("checkout", found, OwnerCard.Reader.NOBODY,
                        OnCallAnswers.line(List.of(shift(), nobody()))));
        assertThat(OnCallAnswers.line(List.of())).isEqualTo(Mrkdwn.EMPTY);
    }

    @Test
    void longTextsStayWithinSlacksLimitsAndCallNobody() {
        String evil = "<!channel> <@U1> ".repeat(200);
        Page.Step[] steps = IntStream.range(0, 60).mapToObj(i -> new Page.Step(i, 1, evil,
                new Page.To.Nobody(evil), NOON)).toArray(Page.Step[]::new);
        Page page = new Page(new PageId(3), FILED, evil, evil, Optional.of("ledger"), Optional.of(DANA), ACKED,
                List.of(steps), new Page.Place(1, 0, 1, NOON));
        for (Rendered message : List.of(PageMessages.card(page), PageMessages.exhausted(page),
                PageMessages.acknowledged(new AckOutcome.Acked(page), OMAR),
                answers.one(many(), Optional.of(evil)), answers.mine(OMAR, List.of(many(), many())))) {
            assertThat(message.text().markup()).doesNotContain("<!channel>").doesNotContain("<@U1>");
            assertThat(Json.text(message.blocks())).doesNotContain("<!channel>").doesNotContain("<@U1>");
            Json.toTree(message.blocks()).findValues("text").stream().filter(JsonNode::isTextual)
                    .forEach(text -> assertThat(text.asText().length()).isBetween(1, 3000));
        }
    }

    private static OnCallAnswers.Duty many() {
        List<Shift> shifts = IntStream.range(0, 100).mapToObj(i -> shift()).toList();
        return new OnCallAnswers.Duty(PAYMENTS, Optional.of(rotation()), shifts, shifts,
                IntStream.range(0, 100).mapToObj(i -> override(State.PROPOSED)).toList());
    }

    private static OnCallAnswers.Duty duty() {
        return new OnCallAnswers.Duty(PAYMENTS, Optional.of(rotation()), List.of(shift(), nobody()),
                List.of(new Shift("payments", "primary", new Shift.Who.On(DANA), NOON.plus(Duration.ofDays(7)),
                        NOON.plus(Duration.ofDays(14)), Optional.empty())),
                List.of(override(State.ACTIVE), override(State.PROPOSED)));
    }

    private static Rotation rotation() {
        return new Rotation("payments", ZoneId.of("Europe/Berlin"), WAIT, List.of(
                new Rotation.Layer("primary", Duration.ofDays(7), LocalDateTime.parse("2026-01-05T09:00"),
                        List.of("omar", "dana")),
                new Rotation.Layer("secondary", Duration.ofDays(1), LocalDateTime.parse("2026-01-05T09:00"),
                        List.of("peter"))));
    }

    private static Shift shift() {
        return new Shift("payments", "primary", new Shift.Who.On(OMAR), NOON, NOON.plus(Duration.ofDays(7)),
                Optional.of(new OverrideId(5)));
    }

    private static Shift nobody() {
        return new Shift("payments", "secondary", new Shift.Who.Nobody("nobody in the catalog is called peter"), NOON,
                NOON.plus(Duration.ofDays(1)), Optional.empty());
    }

    private static ShiftOverride override(State state) {
        return new ShiftOverride(new OverrideId(5), "payments", "primary", OMAR, Optional.of(DANA), NOON,
                NOON.plus(Duration.ofHours(4)), DANA, state, 1);
    }

    private static ShiftOverride swap(State state) {
        return new ShiftOverride(new OverrideId(5), "payments", "primary", OMAR, Optional.of(DANA), NOON,
                NOON.plus(Duration.ofHours(4)), DANA, state, 1, Optional.of(new ShiftOverride.Half(new OverrideId(6),
                        NOON.plus(Duration.ofDays(7)), NOON.plus(Duration.ofDays(8)), false)));
    }

    private static Page.Step first() {
        return new Page.Step(1, 1, "primary", new Page.To.Somebody(OMAR), NOON);
    }

    private static Page.Step second() {
        return new Page.Step(2, 1, "secondary", new Page.To.Somebody(DANA), NOON.plus(WAIT));
    }

    private static Page.Step passed() {
        return new Page.Step(3, 1, "secondary", new Page.To.Nobody("nobody in the catalog is called peter"), NOON);
    }

    private static Page.Step all() {
        return new Page.Step(4, 1, "", new Page.To.WholeTeam(), NOON);
    }

    private static Page page(Team team, PageState state, Page.Step... steps) {
        return new Page(new PageId(3), team, "INC-7", "Checkout answers 500", team.channel(), Optional.of(PIA), state,
                List.of(steps), new Page.Place(1, 0, 1, NOON));
    }

    private static Rendered step(Page page, long id) {
        return PageMessages.step(page, id).orElseThrow();
    }

    private static Rendered direct(PageState state) {
        return PageMessages.direct(page(PAYMENTS, state, first()), 1, CARD).orElseThrow();
    }
}
