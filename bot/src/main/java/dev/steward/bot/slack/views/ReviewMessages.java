package dev.steward.bot.slack.views;

import dev.steward.access.ReviewState;
import dev.steward.access.ReviewView;
import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Layout;
import dev.steward.bot.slack.blocks.Layout.Weight;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.requests.LeaseView;
import dev.steward.stacks.LeaseState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The message that asks a team whose access to one of its things is still needed, and says what came of it. It shows so
 * many that Slack takes all of it; those that are left out move up as the others are answered.
 */
public final class ReviewMessages {
    /** What the action id of Confirm begins with; its value is the review's number, a colon and the request's. */
    public static final String CONFIRM = "confirm-access";
    /** What the action id of End now begins with; its value is as that of {@link #CONFIRM}. */
    public static final String END = "end-access";
    /** The action id of Confirm all; its value is as that of {@link #CONFIRM}, with all requests shown, by commas. */
    public static final String CONFIRM_ALL = "confirm-all-access";

    /** Each takes two blocks. */
    private static final int ASKED = 12;
    private static final int ANSWERED = 12;
    private static final int NAME = 80;

    private ReviewMessages() {}

    /** The message as the review stands now. */
    public static Rendered of(ReviewView view) {
        List<ReviewView.Item> asked = view.asked();
        List<ReviewView.Item> shown = asked.stream().limit(ASKED).toList();
        Mrkdwn head = head(view);
        Layout message = new Layout().add(Weight.VITAL, head.line(next(view)));
        shown.forEach(item -> message.add(Weight.VITAL, row(item)).add(Weight.VITAL, buttons(view, item)));
        more(message, asked.size() - shown.size(), "that move up as these are answered.");
        answered(message, view.items().stream().filter(item -> !item.asks()).toList());
        if (!shown.isEmpty()) {
            message.add(Weight.VITAL, all(view, shown));
        }
        return Rendered.of(head, message.blocks());
    }

    private static Mrkdwn head(ReviewView view) {
        Mrkdwn name = Mrkdwn.code(view.entity().name(), 150);
        return switch (view.state()) {
            case ReviewState.Open _ -> Mrkdwn.of("*Who still needs access to {}?*", name);
            case ReviewState.Done(Instant at) -> Mrkdwn.of("*The review of access to {} is done*, {}.", name,
                    Mrkdwn.when(at));
            case ReviewState.Overdue(Instant at) -> Mrkdwn.of("*The time to review access to {} was up*, {}.", name,
                    Mrkdwn.when(at));
        };
    }

    private static Mrkdwn next(ReviewView view) {
        return switch (view.state()) {
            case ReviewState.Open _ -> Mrkdwn.of(
                    "*Next:* Confirm what is still needed by {} ({}); what nobody confirms is suspended then. Nobody "
                            + "confirms their own access.",
                    Mrkdwn.when(view.dueAt()), Mrkdwn.ago(view.dueAt()));
            case ReviewState.Done _ -> Mrkdwn.of("Nothing more to do.");
            case ReviewState.Overdue _ when view.items().stream().noneMatch(item -> LeaseWords.givable(item.lease())) ->
                Mrkdwn.of("What nobody confirmed was suspended. Nothing more to do.");
            case ReviewState.Overdue _ -> Mrkdwn.of(
                    "What nobody confirmed is suspended: it does not work now. *Next:* Give back what is still needed."
                            + " Nobody can give it back to themselves.");
        };
    }

    private static Mrkdwn row(ReviewView.Item item) {
        return who(item).line(item.lease().state() instanceof LeaseState.Active active
                ? Mrkdwn.of("since {}, until {}", Mrkdwn.when(item.since()), Mrkdwn.when(active.endsAt()))
                : Mrkdwn.of("since {}", Mrkdwn.when(item.since())));
    }

    private static Mrkdwn who(ReviewView.Item item) {
        LeaseView lease = item.lease();
        return Mrkdwn.of("{} as *{}* ({})", RequestWords.person(lease.holder()),
                Mrkdwn.text(lease.grant().map(LeaseView.Granted::role).orElse(lease.title()), NAME),
                lease.request().text());
    }

    private static Map<String, Object> buttons(ReviewView view, ReviewView.Item item) {
        String request = Long.toString(item.lease().request().value());
        String value = view.id().value() + ":" + request;
        String what = Mrkdwn.cut(item.lease().holder().displayName(), NAME) + "'s access";
        Map<String, Object> end = Blocks.styled(
                Blocks.button(END + ":" + request, value, "End now", "End " + what + " now"), "danger");
        return Blocks.actions("review:" + request, List.of(
                Blocks.button(CONFIRM + ":" + request, value, "Confirm", "Confirm " + what),
                Blocks.confirmed(end, "End it now?", "This ends " + what + " at once.", "End now", "Keep it")));
    }

    private static Map<String, Object> all(ReviewView view, List<ReviewView.Item> shown) {
        String requests = shown.stream().map(item -> Long.toString(item.lease().request().value()))
                .collect(Collectors.joining(","));
        return Blocks.actions("review-all", List.of(Blocks.confirmed(
                Blocks.button(CONFIRM_ALL, view.id().value() + ":" + requests, "Confirm all",
                        "Confirm all access shown here"),
                "Confirm all?", "This says that everybody shown here still needs it. Your own is left out.",
                "Confirm all", "Not yet")));
    }

    private static void answered(Layout message, List<ReviewView.Item> answered) {
        answered.stream().sorted(Comparator.comparing(item -> !LeaseWords.givable(item.lease()))).limit(ANSWERED)
                .forEach(item -> {
                    message.add(Weight.MAJOR, Blocks.context(who(item).line(answer(item))));
                    List<Map<String, Object>> back = LeaseWords.giveBack(item.lease());
                    if (!back.isEmpty()) {
                        message.add(Weight.MAJOR,
                                Blocks.actions("suspended:" + item.lease().request().value(), back));
                    }
                });
        more(message, answered.size() - ANSWERED, "that are settled.");
    }

    private static Mrkdwn answer(ReviewView.Item item) {
        Optional<Mrkdwn> confirmed = item.confirmed().map(word -> Mrkdwn.of(":white_check_mark: Confirmed by {}, {}.",
                Mrkdwn.text(word.by(), NAME), Mrkdwn.when(word.at())));
        return item.lease().state() instanceof LeaseState.Active && confirmed.isPresent()
                ? confirmed.get()
                : confirmed.orElse(Mrkdwn.EMPTY).line(LeaseWords.status(item.lease()));
    }

    private static void more(Layout message, int more, String what) {
        if (more > 0) {
            message.add(Weight.MAJOR, Blocks.context(Mrkdwn.of("and {} more {}", more, Mrkdwn.of(what))));
        }
    }
}
