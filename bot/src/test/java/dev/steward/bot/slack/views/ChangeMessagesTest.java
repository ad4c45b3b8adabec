package dev.steward.bot.slack.views;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.catalog.Ownership;
import dev.steward.database.Json;
import dev.steward.incidents.IncidentId;
import dev.steward.requests.ChangeForm;
import dev.steward.requests.Request;
import dev.steward.requests.RequestId;
import dev.steward.requests.RequestState;
import dev.steward.requests.RequestView;
import dev.steward.terraform.PlanView;
import dev.steward.terraform.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangeMessagesTest {
    private static final RequestId MADE = new RequestId(4);
    private static final RequestId CHANGED = new RequestId(9);
    private static final Optional<String> CARD = Optional.of("https://acme.slack.com/archives/C1/p1");
    private static final List<RequestView.Difference> DIFFERENCES = List.of(
            new RequestView.Difference("Tier", "tier-3", "tier-1", false),
            new RequestView.Difference("What is it for?", "", "Takes <!here> & cards", false),
            new RequestView.Difference("Deploy token", "", "", true));
    private static final PlanView PLAN = Samples.plan(0, 2, 0,
            List.of(Samples.change("terraform_data.a", PlanView.Action.UPDATE),
                    Samples.change("terraform_data.b", PlanView.Action.UPDATE)));

    @Test
    void cardsOfChangesSayWhatIsDifferent() {
        RequestView asked = changes(Samples.halfApproved(), RequestState.PENDING,
                Samples.planned(Samples.halfApproved().run().state(), PLAN), Optional.empty(), DIFFERENCES);
        Golden.assertMatches("card-change", RequestCard.of(asked));
        Golden.assertMatches("dm-requester-change", DirectMessages.toRequester(asked, CARD));
        Golden.assertMatches("dm-approver-change", DirectMessages.toApprover(asked, Samples.PIA.id(), CARD));
        Golden.assertMatches("card-changed", RequestCard.of(changes(asked, RequestState.DONE,
                Samples.planned(new RunState.Applied(1), PLAN), Optional.empty(), DIFFERENCES)));
        Golden.assertMatches("card-change-replaced", RequestCard.of(changes(Samples.noted(asked,
                "REQ-50 replaces it."), RequestState.CANCELLED,
                Samples.noted(Samples.withRun(asked, new RunState.Partial(1, Samples.FAILURE)),
                        "REQ-50 replaces it.").run(),
                Optional.empty(), DIFFERENCES)));
    }

    @Test
    void cardsThatGoBackSayToWhatAndWhatElseIsUndone() {
        Optional<Request.Back> back = Optional.of(new Request.Back(CHANGED, MADE));
        RequestView asked = changes(Samples.halfApproved(), RequestState.PENDING,
                Samples.planned(Samples.halfApproved().run().state(), PLAN), back, DIFFERENCES);
        Golden.assertMatches("card-goes-back", RequestCard.of(asked));
        Golden.assertMatches("card-goes-back-same", RequestCard.of(changes(asked, RequestState.PENDING, asked.run(),
                back, List.of())));
        assertThat(Json.text(DirectMessages.toRequester(changes(asked, RequestState.PENDING,
                Samples.withRun(asked, new RunState.PlanFailed(Samples.FAILURE)).run(), back, List.of()), CARD)
                .blocks())).as("its answers are not its requester's").doesNotContain(DirectMessages.FIX + "\"");
    }

    @Test
    void whatGivesWayToARevertIsToldToItsPeople() {
        RequestView waits = changes(Samples.halfApproved(), RequestState.PENDING,
                Samples.planned(Samples.halfApproved().run().state(), PLAN), Optional.empty(), DIFFERENCES);
        RequestView back = changes(Samples.halfApproved(), RequestState.PENDING, waits.run(),
                Optional.of(new Request.Back(CHANGED, MADE)), List.of());
        Golden.assertMatches("revert-in-the-way", IncidentChanges.inTheWay(new IncidentId(7), CHANGED, waits));
        Golden.assertMatches("dm-superseded-own", DirectMessages.superseded(waits, back, waits.requester().id(), CARD));
        Golden.assertMatches("dm-superseded", DirectMessages.superseded(waits, back, Samples.PIA.id(), CARD));
    }

    @Test
    void remindersAreAsAgreed() {
        RequestView waits = Samples.waiting();
        long omar = waits.approval().orElseThrow().waitingFor().getFirst().id();
        Optional<Instant> since = Optional.of(Samples.NOON);
        Golden.assertMatches("reminder", Reminders.reminder(waits, omar, since, CARD).orElseThrow());
        Golden.assertMatches("reminder-over",
                Reminders.reminder(waits, waits.requester().id(), Optional.empty(), CARD).orElseThrow());
        assertThat(Reminders.reminder(waits, waits.requester().id(), since, CARD)).as("it was not sent yet").isEmpty();
        Golden.assertMatches("escalation", Reminders.escalation(waits, since, CARD).orElseThrow());
    }

    @Test
    void longAnswersStayWithinSlacksLimits() {
        List<RequestView.Difference> many = IntStream.range(0, 100).mapToObj(i -> new RequestView.Difference(
                "label ".repeat(30), "<".repeat(500), "&".repeat(500), false)).toList();
        Rendered card = RequestCard.of(changes(Samples.halfApproved(), RequestState.PENDING,
                Samples.halfApproved().run(), Optional.empty(), many));
        assertThat(Json.text(card.blocks()).length()).isLessThan(13_000);
        assertThat(Json.text(card.blocks())).contains("more");
    }

    @Test
    void theOwnersCardOffersChangeAndRemovalToWhoeverMay() {
        Golden.assertMatches("owner-changeable", OwnerCard.of("checkout", new Ownership.Found(
                LeaseSamples.entity("checkout"), AccessMessagesTest.PAYMENTS, List.of(), List.of(),
                new Ownership.Around(List.of(), List.of()), new Ownership.Activity(List.of(), List.of())),
                new OwnerCard.Reader(true, true, List.of(), Optional.of(CHANGED))));
        CommandAnswers answers = new CommandAnswers(new CommandNames("acme-"));
        Golden.assertMatches("change-of-what", answers.changeOfWhat());
        Golden.assertMatches("change-of-a-team", answers.teamsDoNotChange(AccessMessagesTest.PAYMENTS));
        Golden.assertMatches("change-open-again", CommandAnswers.openChangeAgain("checkout", List.of("tier-1")));
        Golden.assertMatches("change-refused", CommandAnswers.unchangeable(new ChangeForm.Refused(
                "REQ-9 asks for a change of `checkout` already. That has to end first: its card is in #requests.")));
    }

    private static RequestView changes(RequestView view, RequestState state, RequestView.RunView run,
            Optional<Request.Back> back, List<RequestView.Difference> differences) {
        return new RequestView(view.id(), view.workflow(), view.title(), view.requester(), view.subject(),
                view.channel(), state, view.answers(), view.model(), run, view.mistakes(), view.approval(),
                view.origin(), view.lease(), view.createdAt(),
                new RequestView.Circumstances(Optional.empty(), back.map(_ -> 7L), Optional.empty(),
                        Optional.of(new RequestView.Change(MADE, back,
                                back.isPresent() ? List.of(new RequestId(11)) : List.of(), differences))));
    }
}
