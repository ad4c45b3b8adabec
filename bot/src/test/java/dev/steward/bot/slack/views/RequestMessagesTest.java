package dev.steward.bot.slack.views;

import static dev.steward.bot.slack.views.Samples.DANA;
import static dev.steward.bot.slack.views.Samples.FAILURE;
import static dev.steward.bot.slack.views.Samples.OMAR;
import static dev.steward.bot.slack.views.Samples.PIA;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.database.Json;
import dev.steward.ledger.Actor;
import dev.steward.requests.RequestState;
import dev.steward.requests.RequestView;
import dev.steward.terraform.RunFailure;
import dev.steward.terraform.RunState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RequestMessagesTest {
    private static final Optional<String> CARD = Optional.of("https://acme.slack.com/archives/C1/p1");

    @TestFactory
    List<DynamicTest> everyMessageOfEveryStateIsAsAgreed() {
        return states().entrySet().stream().map(state -> DynamicTest.dynamicTest(state.getKey(), () -> {
            RequestView view = state.getValue();
            Golden.assertMatches("card-" + state.getKey(), RequestCard.of(view));
            Golden.assertMatches("requester-" + state.getKey(), DirectMessages.toRequester(view, CARD));
            RunThread.result(view).ifPresent(result -> Golden.assertMatches("result-" + state.getKey(), result));
        })).toList();
    }

    @Test
    void approversAndThreadsAreAsAgreed() {
        Golden.assertMatches("approver-asked", DirectMessages.toApprover(Samples.waiting(), OMAR.id(), CARD));
        Golden.assertMatches("approver-signed", DirectMessages.toApprover(Samples.halfApproved(), OMAR.id(), CARD));
        Golden.assertMatches("approver-not-needed",
                DirectMessages.toApprover(Samples.rejected("Too early"), PIA.id(), CARD));
        Golden.assertMatches("plan", RunThread.plan(Samples.waiting()).orElseThrow());
        Golden.assertMatches("plan-deletes", RunThread.plan(Samples.deletes(25)).orElseThrow());
    }

    @Test
    void aMonstrousRequestStaysWithinSlacksLimitsWithItsDeletesAndButtons() {
        RequestView monster = Samples.monstrous();
        Rendered card = RequestCard.of(monster);
        String json = Json.text(card.blocks());
        assertThat(json).contains("Deletes 3000").contains("and 2980 more").contains("\"approve\"");
        for (Rendered message : List.of(card, DirectMessages.toRequester(monster, Optional.empty()),
                DirectMessages.toApprover(monster, 1, Optional.empty()), RunThread.plan(monster).orElseThrow())) {
            assertWithinLimits(message);
            assertThat(message.text().markup() + Json.text(message.blocks())).doesNotContain("<!channel>")
                    .doesNotContain("<https://evil");
        }
        for (RunState state : ends()) {
            RunThread.result(Samples.withRun(monster, state)).ifPresent(RequestMessagesTest::assertWithinLimits);
            assertWithinLimits(RequestCard.of(Samples.withRun(monster, state)));
        }
    }

    @Test
    void hasButtonsOnlyWhileItCanBeDecidedOn() {
        assertThat(actions(RequestCard.of(Samples.waiting()))).containsExactly("approve", "reject");
        assertThat(actions(RequestCard.of(Samples.halfApproved()))).containsExactly("approve", "reject");
        assertThat(actions(RequestCard.of(Samples.planFailed()))).as("for the platform team").containsExactly("cancel");
        for (RequestView view : List.of(Samples.planning(), Samples.applying(),
                Samples.rejected("no"), Samples.ended(RequestState.DONE, new RunState.Applied(1)))) {
            assertThat(actions(RequestCard.of(view))).isEmpty();
        }
    }

    @Test
    void theButtonCarriesTheProposalAndItsDigest() {
        JsonNode blocks = Json.toTree(RequestCard.of(Samples.waiting()).blocks());
        JsonNode button = blocks.findParents("action_id").getFirst();
        assertThat(button.path("value").asText()).isEqualTo("7:" + "a".repeat(64));
        assertThat(button.path("accessibility_label").asText()).contains("REQ-42");
    }

    @Test
    void theRequesterCanDoWhatTheStateAllows() {
        assertThat(actions(DirectMessages.toRequester(Samples.waiting(), CARD))).containsExactly("cancel");
        assertThat(actions(DirectMessages.toRequester(Samples.planFailed(), CARD))).containsExactly("fix", "cancel");
        assertThat(actions(DirectMessages.toRequester(
                Samples.ended(RequestState.FAILED, new RunState.Partial(1, FAILURE)), CARD)))
                .containsExactly("plan-again");
        assertThat(actions(DirectMessages.toRequester(Samples.rejected("no"), CARD))).containsExactly("ask-again:42");
    }

    @Test
    void namesUpToTwentyDeletesWithTheTotal() {
        assertThat(Json.text(RequestCard.of(Samples.deletes(20)).blocks())).contains("Deletes 20")
                .contains("thing[19]").doesNotContain("more: the thread");
        assertThat(Json.text(RequestCard.of(Samples.deletes(21)).blocks())).contains("Deletes 21")
                .doesNotContain("thing[20]").contains("and 1 more: the thread");
    }

    @Test
    void concernsTheRequesterWhenItCannotBeDelivered() {
        assertThat(RequestCard.of(Samples.waiting()).concerns()).hasValue(DANA.id());
    }

    private static Map<String, RequestView> states() {
        Map<String, RequestView> states = new TreeMap<>();
        states.put("planning", Samples.planning());
        states.put("queued", Samples.inTrouble(Samples.withRun(Samples.planning(), new RunState.Requested()),
                "12 others are planned before it."));
        states.put("plan-refused", Samples.withRun(Samples.planning(), new RunState.PlanFailed(
                new RunFailure("A guard rail refuses this plan: A new service deletes nothing",
                        List.of("And it costs too much"),
                        List.of()))));
        states.put("being-stopped", Samples.cancelling(Samples.applying()));
        states.put("apply-claimed", Samples.ended(RequestState.APPROVED, new RunState.ApplyClaimed(1, 2)));
        states.put("restored", Samples.ended(RequestState.PENDING, new RunState.Expired("Steward was restored from a "
                + "backup of 2026-11-20 03:00 UTC, and this plan may not fit what is there now.")));
        states.put("many-can", Samples.manyCan());
        states.put("not-recorded", Samples.noted(Samples.ended(RequestState.DONE, new RunState.Applied(1)),
                "`checkout-api` was not recorded: there is no team `payments`."));
        states.put("plan-failed", Samples.planFailed());
        states.put("waiting", Samples.waiting());
        states.put("half-approved", Samples.halfApproved());
        states.put("nobody-can", Samples.nobodyCan());
        states.put("deletes", Samples.deletes(25));
        states.put("approved", Samples.ended(RequestState.APPROVED, new RunState.Approved(1)));
        states.put("applying", Samples.applying());
        states.put("applied", Samples.ended(RequestState.DONE, new RunState.Applied(1)));
        states.put("apply-failed", Samples.ended(RequestState.FAILED, new RunState.ApplyFailed(1, FAILURE)));
        states.put("partial", Samples.ended(RequestState.FAILED, new RunState.Partial(1, FAILURE)));
        states.put("indeterminate", Samples.ended(RequestState.FAILED, new RunState.Indeterminate(1, FAILURE)));
        states.put("no-changes", Samples.ended(RequestState.PENDING, new RunState.NoChanges()));
        states.put("stale", Samples.ended(RequestState.PENDING, new RunState.Stale("The module was accepted anew")));
        states.put("rejected", Samples.rejected("Not before <!channel> the freeze\nis over"));
        states.put("cancelled", Samples.ended(RequestState.CANCELLED, new RunState.Cancelled(Actor.STEWARD)));
        states.put("plan-expired", Samples.withState(Samples.planFailed(), RequestState.EXPIRED));
        states.put("expired", Samples.ended(RequestState.EXPIRED, new RunState.Expired()));
        return states;
    }

    private static List<RunState> ends() {
        return List.of(new RunState.PlanFailed(FAILURE), new RunState.NoChanges(), new RunState.Applied(1),
                new RunState.ApplyFailed(1, FAILURE), new RunState.Partial(1, FAILURE),
                new RunState.Indeterminate(1, FAILURE), new RunState.Cancelled(Actor.STEWARD), new RunState.Expired(),
                new RunState.Stale("x".repeat(9000)), new RunState.Applying(1, 1));
    }

    private static void assertWithinLimits(Rendered message) {
        assertThat(message.blocks()).hasSizeLessThanOrEqualTo(50);
        assertThat(Rendered.characters(message.blocks())).isLessThanOrEqualTo(13_000);
        assertThat(message.text().length()).isBetween(1, 3000);
        Json.toTree(message.blocks()).findValues("text").stream().filter(JsonNode::isTextual)
                .forEach(text -> assertThat(text.asText().length()).isBetween(1, 3000));
        for (JsonNode block : Json.toTree(message.blocks())) {
            if (block.path("type").asText().equals("header")) {
                assertThat(block.path("text").path("text").asText()).hasSizeLessThanOrEqualTo(150);
            }
        }
    }

    private static List<String> actions(Rendered message) {
        return Json.toTree(message.blocks()).findValues("action_id").stream().map(JsonNode::asText).toList();
    }
}
