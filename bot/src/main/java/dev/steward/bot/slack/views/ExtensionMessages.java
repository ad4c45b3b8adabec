package dev.steward.bot.slack.views;

import dev.steward.approvals.Proposal;
import dev.steward.approvals.ProposalState;
import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Layout;
import dev.steward.bot.slack.blocks.Layout.Weight;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.definitions.Durations;
import dev.steward.requests.ExtensionView;
import dev.steward.requests.LeaseView;
import dev.steward.stacks.LeaseState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is shown of letting access or a sandbox last longer: the question for how long, and the decision on it. */
public final class ExtensionMessages {
    /** Callback id of the modal that asks for how much longer; its metadata is that of {@link #modal}. */
    public static final String MODAL = "extend";
    /** Block id of how much longer. */
    public static final String MORE = "more";

    private ExtensionMessages() {}

    /** The end of what may be extended: it is there, and nobody is ending it. */
    public static Optional<Instant> extendable(LeaseView lease) {
        return lease.state() instanceof LeaseState.Active active ? Optional.of(active.endsAt()) : Optional.empty();
    }

    /** To the channel: somebody wants it to last longer, who decides, and what came of it. */
    public static Rendered card(ExtensionView view, Optional<String> card) {
        LeaseView lease = view.lease();
        Proposal proposal = view.approval().proposal();
        Mrkdwn head = Mrkdwn.of("{} asks to keep {} {} ({}).", RequestWords.person(lease.holder()),
                LeaseWords.what(lease), until(view), lease.request().text());
        boolean open = proposal.openStage().isPresent() && lease.state() instanceof LeaseState.Active;
        Layout message = new Layout().add(Weight.VITAL, head).add(Weight.VITAL, outcome(view))
                .add(Weight.MAJOR, told(view) ? Mrkdwn.EMPTY : RequestWords.stages(view.approval()));
        if (open) {
            message.add(Weight.VITAL, Mrkdwn.of("*Next:* {}", RequestWords.waits(view.approval()))
                    .line(mentions(view)));
        }
        message.add(Weight.MINOR, card.map(url -> Mrkdwn.link(url, "Open the card")).orElse(Mrkdwn.EMPTY));
        if (open) {
            message.add(Weight.VITAL, decide(lease, proposal));
        }
        return Rendered.of(head, message.blocks()).about(lease.holder().id());
    }

    /** Whether the line above names everybody who had to decide. */
    private static boolean told(ExtensionView view) {
        Proposal proposal = view.approval().proposal();
        return proposal.state() instanceof ProposalState.Approved
                && proposal.stages().stream().mapToInt(stage -> stage.signatures().size()).sum() <= 1;
    }

    /** To whoever asked for it: what came of it; nothing while it is open, or where they asked anew. */
    public static Optional<Rendered> decided(ExtensionView view, Optional<String> card) {
        LeaseView lease = view.lease();
        ProposalState state = view.approval().proposal().state();
        if (state instanceof ProposalState.Open || state instanceof ProposalState.Superseded) {
            return Optional.empty();
        }
        Mrkdwn head = Mrkdwn.of("You asked to keep {} {} ({}).", LeaseWords.what(lease), until(view),
                lease.request().text());
        Layout message = new Layout().add(Weight.VITAL, head.line(outcome(view)))
                .add(Weight.VITAL, now(lease).line(
                        card.map(url -> Mrkdwn.link(url, "Open the card")).orElse(Mrkdwn.EMPTY)));
        List<Map<String, Object>> buttons = LeaseWords.buttons(lease);
        if (!buttons.isEmpty()) {
            message.add(Weight.VITAL, Blocks.actions("lease:" + lease.request().value(), buttons));
        }
        return Optional.of(Rendered.of(head.line(outcome(view)), message.blocks()));
    }

    private static Mrkdwn now(LeaseView lease) {
        return Mrkdwn.of("*Now:* {}", LeaseWords.status(lease));
    }

    private static Mrkdwn until(ExtensionView view) {
        return view.until().map(at -> Mrkdwn.of("*until {}*", Mrkdwn.when(at))).orElse(Mrkdwn.of("longer"));
    }

    /** There is no direct message to those who decide on this, so they are mentioned. */
    private static Mrkdwn mentions(ExtensionView view) {
        List<Mrkdwn> people = view.approval().waitingFor().stream().limit(10).map(RequestWords::person).toList();
        return people.isEmpty() ? Mrkdwn.EMPTY : Mrkdwn.of("Please decide: {}", Mrkdwn.join(", ", people));
    }

    private static Mrkdwn outcome(ExtensionView view) {
        LeaseView lease = view.lease();
        return switch (view.approval().proposal().state()) {
            case ProposalState.Open _ -> lease.state() instanceof LeaseState.Active active
                    ? Mrkdwn.of("*Waiting for approval*. Until then it ends {}.", Mrkdwn.when(active.endsAt()))
                    : Mrkdwn.of("*No longer needed*: it has ended, or is about to.");
            case ProposalState.Approved approved -> Mrkdwn.of("*Approved* by {}, {}{}.",
                    Mrkdwn.text(approved.by().name(), 60), Mrkdwn.when(approved.at()),
                    LeaseWords.over(lease) ? "; it has ended since, or is about to" : "");
            case ProposalState.Rejected rejected -> Mrkdwn.of("*Rejected* by {}, {}. It ends as before.",
                    Mrkdwn.text(rejected.by().name(), 60), Mrkdwn.when(rejected.at()))
                    .line(Mrkdwn.quote(rejected.reason(), 600));
            case ProposalState.Cancelled _ -> Mrkdwn.of("*No longer needed*: it has ended, or is about to.");
            case ProposalState.Expired _ -> Mrkdwn.of("*Expired*: nobody decided in time. It ends as before.");
            case ProposalState.Superseded _ -> LeaseWords.over(lease)
                    ? Mrkdwn.of("*No longer needed*: it has ended, or is about to.")
                    : Mrkdwn.of("*Replaced*: it has another end by now, or was asked for anew.");
        };
    }

    private static Map<String, Object> decide(LeaseView lease, Proposal proposal) {
        String value = RequestCard.value(proposal);
        String what = "keeping " + LeaseWords.plain(lease);
        return Blocks.actions("decide:" + lease.request().value(), List.of(
                Blocks.styled(Blocks.button(RequestCard.APPROVE, value, "Approve", "Approve " + what), "primary"),
                Blocks.styled(Blocks.button(RequestCard.REJECT, value, "Reject", "Reject " + what), "danger")));
    }

    /**
     * The modal that asks for how much longer. Its metadata holds the request's number and the end that was seen, in
     * epoch milliseconds, so that a repetition does not extend it twice.
     *
     * @param choices
     *            at least one
     */
    public static Map<String, Object> modal(LeaseView lease, Instant end, List<Duration> choices) {
        List<Map<String, Object>> options = choices.stream().limit(10)
                .map(d -> Blocks.option(Durations.written(d), Durations.words(d) + " more")).toList();
        Map<String, Object> element = new LinkedHashMap<>();
        element.put("type", "radio_buttons");
        element.put("action_id", MORE);
        element.put("options", options);
        element.put("initial_option", options.getFirst());
        Map<String, Object> input = Map.of("type", "input", "block_id", MORE, "label",
                Blocks.plain("How much longer?", 150), "hint",
                Blocks.plain("Counted from its end. If it needs approval, it ends as before until that is given.",
                        150),
                "element", element);
        return Modals.form(MODAL, lease.request().value() + ":" + end.toEpochMilli(), "Extend", "Extend",
                List.of(Blocks.section(Mrkdwn.of("Your {} ends {} ({}).", LeaseWords.what(lease), Mrkdwn.when(end),
                        Mrkdwn.ago(end))), input));
    }
}
