package dev.steward.playground.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.emulator.Message;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clicks that Slack signed, from people who may not, on things that they did not see. */
class ForgedClicksTest extends EndToEndTest {
    private static final String SERVICE = "forged-clicks";
    private static final String OTHER_DIGEST = "0".repeat(64);

    static Message card;

    @BeforeAll
    static void askForAService() {
        card = asked(actor("dana"), SERVICE, Map.of());
    }

    @ParameterizedTest
    @CsvSource({"olga, is for others to decide: Omar Okafor, not-an-approver",
            "dana, nobody decides on their own request, is-requester",
            "gus, only members of this workspace decide, may-not-act",
            "sam, only members of this workspace decide, may-not-act"})
    void refusesWhoeverMayNotDecide(String who, String why, String code) {
        refuses(who, value(card), why, code);
    }

    @Test
    void refusesAnApproverWhoSawAnotherPlan() {
        refuses("omar", proposal(value(card)) + ":" + OTHER_DIGEST, "the plan has changed since this was shown",
                "other-digest");
    }

    @Test
    void refusesAProposalThatDoesNotExist() {
        refuses("omar", "999999:" + digest(value(card)), "there is no such proposal", "not-found");
    }

    @Test
    void refusesTheButtonOfACancelledRequestAndItsDigestOnTheNextOne() {
        Message old = asked(actor("dana"), "asked-twice", Map.of());
        Message mine = told(actor("dana"), "asked-twice", message -> labels(message).contains("Cancel"));
        actor("dana").clicksAndIsTold(mine, "cancel");
        awaitState("asked-twice", "cancelled");
        refuses("omar", value(old), "it was cancelled", "already-ended");

        Message next = asked(actor("dana"), "asked-twice-again", Map.of());

        refuses("omar", proposal(value(next)) + ":" + digest(value(old)), "the plan has changed", "other-digest");
        assertThat(standing("asked-twice-again")).isEqualTo("pending 2, run awaiting_approval 3, 0 decisions");
        assertThat(labels(now(next))).contains("Approve", "Reject");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "approve", "0:abc", "1:' OR '1'='1", "<!channel>", "99999999999999999999:0"})
    void refusesAValueThatNamesNothing(String garbage) {
        String before = standing(SERVICE);

        String told = actor("omar").forgesAndIsTold(card, "approve", garbage);

        assertThat(told).contains("changed nothing").contains("does not name a proposal").doesNotContain("<!channel>");
        assertThat(standing(SERVICE)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"olga", "gus"})
    void refusesToCancelForAnybodyButTheRequester(String who) {
        String before = standing(SERVICE);

        String told = actor(who).forgesAndIsTold(card, "cancel", text("SELECT id FROM request WHERE subject = '"
                + SERVICE + "'"));

        assertThat(told).contains("Only the person who asked can cancel");
        assertThat(standing(SERVICE)).isEqualTo(before);
    }

    @Test
    void aForgedRejectionIsRefusedWhenItsFormIsSubmitted() {
        String before = standing(SERVICE);
        var olga = actor("olga");
        olga.person().clickRaw(card, "reject", value(card));
        olga.sees("Reject");

        olga.submits(Map.of("reason", "I do not like it"));

        assertThat(olga.sees("changed nothing").plainText()).contains("is for others to decide: Omar Okafor");
        assertThat(standing(SERVICE)).isEqualTo(before);
        olga.person().closeView();
    }

    private static void refuses(String who, String value, String why, String code) {
        String before = standing(SERVICE);
        long refused = refusals(who, code);

        String told = actor(who).forgesAndIsTold(card, "approve", value);

        assertThat(told).contains("changed nothing").contains(why);
        assertThat(standing(SERVICE)).isEqualTo(before).isEqualTo("pending 2, run awaiting_approval 3, 0 decisions");
        assertThat(labels(now(card))).contains("Approve", "Reject");
        assertThat(refusals(who, code)).isEqualTo(refused + 1);
    }

    private static long refusals(String who, String code) {
        return number("SELECT count(*) FROM ledger WHERE action = 'decision.refused' AND actor LIKE '%"
                + actor(who).person().id() + "' AND json_extract(facts, '$.why') = '" + code + "'");
    }

    private static String proposal(String value) {
        return value.substring(0, value.indexOf(':'));
    }

    private static String digest(String value) {
        return value.substring(value.indexOf(':') + 1);
    }
}
