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
import dev.steward.requests.RequestView;
import dev.steward.stacks.LeaseState;
import dev.steward.terraform.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The messages about what ends by itself: before its end, at its end, when that does not work, and on its extension. */
public final class LeaseMessages {
    /** What the action id of the button that asks for how much longer begins with; its value is the request's number. */
    public static final String EXTEND = "extend";
    /** What the action id of the button that ends it begins with; its value is the request's number. */
    public static final String END = "end-lease";
    /** What the action id of the button that opens its form again begins with; its value is the request's number. */
    public static final String AGAIN = "ask-again";
    /** Callback id of the modal that asks for how much longer; its metadata is that of {@link #extendModal}. */
    public static final String EXTEND_MODAL = "extend";
    /** Block id of how much longer. */
    public static final String MORE = "more";

    private LeaseMessages() {}

    /**
     * Before its end, to whoever has it; nothing where it has another end by now.
     *
     * @param end
     *            the end that is near
     * @param card
     *            the card's address, once it is posted
     */
    public static Optional<Rendered> warning(RequestView view, Instant end, Optional<String> card) {
        return view.lease().filter(lease -> lease.state() instanceof LeaseState.Active active
                && active.endsAt().equals(end)).map(lease -> {
                    Mrkdwn text = Mrkdwn.of("*Your {} ends {}* ({}).", LeaseWords.what(lease), Mrkdwn.when(end),
                            Mrkdwn.ago(end));
                    Mrkdwn next = Mrkdwn.of("*Next:* If you still need it, extend it. Otherwise it ends by itself.")
                            .line(DirectMessages.link(view, card));
                    Layout message = new Layout().add(Weight.VITAL, text).add(Weight.VITAL, next);
                    RequestCard.leaseButtons(view).ifPresent(row -> message.add(Weight.VITAL, row));
                    return Rendered.of(text, message.blocks());
                });
    }

    /** After its end, to whoever had it. */
    public static Optional<Rendered> ended(RequestView view, Optional<String> card) {
        return view.lease().filter(lease -> lease.state() instanceof LeaseState.Ended).map(lease -> {
            var ended = (LeaseState.Ended) lease.state();
            Mrkdwn text = Mrkdwn.of("*Your {} has ended*, {}: {}.", LeaseWords.what(lease),
                    Mrkdwn.when(ended.endedAt()), LeaseWords.cause(lease, ended.word()));
            String value = Long.toString(view.id().value());
            Layout message = new Layout().add(Weight.VITAL, text)
                    .add(Weight.VITAL, Mrkdwn.of("*Next:* Nothing is left of it. If you need it again, ask again.")
                            .line(DirectMessages.link(view, card)))
                    .add(Weight.VITAL, Blocks.actions("ended:" + value, List.of(Blocks.button(AGAIN + ":" + value,
                            value, "Ask again", "Ask again for " + LeaseWords.plain(lease)))));
            return Rendered.of(text, message.blocks());
        });
    }

    /** To the channel: it cannot be ended, or could be at last. */
    public static Optional<Rendered> trouble(RequestView view, Optional<String> card) {
        return view.lease().flatMap(lease -> switch (lease.state()) {
            case LeaseState.Ending ending -> ending.trouble().map(why -> trouble(view, lease, ending, why, card));
            case LeaseState.Ended ended -> Optional.of(Rendered.paragraph(Mrkdwn.of(
                    "The {} of {} is gone at last, {}. Nothing more to do.", LeaseWords.what(lease),
                    RequestWords.person(lease.holder()), Mrkdwn.when(ended.endedAt()))
                    .line(DirectMessages.link(view, card))));
            case LeaseState.Pending _ -> Optional.<Rendered>empty();
            case LeaseState.Active _ -> Optional.<Rendered>empty();
            case LeaseState.Never _ -> Optional.<Rendered>empty();
        });
    }

    private static Rendered trouble(RequestView view, LeaseView lease, LeaseState.Ending ending, String why,
            Optional<String> card) {
        Mrkdwn head = Mrkdwn.of(":red_circle: *The {} of {} cannot be ended*, so it may still work.",
                LeaseWords.what(lease), RequestWords.person(lease.holder()));
        Mrkdwn since = ending.word().cause() == LeaseState.Cause.EXPIRED
                ? Mrkdwn.of("Its time was up {}", Mrkdwn.when(ending.endsAt()))
                : Mrkdwn.of("It was to end at once: {}", LeaseWords.cause(lease, ending.word()));
        Mrkdwn reason = Mrkdwn.of("{}. Since then {}.", since, LeaseWords.failures(ending.tries(), why));
        Optional<LeaseView.End> failed = lease.end().filter(end -> failed(end.run()));
        Mrkdwn next = Mrkdwn.of("*Next:* The platform team sees to what is in the way{}. {}",
                failed.isPresent() ? ", and can click *Plan again* to have it tried at once" : "",
                LeaseWords.again(ending)).line(DirectMessages.link(view, card));
        Layout message = new Layout().add(Weight.VITAL, head).add(Weight.VITAL, reason).add(Weight.VITAL, next);
        failed.map(end -> end.request().value()).ifPresent(request -> message.add(Weight.VITAL,
                Blocks.actions("again:" + request, List.of(Blocks.button(DirectMessages.PLAN_AGAIN,
                        String.valueOf(request), "Plan again", "Plan the end of " + LeaseWords.plain(lease)
                                + " again")))));
        return Rendered.of(head, message.blocks()).about(lease.holder().id());
    }

    private static boolean failed(RunState run) {
        return run instanceof RunState.PlanFailed || run instanceof RunState.ApplyFailed
                || run instanceof RunState.Partial || run instanceof RunState.Indeterminate;
    }

    /** The end of what may be extended: it is there, and nobody is ending it. */
    public static Optional<Instant> extendable(LeaseView lease) {
        return lease.state() instanceof LeaseState.Active active ? Optional.of(active.endsAt()) : Optional.empty();
    }

    /** To the channel: somebody wants it to last longer, who decides, and what came of it. */
    public static Rendered extension(ExtensionView view, Optional<String> card) {
        LeaseView lease = view.lease();
        Proposal proposal = view.approval().proposal();
        Mrkdwn until = view.until().map(at -> Mrkdwn.of("*until {}*", Mrkdwn.when(at)))
                .orElse(Mrkdwn.of("longer"));
        Mrkdwn head = Mrkdwn.of("{} asks to keep {} {} ({}).", RequestWords.person(lease.holder()),
                LeaseWords.what(lease), until, lease.request().text());
        boolean open = proposal.openStage().isPresent() && lease.state() instanceof LeaseState.Active;
        Layout message = new Layout().add(Weight.VITAL, head).add(Weight.VITAL, outcome(view))
                .add(Weight.MAJOR, RequestWords.stages(view.approval()));
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
            case ProposalState.Approved approved -> Mrkdwn.of("*Approved* by {}, {}.",
                    Mrkdwn.text(approved.by().name(), 60), Mrkdwn.when(approved.at()));
            case ProposalState.Rejected rejected -> Mrkdwn.of("*Rejected* by {}, {}. It ends as it was to.",
                    Mrkdwn.text(rejected.by().name(), 60), Mrkdwn.when(rejected.at()))
                    .line(Mrkdwn.quote(rejected.reason(), 600));
            case ProposalState.Cancelled _ -> Mrkdwn.of("*Withdrawn*. It ends as it was to.");
            case ProposalState.Expired _ -> Mrkdwn.of("*Expired*: nobody decided in time. It ends as it was to.");
            case ProposalState.Superseded _ -> Mrkdwn.of("*Asked for anew*: a later message takes the place of this.");
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
    public static Map<String, Object> extendModal(LeaseView lease, Instant end, List<Duration> choices) {
        List<Map<String, Object>> options = choices.stream().limit(10)
                .map(d -> Blocks.option(Durations.written(d), Durations.words(d) + " more")).toList();
        Map<String, Object> element = new LinkedHashMap<>();
        element.put("type", "radio_buttons");
        element.put("action_id", MORE);
        element.put("options", options);
        element.put("initial_option", options.getFirst());
        Map<String, Object> input = Map.of("type", "input", "block_id", MORE, "label",
                Blocks.plain("How much longer?", 150), "hint",
                Blocks.plain("Counted from its end. If it needs approval, it ends as it was to until that is given.",
                        150),
                "element", element);
        return Modals.form(EXTEND_MODAL, lease.request().value() + ":" + end.toEpochMilli(), "Extend", "Extend",
                List.of(Blocks.section(Mrkdwn.of("Your {} ends {} ({}).", LeaseWords.what(lease), Mrkdwn.when(end),
                        Mrkdwn.ago(end))), input));
    }
}
