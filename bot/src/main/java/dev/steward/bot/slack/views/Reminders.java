package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Layout;
import dev.steward.bot.slack.blocks.Layout.Weight;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.requests.RequestView;
import java.time.Instant;
import java.util.Optional;

/** What is said while nobody decides. */
public final class Reminders {
    private Reminders() {}

    /**
     * Somebody is reminded; empty when it waits for them no more and they need not hear of it.
     *
     * @param since
     *            when it began to wait for them; empty where the message is there already
     * @param card
     *            the card's address, once it is posted
     */
    public static Optional<Rendered> reminder(RequestView view, long person, Optional<Instant> since,
            Optional<String> card) {
        if (!DirectMessages.waitsFor(view, person)) {
            return since.isPresent() ? Optional.empty() : Optional.of(over(view, card));
        }
        Mrkdwn head = Mrkdwn.of("*Still waiting for you*: {}, asked for by {}{}.", RequestWords.name(view),
                RequestWords.asker(view), since(since));
        Mrkdwn next = Mrkdwn.of("*Next:* Approve or reject it on the card, by {}.", expires(view))
                .line(DirectMessages.link(view, card));
        return Optional.of(Rendered.of(head, new Layout().add(Weight.VITAL, head)
                .add(Weight.VITAL, RequestWords.plan(view)).add(Weight.VITAL, next).blocks()));
    }

    /** Somebody is told who does not decide themselves; otherwise the same. */
    public static Optional<Rendered> escalation(RequestView view, Optional<Instant> since, Optional<String> card) {
        if (!RequestWords.decidable(view) || view.approval().isEmpty()) {
            return since.isPresent() ? Optional.empty() : Optional.of(over(view, card));
        }
        Mrkdwn head = Mrkdwn.of("*Nobody has decided* on {}, asked for by {}{}.", RequestWords.name(view),
                RequestWords.asker(view), since(since));
        Mrkdwn next = Mrkdwn.of("It waits for {}. *Next:* Ask them to decide by {}: then it expires.",
                RequestWords.names(view.approval().get().waitingFor()), expires(view))
                .line(DirectMessages.link(view, card));
        return Optional.of(Rendered.of(head,
                new Layout().add(Weight.VITAL, head).add(Weight.VITAL, next).blocks()));
    }

    private static Rendered over(RequestView view, Optional<String> card) {
        Mrkdwn head = Mrkdwn.of("Nothing to do any more on {}.", RequestWords.name(view));
        return Rendered.of(head, new Layout().add(Weight.VITAL, head)
                .add(Weight.VITAL, RequestWords.status(view).line(DirectMessages.link(view, card))).blocks());
    }

    private static Mrkdwn since(Optional<Instant> since) {
        return since.map(at -> Mrkdwn.of(", since {}", Mrkdwn.when(at))).orElse(Mrkdwn.EMPTY);
    }

    private static Mrkdwn expires(RequestView view) {
        return Mrkdwn.when(view.approval().orElseThrow().proposal().expiresAt());
    }
}
