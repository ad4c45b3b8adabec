package dev.steward.bot.slack.views;

import static dev.steward.bot.slack.views.Samples.DANA;
import static dev.steward.bot.slack.views.Samples.NOON;
import static dev.steward.bot.slack.views.Samples.OMAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.access.BreakGlassView;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.database.Json;
import dev.steward.requests.LeaseView;
import dev.steward.requests.RequestId;
import dev.steward.requests.RequestState;
import dev.steward.requests.RequestView;
import dev.steward.terraform.PlanView;
import dev.steward.terraform.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmergencyMessagesTest {
    private static final Optional<String> CARD = Optional.of("https://acme.slack.com/archives/C1/p1");
    private static final RequestView.Circumstances REVERT = new RequestView.Circumstances(
            Optional.of(new RequestId(40)), Optional.of(7L), Optional.empty());
    private static final RequestView.Circumstances FROZEN = new RequestView.Circumstances(Optional.empty(),
            Optional.empty(), Optional.of(7L));

    @Test
    void whatIsToldOfEmergencyAccessIsAsAgreed() {
        BreakGlassView open = view(Optional.empty(), false, LeaseSamples.active());
        BreakGlassView overdue = view(Optional.empty(), true, LeaseSamples.expired());
        BreakGlassView signed = view(signed(true), false, LeaseSamples.expired());
        BreakGlassView wrong = view(signed(false), true, LeaseSamples.ended());
        Golden.assertMatches("break-glass", EmergencyMessages.loud(open, CARD));
        Golden.assertMatches("break-glass-unsigned", EmergencyMessages.loud(overdue, Optional.empty()));
        Golden.assertMatches("break-glass-signed", EmergencyMessages.loud(signed, CARD));
        Golden.assertMatches("break-glass-wrong", EmergencyMessages.loud(wrong, CARD));
        Golden.assertMatches("break-glass-passed-over", EmergencyMessages.passedOver(open, CARD));
        Golden.assertMatches("break-glass-passed-over-signed", EmergencyMessages.passedOver(signed, CARD));
        Golden.assertMatches("break-glass-overdue", EmergencyMessages.overdue(overdue, CARD));
        Golden.assertMatches("break-glass-overdue-signed", EmergencyMessages.overdue(wrong, CARD));
    }

    @Test
    void whoeverSignsOrLetsSomethingThroughHasToSayWhy() {
        Golden.assertSame("break-glass-sign", EmergencyMessages.signModal(view(Optional.empty(), false,
                LeaseSamples.active())));
        Golden.assertSame("let-through",
                EmergencyMessages.letThroughModal("42:7", new RequestId(42), "INC-7"));
    }

    @Test
    void cardsOfRevertsAndOfFrozenAppliesAreAsAgreed() {
        PlanView plan = Samples.plan(0, 0, 2, List.of(Samples.change("terraform_data.a", PlanView.Action.DELETE),
                Samples.change("terraform_data.b", PlanView.Action.DELETE)));
        RequestView asked = Samples.halfApproved();
        Golden.assertMatches("card-revert", RequestCard.of(in(asked, REVERT, RequestState.PENDING,
                Samples.planned(asked.run().state(), plan))));
        Golden.assertMatches("card-reverted", RequestCard.of(in(asked, REVERT, RequestState.DONE,
                Samples.planned(new RunState.Applied(1), plan))));
        RequestView frozen = Samples.inTrouble(in(asked, FROZEN, RequestState.APPROVED,
                Samples.planned(new RunState.Approved(1), plan)),
                "INC-7 (SEV-1, Checkout fails) is open, and nothing is"
                        + " applied to checkout or to what depends on it before it is resolved.");
        Rendered card = RequestCard.of(in(frozen, FROZEN, RequestState.APPROVED, frozen.run()));
        Golden.assertMatches("card-frozen", card);
        assertThat(Json.text(card.blocks())).contains("let_through", "42:7");
    }

    private static RequestView in(RequestView view, RequestView.Circumstances circumstances, RequestState state,
            RequestView.RunView run) {
        return new RequestView(view.id(), view.workflow(), view.title(), view.requester(), view.subject(),
                view.channel(), state, view.answers(), view.model(), run, view.mistakes(), view.approval(),
                view.origin(), view.lease(), view.createdAt(), circumstances);
    }

    private static Optional<BreakGlassView.Signed> signed(boolean justified) {
        return Optional.of(new BreakGlassView.Signed(OMAR, NOON.plus(Duration.ofHours(3)), justified,
                justified ? "Read the session log: only restarts" : "The log shows exports of <customer> data"));
    }

    private static BreakGlassView view(Optional<BreakGlassView.Signed> signed, boolean overdue, LeaseView lease) {
        return new BreakGlassView(new RequestId(42), 7, LeaseSamples.entity("checkout"), DANA,
                "Orders are stuck & <everybody> waits", lease, List.of(OMAR), NOON, NOON.plus(Duration.ofDays(1)),
                overdue, signed);
    }
}
