package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Layout;
import dev.steward.bot.slack.blocks.Layout.Weight;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.requests.LeaseView;
import dev.steward.requests.RequestView;
import dev.steward.stacks.LeaseState;
import dev.steward.terraform.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The messages about what ends by itself: before its end, at its end, and when that does not work. */
public final class LeaseMessages {
    /** What the action id of the button that asks for how much longer begins with; its value is the request's number. */
    public static final String EXTEND = "extend";
    /** What the action id of the button that ends it begins with; its value is the request's number. */
    public static final String END = "end-lease";
    /** What the action id of the button that opens its form again begins with; its value is the request's number. */
    public static final String AGAIN = "ask-again";

    /** What the action id of the button that makes the real thing of it begins with; its value is the request's number. */
    public static final String PROMOTE = "promote";

    /** What the action id of the button that gives back what was suspended begins with; its value is the request's number. */
    public static final String GIVE_BACK = "give-back";

    private LeaseMessages() {}

    /**
     * Before its end, to whoever has it; where it has another end by now, or is over, that instead.
     *
     * @param end
     *            the end that is near
     * @param card
     *            the card's address, once it is posted
     */
    public static Optional<Rendered> warning(RequestView view, Instant end, Optional<String> card) {
        return view.lease().map(lease -> lease.state() instanceof LeaseState.Active active
                && active.endsAt().equals(end) ? near(view, lease, end, card) : moot(view, lease, end, card));
    }

    private static Rendered moot(RequestView view, LeaseView lease, Instant end, Optional<String> card) {
        return Rendered.paragraph(Mrkdwn.of("Your {} was to end {}.", LeaseWords.what(lease), Mrkdwn.when(end))
                .line(LeaseWords.status(lease)).line(DirectMessages.link(view, card)));
    }

    private static Rendered near(RequestView view, LeaseView lease, Instant end, Optional<String> card) {
        Mrkdwn text = Mrkdwn.of("*Your {} ends {}* ({}).", LeaseWords.what(lease), Mrkdwn.when(end),
                Mrkdwn.ago(end));
        Mrkdwn next = Mrkdwn.of("*Next:* If you still need it, extend it. Otherwise it ends by itself.")
                .line(DirectMessages.link(view, card));
        Layout message = new Layout().add(Weight.VITAL, text).add(Weight.VITAL, next);
        RequestCard.leaseButtons(view).ifPresent(row -> message.add(Weight.VITAL, row));
        return Rendered.of(text, message.blocks());
    }

    /** After its end, to whoever had it. */
    public static Optional<Rendered> ended(RequestView view, Optional<String> card) {
        return view.lease().filter(lease -> lease.state() instanceof LeaseState.Ended).map(lease -> {
            var ended = (LeaseState.Ended) lease.state();
            Mrkdwn text = Mrkdwn.of("*Your {} {}*, {}: {}.", LeaseWords.what(lease),
                    LeaseWords.givable(lease) ? "is suspended" : "has ended", Mrkdwn.when(ended.endedAt()),
                    LeaseWords.cause(lease, ended.word()));
            String value = Long.toString(view.id().value());
            Layout message = new Layout().add(Weight.VITAL, text)
                    .add(Weight.VITAL, Mrkdwn.of("*Next:* {}", whatNow(lease)).line(DirectMessages.link(view, card)))
                    .add(Weight.VITAL, Blocks.actions("ended:" + value, List.of(Blocks.button(AGAIN + ":" + value,
                            value, "Ask again", "Ask again for " + LeaseWords.plain(lease)))));
            return Rendered.of(text, message.blocks());
        });
    }

    private static Mrkdwn whatNow(LeaseView lease) {
        return LeaseWords.givable(lease)
                ? Mrkdwn.of(
                        "It does not work for now. If you still need it, ask its owners to click *Give back* on the card"
                                + " by {}, or ask again.",
                        Mrkdwn.when(lease.suspended().orElseThrow().until()))
                : Mrkdwn.of("If you need it again, ask again.");
    }

    /** To the channel: it cannot be ended, or could be at last. */
    public static Optional<Rendered> trouble(RequestView view, Optional<String> card) {
        return view.lease().flatMap(lease -> switch (lease.state()) {
            case LeaseState.Ending ending -> ending.trouble().map(why -> trouble(view, lease, ending, why, card));
            case LeaseState.Ended ended -> Optional.of(Rendered.paragraph(Mrkdwn.of(
                    "The {} of {} is gone now, {}. Nothing more to do.", LeaseWords.what(lease),
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
        Mrkdwn next = Mrkdwn.of("*Next:* The platform team removes what is in the way{}. {}",
                failed.isPresent() ? ", and can click *Plan again* to try at once" : "",
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
}
