package dev.steward.bot.slack.views;

import dev.steward.approvals.Proposal;
import dev.steward.approvals.ProposalState;
import dev.steward.approvals.Signature;
import dev.steward.approvals.Verdict;
import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Layout;
import dev.steward.bot.slack.blocks.Layout.Weight;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.requests.RequestState;
import dev.steward.requests.RequestView;
import dev.steward.terraform.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The direct messages about a request: one to who asks, one to each who decides, each edited through its life. */
public final class DirectMessages {
    /** Action id of the button that cancels; its value is the request's number. */
    public static final String CANCEL = "cancel";
    /** Action id of the button that opens the form again; its value is the request's number. */
    public static final String FIX = "fix";
    /** Action id of the button that has it planned again; its value is the request's number. */
    public static final String PLAN_AGAIN = "plan-again";

    private DirectMessages() {}

    /**
     * What the requester sees.
     *
     * @param card
     *            the card's address, once it is posted
     */
    public static Rendered toRequester(RequestView view, Optional<String> card) {
        Layout message = new Layout();
        message.add(Weight.VITAL, Mrkdwn.of("*Your request {}*", RequestWords.name(view))
                .line(RequestWords.status(view)));
        message.add(Weight.VITAL, LeaseWords.lasting(view));
        message.add(Weight.VITAL, RequestWords.plan(view));
        message.add(Weight.VITAL, RequestWords.mistakes(view.mistakes()));
        message.add(Weight.MINOR, RequestWords.outputs(view));
        message.add(Weight.MAJOR, RequestWords.notes(view));
        message.add(Weight.VITAL,
                Mrkdwn.of("*Next:* {}", RequestWords.next(view, RequestWords.YOU)).line(link(view, card)));
        List<Map<String, Object>> buttons = requesterButtons(view);
        if (!buttons.isEmpty()) {
            message.add(Weight.VITAL, Blocks.actions("request:" + view.id().value(), buttons));
        }
        RequestCard.leaseButtons(view).ifPresent(row -> message.add(Weight.VITAL, row));
        return Rendered.of(Mrkdwn.of("Your request {}: {}", RequestWords.name(view), RequestWords.status(view)),
                message.blocks());
    }

    /** What somebody sees who is or was asked to decide. */
    public static Rendered toApprover(RequestView view, long person, Optional<String> card) {
        Mrkdwn head = asked(view, person);
        Layout message = new Layout();
        message.add(Weight.VITAL, head);
        if (waitsFor(view, person)) {
            message.add(Weight.VITAL, LeaseWords.lasting(view));
            view.circumstances().change().ifPresent(change -> message.add(Weight.MAJOR, ChangeWords.of(change)));
            message.add(Weight.VITAL, RequestWords.plan(view));
            view.run().plan().map(RequestWords::deletes).ifPresent(deletes -> message.add(Weight.VITAL, deletes));
            message.add(Weight.VITAL, RequestWords.warnings(view));
            view.approval().ifPresent(a -> message.add(Weight.VITAL, Mrkdwn.of(
                    "*Next:* Approve or reject it on the card, by {}.", Mrkdwn.when(a.proposal().expiresAt()))));
        } else {
            message.add(Weight.VITAL, since(view, person));
        }
        message.add(Weight.VITAL, link(view, card));
        return Rendered.of(head, message.blocks());
    }

    /** What became of it; whoever rejected it reads only what they gave as a reason. */
    private static Mrkdwn since(RequestView view, long person) {
        return view.approval().map(RequestView.Approval::proposal)
                .filter(proposal -> proposal.signatureOf(person).filter(s -> s.verdict() == Verdict.REJECT).isPresent())
                .map(Proposal::state).filter(ProposalState.Rejected.class::isInstance)
                .map(state -> Mrkdwn.quote(((ProposalState.Rejected) state).reason(), 600))
                .orElseGet(() -> RequestWords.status(view));
    }

    /**
     * What somebody sees who asked for a request, or was asked to decide on it, that was withdrawn for another.
     *
     * @param by
     *            that other one
     * @param card
     *            the address of the other one's card, once it is posted
     */
    public static Rendered superseded(RequestView view, RequestView by, long person, Optional<String> card) {
        boolean own = view.requester().id() == person;
        Mrkdwn head = Mrkdwn.of("*{}{} was withdrawn* for {}, which {} proposes.",
                own ? Mrkdwn.of("Your request ") : Mrkdwn.EMPTY, RequestWords.name(view), RequestWords.name(by),
                RequestWords.asker(by));
        Mrkdwn next = own
                ? Mrkdwn.of("It will not be applied. *Next:* If it is still needed once that is decided, ask again.")
                : Mrkdwn.of("Your decision on it is no longer needed.");
        return Rendered.of(head,
                new Layout().add(Weight.VITAL, head).add(Weight.VITAL, next.line(link(by, card))).blocks());
    }

    private static Mrkdwn asked(RequestView view, long person) {
        if (waitsFor(view, person)) {
            return view.origin().isPresent()
                    ? Mrkdwn.of("*You are asked to decide* on {}.", RequestWords.name(view))
                    : Mrkdwn.of("*You are asked to decide* on {}, asked for by {}.", RequestWords.name(view),
                            RequestWords.asker(view));
        }
        Optional<Signature> signature = view.approval().flatMap(a -> a.proposal().signatureOf(person));
        return signature
                .map(s -> Mrkdwn.of("You {} {} {}.", s.verdict() == Verdict.APPROVE ? "approved" : "rejected",
                        RequestWords.name(view), Mrkdwn.when(s.at())))
                .orElseGet(() -> Mrkdwn.of("Your decision on {} is no longer needed.", RequestWords.name(view)));
    }

    static boolean waitsFor(RequestView view, long person) {
        return RequestWords.decidable(view)
                && view.approval().filter(a -> a.waitingFor().stream().anyMatch(p -> p.id() == person)).isPresent();
    }

    static Mrkdwn link(RequestView view, Optional<String> card) {
        return card.map(url -> Mrkdwn.link(url, "Open the card"))
                .orElseGet(() -> Mrkdwn.of("Its card appears in {}.", Mrkdwn.channel(view.channel())));
    }

    private static List<Map<String, Object>> requesterButtons(RequestView view) {
        String value = Long.toString(view.id().value());
        String what = view.id().text();
        List<Map<String, Object>> buttons = new ArrayList<>();
        if (view.state() == RequestState.PENDING && view.run().state() instanceof RunState.PlanFailed
                && mendable(view)) {
            buttons.add(Blocks.styled(Blocks.button(FIX, value, "Fix and resubmit",
                    "Correct and resubmit " + what), "primary"));
        }
        if (canPlanAgain(view)) {
            buttons.add(Blocks.button(PLAN_AGAIN, value, "Plan again", "Plan " + what + " again"));
        }
        if (canCancel(view)) {
            buttons.add(cancelButton(value, what));
        }
        if (canAskAgain(view)) {
            buttons.add(Blocks.button(LeaseMessages.AGAIN + ":" + value, value, "Ask again", "Ask again for " + what));
        }
        return buttons;
    }

    /** What takes away or goes back has no answers of its own. */
    private static boolean mendable(RequestView view) {
        return view.circumstances().removes().isEmpty()
                && view.circumstances().change().flatMap(RequestView.Change::back).isEmpty();
    }

    static Map<String, Object> cancelButton(String value, String what) {
        return Blocks.confirmed(Blocks.styled(Blocks.button(CANCEL, value, "Cancel", "Cancel " + what), "danger"),
                "Cancel " + what + "?", "What is running is stopped; what was applied already stays.",
                "Cancel the request", "Keep it");
    }

    private static boolean canPlanAgain(RequestView view) {
        if (view.state().ended() || LeaseWords.of(view).filter(LeaseWords::over).isPresent()) {
            return false;
        }
        RunState state = view.run().state();
        return state instanceof RunState.ApplyFailed || state instanceof RunState.Partial
                || state instanceof RunState.Expired
                || (state instanceof RunState.PlanFailed && view.mistakes().isEmpty());
    }

    /** Where nothing came of it: the form opens again as it was filled in. A change has another form. */
    private static boolean canAskAgain(RequestView view) {
        boolean ended = view.state() == RequestState.REJECTED || view.state() == RequestState.CANCELLED
                || view.state() == RequestState.EXPIRED;
        return ended && view.origin().isEmpty() && view.circumstances().removes().isEmpty()
                && view.circumstances().change().isEmpty();
    }

    private static boolean canCancel(RequestView view) {
        boolean running = !view.run().state().ended() || view.run().state() instanceof RunState.PlanFailed
                || view.run().state() instanceof RunState.Expired;
        boolean open = view.state() == RequestState.PENDING || view.state() == RequestState.APPROVED;
        return open && running && !view.run().cancelling();
    }
}
