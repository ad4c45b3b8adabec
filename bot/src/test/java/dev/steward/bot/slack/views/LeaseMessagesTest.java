package dev.steward.bot.slack.views;

import static dev.steward.bot.slack.views.LeaseSamples.END;
import static dev.steward.bot.slack.views.Samples.FAILURE;
import static dev.steward.bot.slack.views.Samples.NOON;
import static dev.steward.bot.slack.views.Samples.OMAR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.approvals.ProposalState;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.database.Json;
import dev.steward.ledger.Actor;
import dev.steward.requests.ExtensionView;
import dev.steward.requests.LeaseView;
import dev.steward.requests.RequestState;
import dev.steward.requests.RequestView;
import dev.steward.terraform.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LeaseMessagesTest {
    private static final Optional<String> CARD = Optional.of("https://acme.slack.com/archives/C1/p1");
    private static final ProposalState.By BY_OMAR = new ProposalState.By(new Actor.SlackUser("T1", "UOMAR"),
            "Omar Owner");
    private static final ProposalState OPEN = new ProposalState.Open(0);

    @TestFactory
    List<DynamicTest> cardsAndDirectMessagesOfWhatEndsByItselfAreAsAgreed() {
        return requests().entrySet().stream().map(state -> DynamicTest.dynamicTest(state.getKey(), () -> {
            Golden.assertMatches("card-" + state.getKey(), RequestCard.of(state.getValue()));
            Golden.assertMatches("requester-" + state.getKey(), DirectMessages.toRequester(state.getValue(), CARD));
        })).toList();
    }

    @TestFactory
    List<DynamicTest> cardsOfEndingsThatPeopleDecideOnAreAsAgreed() {
        return endings().entrySet().stream().map(state -> DynamicTest.dynamicTest(state.getKey(), () -> {
            Golden.assertMatches("card-" + state.getKey(), RequestCard.of(state.getValue()));
            Golden.assertMatches("approver-" + state.getKey(),
                    DirectMessages.toApprover(state.getValue(), OMAR.id(), CARD));
        })).toList();
    }

    @Test
    void whatIsToldBeforeAndAfterTheEndIsAsAgreed() {
        RequestView active = there(LeaseSamples.active());
        Golden.assertMatches("lease-warning", LeaseMessages.warning(active, END, CARD).orElseThrow());
        Golden.assertMatches("lease-warning-sandbox", LeaseMessages
                .warning(there(LeaseSamples.sandbox()), NOON.plus(Duration.ofDays(3)), CARD).orElseThrow());
        Golden.assertMatches("lease-ended", LeaseMessages.ended(there(LeaseSamples.expired()), CARD).orElseThrow());
        Golden.assertMatches("lease-suspended",
                LeaseMessages.ended(there(LeaseSamples.suspended()), CARD).orElseThrow());
        Golden.assertMatches("lease-incident-over",
                LeaseMessages.ended(there(LeaseSamples.incidentOver()), CARD).orElseThrow());
        Golden.assertMatches("lease-revoked",
                LeaseMessages.ended(there(LeaseSamples.ended()), Optional.empty()).orElseThrow());
        Golden.assertMatches("lease-trouble",
                LeaseMessages.trouble(there(LeaseSamples.troubled()), CARD).orElseThrow());
        Golden.assertMatches("lease-trouble-refused",
                LeaseMessages.trouble(there(LeaseSamples.refused()), CARD).orElseThrow());
        Golden.assertMatches("lease-trouble-over",
                LeaseMessages.trouble(there(LeaseSamples.expired()), CARD).orElseThrow());
        Golden.assertSame("lease-extend-modal", ExtensionMessages.modal(LeaseSamples.active(), END,
                List.of(Duration.ofHours(1), Duration.ofHours(8))));
    }

    @TestFactory
    List<DynamicTest> wishesToLetItLastLongerAreAsAgreed() {
        return extensions().entrySet().stream().map(state -> DynamicTest.dynamicTest(state.getKey(),
                () -> {
                    Golden.assertMatches("extension-" + state.getKey(), ExtensionMessages.card(state.getValue(), CARD));
                    ExtensionMessages.decided(state.getValue(), CARD).ifPresent(
                            decided -> Golden.assertMatches("extension-decided-" + state.getKey(), decided));
                }))
                .toList();
    }

    @Test
    void warnsOfNoEndThatItNoLongerHas() {
        Golden.assertMatches("lease-warning-extended",
                LeaseMessages.warning(there(LeaseSamples.active()), END.minusSeconds(3600), CARD).orElseThrow());
        Golden.assertMatches("lease-warning-over",
                LeaseMessages.warning(there(LeaseSamples.expired()), END, CARD).orElseThrow());
        assertThat(LeaseMessages.ended(there(LeaseSamples.active()), CARD)).isEmpty();
        assertThat(LeaseMessages.trouble(there(LeaseSamples.active()), CARD)).isEmpty();
    }

    @Test
    void onlyWhatIsThereCanBeExtendedOrEnded() {
        assertThat(actions(RequestCard.of(there(LeaseSamples.active())))).contains("extend:42", "end-lease:42");
        for (LeaseView over : List.of(LeaseSamples.ending(), LeaseSamples.troubled(), LeaseSamples.ended())) {
            assertThat(actions(RequestCard.of(there(over)))).isEmpty();
            assertThat(actions(RequestCard.of(LeaseSamples.request(RequestState.FAILED,
                    new RunState.Partial(1, FAILURE), over)))).as("what is over is not planned again").isEmpty();
        }
        RequestView asked = LeaseSamples.end(RequestState.PENDING, new RunState.AwaitingApproval(1),
                LeaseSamples.asking(), OPEN);
        assertThat(actions(RequestCard.of(asked))).containsExactly("approve", "reject");
    }

    @Test
    void monstrousOnesStayWithinSlacksLimitsAndMentionNobody() {
        LeaseView monster = LeaseSamples.monstrous();
        RequestView view = there(monster);
        for (Rendered message : List.of(RequestCard.of(view), DirectMessages.toRequester(view, CARD),
                LeaseMessages.trouble(view, CARD).orElseThrow(),
                ExtensionMessages.card(LeaseSamples.extension(monster, OPEN), CARD))) {
            assertThat(message.text().length()).isBetween(1, 3000);
            assertThat(Json.text(message.blocks())).doesNotContain("<!channel>").doesNotContain("<https://evil");
            Json.toTree(message.blocks()).findValues("text").stream().filter(JsonNode::isTextual)
                    .forEach(text -> assertThat(text.asText().length()).isBetween(1, 3000));
        }
    }

    private static RequestView there(LeaseView lease) {
        return LeaseSamples.request(RequestState.DONE, new RunState.Applied(1), lease);
    }

    private static Map<String, RequestView> requests() {
        Map<String, RequestView> states = new TreeMap<>();
        states.put("lease-planning", LeaseSamples.request(RequestState.PENDING, new RunState.Planning(1),
                LeaseSamples.pending()));
        states.put("lease-applying", LeaseSamples.request(RequestState.APPROVED, new RunState.Applying(1, 1),
                LeaseSamples.pending()));
        states.put("lease-active", there(LeaseSamples.active()));
        states.put("lease-in-part", LeaseSamples.request(RequestState.FAILED, new RunState.Partial(1, FAILURE),
                LeaseSamples.active()));
        states.put("lease-ending", there(LeaseSamples.ending()));
        states.put("lease-asking", there(LeaseSamples.asking()));
        states.put("lease-troubled", there(LeaseSamples.troubled()));
        states.put("lease-refused", there(LeaseSamples.refused()));
        states.put("lease-ended", there(LeaseSamples.ended()));
        states.put("lease-suspended", there(LeaseSamples.suspended()));
        states.put("lease-given-back", there(LeaseSamples.givenBack()));
        states.put("lease-incident-over", there(LeaseSamples.incidentOver()));
        states.put("lease-never", LeaseSamples.request(RequestState.CANCELLED, new RunState.Cancelled(Actor.STEWARD),
                LeaseSamples.never()));
        return states;
    }

    private static Map<String, RequestView> endings() {
        Map<String, RequestView> states = new TreeMap<>();
        states.put("lease-end-waiting", LeaseSamples.end(RequestState.PENDING, new RunState.AwaitingApproval(1),
                LeaseSamples.asking(), OPEN));
        states.put("lease-end-applying", LeaseSamples.end(RequestState.APPROVED, new RunState.Applying(1, 1),
                LeaseSamples.ending(), new ProposalState.Approved(BY_OMAR, NOON)));
        states.put("lease-end-failed", LeaseSamples.end(RequestState.FAILED, new RunState.ApplyFailed(1, FAILURE),
                LeaseSamples.troubled(), new ProposalState.Approved(BY_OMAR, NOON)));
        states.put("lease-end-rejected",
                LeaseSamples.end(RequestState.REJECTED, new RunState.Cancelled(BY_OMAR.actor()),
                        LeaseSamples.refused(), new ProposalState.Rejected(BY_OMAR, NOON, "That one is ours")));
        states.put("lease-end-done", LeaseSamples.end(RequestState.DONE, new RunState.Applied(1), LeaseSamples.ended(),
                new ProposalState.Approved(BY_OMAR, NOON)));
        return states;
    }

    private static Map<String, ExtensionView> extensions() {
        Map<String, ExtensionView> states = new TreeMap<>();
        states.put("open", LeaseSamples.extension(LeaseSamples.active(), OPEN));
        states.put("over", LeaseSamples.extension(LeaseSamples.ending(), OPEN));
        states.put("approved",
                LeaseSamples.extension(LeaseSamples.active(), new ProposalState.Approved(BY_OMAR, NOON)));
        states.put("approved-and-over", LeaseSamples.extension(LeaseSamples.ended(),
                new ProposalState.Approved(BY_OMAR, NOON)));
        states.put("withdrawn", LeaseSamples.extension(LeaseSamples.ending(),
                new ProposalState.Cancelled(new ProposalState.By(Actor.STEWARD, "Steward"), NOON, "over")));
        states.put("rejected", LeaseSamples.extension(LeaseSamples.active(),
                new ProposalState.Rejected(BY_OMAR, NOON, "Ask <!here> for less")));
        states.put("expired", LeaseSamples.extension(LeaseSamples.active(), new ProposalState.Expired(NOON)));
        states.put("superseded", LeaseSamples.extension(LeaseSamples.active(), new ProposalState.Superseded(NOON)));
        return states;
    }

    private static List<String> actions(Rendered message) {
        return Json.toTree(message.blocks()).findValues("action_id").stream().map(JsonNode::asText).toList();
    }
}
