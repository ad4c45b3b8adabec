package dev.steward.bot.slack.views;

import dev.steward.approvals.Proposal;
import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Layout;
import dev.steward.bot.slack.blocks.Layout.Weight;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.requests.RequestState;
import dev.steward.requests.RequestView;
import dev.steward.terraform.RunState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one message about a request in the workflow's channel: edited through its life, with buttons while it is open. */
public final class RequestCard {
    /** Action id of the button that approves; its value is that of {@link #value}. */
    public static final String APPROVE = "approve";
    /** Action id of the button that rejects; its value is that of {@link #value}. */
    public static final String REJECT = "reject";

    /** Action id of the button that lets a frozen apply through; its value is the request's and the incident's row. */
    public static final String LET_THROUGH = "let_through";

    private RequestCard() {}

    /** The card as it is now. */
    public static Rendered of(RequestView view) {
        Layout card = new Layout();
        card.add(Weight.VITAL, Blocks.header(RequestWords.title(view)));
        card.add(Weight.VITAL, RequestWords.status(view));
        card.add(Weight.VITAL, LeaseWords.lasting(view));
        card.add(Weight.VITAL, RequestWords.from(view));
        card.add(Weight.VITAL, RequestWords.planByName(view));
        view.run().plan().map(RequestWords::deletes).ifPresent(deletes -> card.add(Weight.VITAL, deletes));
        card.add(Weight.VITAL, RequestWords.warnings(view));
        card.add(Weight.MAJOR, RequestWords.mistakes(view.mistakes()));
        view.circumstances().change().ifPresentOrElse(change -> card.add(Weight.MAJOR, ChangeWords.of(change)),
                () -> card.add(Weight.MINOR, RequestWords.answers(view)));
        view.approval().ifPresent(approval -> card.add(Weight.MAJOR, RequestWords.stages(approval)));
        card.add(Weight.MINOR, RequestWords.outputs(view));
        card.add(Weight.MAJOR, RequestWords.notes(view));
        card.add(Weight.VITAL, Mrkdwn.of("*Next:* {}", RequestWords.next(view, RequestWords.asker(view))));
        if (RequestWords.decidable(view)) {
            view.approval().ifPresent(a -> card.add(Weight.VITAL, buttons(view, a.proposal())));
        }
        view.circumstances().frozenBy().ifPresent(incident -> card.add(Weight.VITAL, letThrough(view, incident)));
        leaseButtons(view).ifPresent(row -> card.add(Weight.VITAL, row));
        view.lease().filter(_ -> view.origin().isEmpty()).map(LeaseWords::giveBack).filter(back -> !back.isEmpty())
                .ifPresent(back -> card.add(Weight.VITAL, Blocks.actions("suspended:" + view.id().value(), back)));
        List<Map<String, Object>> buttons = againOrNever(view);
        if (!buttons.isEmpty()) {
            card.add(Weight.VITAL, Blocks.actions("again:" + view.id().value(), buttons));
        }
        card.add(Weight.MINOR, Blocks.context(footer(view)));
        Mrkdwn text = Mrkdwn.of("{}: {}", RequestWords.name(view), RequestWords.status(view));
        return Rendered.of(text, card.blocks()).about(view.requester().id());
    }

    /** What a button carries: the proposal and the digest of what is shown; untrusted when it comes back. */
    static String value(Proposal proposal) {
        return proposal.id().value() + ":" + proposal.digest();
    }

    private static Map<String, Object> buttons(RequestView view, Proposal proposal) {
        String value = value(proposal);
        String what = view.id().text() + " " + view.subject();
        return Blocks.actions("decide:" + view.id().value(), List.of(
                Blocks.styled(Blocks.button(APPROVE, value, "Approve", "Approve " + what), "primary"),
                Blocks.styled(Blocks.button(REJECT, value, "Reject", "Reject " + what), "danger")));
    }

    private static Map<String, Object> letThrough(RequestView view, long incident) {
        return Blocks.actions("frozen:" + view.id().value(),
                List.of(Blocks.button(LET_THROUGH, view.id().value() + ":" + incident,
                        "Apply in spite of INC-" + incident,
                        "Apply " + view.id().text() + " although INC-" + incident + " is open")));
    }

    /** The buttons of what it made, while that is there and ends by itself. */
    static Optional<Map<String, Object>> leaseButtons(RequestView view) {
        return view.lease().filter(lease -> view.origin().isEmpty()).map(LeaseWords::buttons)
                .filter(buttons -> !buttons.isEmpty())
                .map(buttons -> Blocks.actions("lease:" + view.id().value(), buttons));
    }

    /** On the card, and not only with the requester: somebody of the platform team may have to look first. */
    private static List<Map<String, Object>> againOrNever(RequestView view) {
        String value = String.valueOf(view.id().value());
        String what = view.id().text() + " " + view.subject();
        Map<String, Object> again = Blocks.button(DirectMessages.PLAN_AGAIN, value, "Plan again",
                "Plan " + what + " again");
        boolean restored = view.state() == RequestState.PENDING && view.run().state() instanceof RunState.Expired;
        if (LeaseWords.of(view).filter(LeaseWords::over).isPresent()) {
            return List.of();
        }
        if (view.state() == RequestState.FAILED || restored) {
            return broken(view.run().state()) ? List.of(again, declare(view)) : List.of(again);
        }
        if (view.state() != RequestState.PENDING || !(view.run().state() instanceof RunState.PlanFailed)) {
            return List.of();
        }
        if (view.origin().isPresent()) {
            return List.of(again);
        }
        Map<String, Object> cancel = DirectMessages.cancelButton(value, what);
        return view.mistakes().isEmpty() ? List.of(again, cancel) : List.of(cancel);
    }

    /** Whether something may be in pieces. */
    private static boolean broken(RunState run) {
        return run instanceof RunState.ApplyFailed || run instanceof RunState.Partial
                || run instanceof RunState.Indeterminate;
    }

    private static Map<String, Object> declare(RequestView view) {
        return Blocks.button(IncidentActions.DECLARE + ":run",
                "r:" + view.run().id().value() + ":" + view.subject(), "Declare an incident",
                "Declare an incident because of " + view.run().id().text());
    }

    private static Mrkdwn footer(RequestView view) {
        Mrkdwn run = Mrkdwn.of("{} · {}", view.id().text(), view.run().id().text());
        return view.model().map(model -> Mrkdwn.of("{} · operating model: {}", run, Mrkdwn.text(model, 60)))
                .orElse(run);
    }
}
