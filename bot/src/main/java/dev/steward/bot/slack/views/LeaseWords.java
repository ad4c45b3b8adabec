package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.definitions.Durations;
import dev.steward.requests.LeaseView;
import dev.steward.requests.RequestState;
import dev.steward.requests.RequestView;
import dev.steward.stacks.LeaseState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What there is to say about somebody's access, or a sandbox, in pieces that messages are made from. */
final class LeaseWords {
    private LeaseWords() {}

    /** What it made that ends by itself, where that tells more than the request: it is there, or was. */
    static Optional<LeaseView> of(RequestView view) {
        return view.lease().filter(lease -> view.origin().isEmpty())
                .filter(lease -> over(lease) || (view.state() == RequestState.DONE
                        && lease.state() instanceof LeaseState.Active));
    }

    /** How long it is to last, while that is not yet what the status says; and for an ending, what is ended and why. */
    static Mrkdwn lasting(RequestView view) {
        if (view.lease().isEmpty() || of(view).isPresent()) {
            return Mrkdwn.EMPTY;
        }
        LeaseView lease = view.lease().get();
        return view.origin()
                .map(of -> Mrkdwn.of("It ends {}, the {} of {}", of.text(), what(lease),
                        RequestWords.person(lease.holder())).line(status(lease)))
                .orElseGet(() -> status(lease));
    }

    /** What it is, in the middle of a sentence. */
    static Mrkdwn what(LeaseView lease) {
        return lease.grant()
                .map(grant -> Mrkdwn.of("access to {} ({})", Mrkdwn.code(grant.entity().name(), 150),
                        Mrkdwn.text(grant.role(), 75)))
                .orElseGet(() -> Mrkdwn.of("{} {}", Mrkdwn.text(lease.title(), 75),
                        Mrkdwn.code(lease.subject(), 150)));
    }

    /** The same as plain text, for screen readers and confirmations. */
    static String plain(LeaseView lease) {
        return lease.grant().map(grant -> "access to " + grant.entity().name() + " (" + grant.role() + ")")
                .orElseGet(() -> lease.title() + " " + lease.subject());
    }

    /** How long it lasts, or how far its ending is; nothing where nothing ever came of it. */
    static Mrkdwn status(LeaseView lease) {
        return switch (lease.state()) {
            case LeaseState.Pending _ ->
                Mrkdwn.of("For {}, from the moment it is there", Durations.words(lease.lasts()));
            case LeaseState.Active active ->
                Mrkdwn.of("*Active* until {} ({})", Mrkdwn.when(active.endsAt()), Mrkdwn.ago(active.endsAt()));
            case LeaseState.Ending ending -> ending.trouble().map(why -> trouble(lease, ending, why))
                    .orElseGet(() -> suspended(lease)
                            .orElseGet(() -> Mrkdwn.of("*Being ended*: {}", cause(lease, ending.word()))));
            case LeaseState.Ended ended -> suspended(lease).orElseGet(() -> Mrkdwn.of("*Ended* {}: {}{}",
                    Mrkdwn.when(ended.endedAt()), cause(lease, ended.word()), back(lease)));
            case LeaseState.Never _ -> Mrkdwn.EMPTY;
        };
    }

    /** Whether its owners can give it back now. */
    static boolean givable(LeaseView lease) {
        return lease.suspended().filter(LeaseView.Suspended::open).isPresent();
    }

    private static Optional<Mrkdwn> suspended(LeaseView lease) {
        return lease.suspended().filter(LeaseView.Suspended::open).map(left -> Mrkdwn.of(
                "*Suspended*: nobody confirmed that it is still needed. Its owners can give it back until {}; it had {}"
                        + " left",
                Mrkdwn.when(left.until()), Durations.about(left.remaining())));
    }

    private static Mrkdwn back(LeaseView lease) {
        return lease.suspended().flatMap(LeaseView.Suspended::back)
                .map(back -> Mrkdwn.of("; given back by {} as {}", Mrkdwn.text(back.by(), 60), back.request().text()))
                .orElse(Mrkdwn.EMPTY);
    }

    private static Mrkdwn trouble(LeaseView lease, LeaseState.Ending ending, String why) {
        return Mrkdwn.of(":red_circle: *Not ended yet*: {}, but {}", cause(lease, ending.word()),
                failures(ending.tries(), why));
    }

    /** How often it could not be ended, and why the last time. */
    static Mrkdwn failures(int tries, String why) {
        return tries == 1
                ? Mrkdwn.of("the first try failed: {}", sentence(why))
                : Mrkdwn.of("{} tries failed, the last with: {}", tries, sentence(why));
    }

    private static Mrkdwn sentence(String why) {
        return Mrkdwn.text(why.replaceAll("[.\\s]+$", ""), 400);
    }

    /** Why it ends, and on whose word where that was a person's. */
    static Mrkdwn cause(LeaseView lease, LeaseState.Word word) {
        return switch (word.cause()) {
            case RETURNED, REVOKED -> lease.endedBy()
                    .map(by -> Mrkdwn.of("{} by {}", word.cause().words(), Mrkdwn.text(by, 60)))
                    .orElseGet(() -> Mrkdwn.of(word.cause().words()));
            case INCIDENT_OVER -> lease.incident().map(incident -> Mrkdwn.of("INC-{} is over", incident))
                    .orElseGet(() -> Mrkdwn.of(word.cause().words()));
            case EXPIRED, LEFT, RETIRED, UNCONFIRMED -> Mrkdwn.of(word.cause().words());
        };
    }

    /**
     * What happens next with it.
     *
     * @param holder
     *            how the reader knows whoever has it: by name, or as "You"
     */
    static Mrkdwn next(LeaseView lease, Mrkdwn holder) {
        if (lease.state() instanceof LeaseState.Ended && givable(lease)) {
            return Mrkdwn.of(
                    "Somebody else in the owner team, or the platform team, can click *Give back*. Until then it does"
                            + " not work.");
        }
        return switch (lease.state()) {
            case LeaseState.Pending _ -> Mrkdwn.of("Its time begins once it is there.");
            case LeaseState.Active _ ->
                Mrkdwn.of("It ends by itself. {} can extend it or end it now; its owners and the platform team can end "
                        + "it, too.", holder);
            case LeaseState.Ending ending -> ending(lease, ending);
            case LeaseState.Ended _ -> Mrkdwn.of("It is gone. It can be requested again at any time.");
            case LeaseState.Never _ -> Mrkdwn.of("Nothing was changed. It can be requested again at any time.");
        };
    }

    private static Mrkdwn ending(LeaseView lease, LeaseState.Ending ending) {
        Optional<LeaseView.End> asked = lease.end().filter(LeaseView.End::asks);
        if (asked.isPresent()) {
            return Mrkdwn.of("Ending it would do more than remove what was approved, so its owners decide: {} in {}.",
                    asked.get().request().text(), Mrkdwn.channel(lease.channel()));
        }
        return ending.trouble().isEmpty()
                ? Mrkdwn.of("Steward removes it, and says here when it is gone.")
                : Mrkdwn.of("{} The platform team can remove what is in the way.", again(ending));
    }

    /** When it is tried again. */
    static Mrkdwn again(LeaseState.Ending ending) {
        return ending.nextTry().map(at -> Mrkdwn.of("Steward tries again {}, and keeps trying until it is gone.",
                Mrkdwn.when(at)))
                .orElseGet(() -> ending.tries() == 0
                        ? Mrkdwn.of("Steward is removing it now.")
                        : Mrkdwn.of("Steward is trying again now, and keeps trying until it is gone."));
    }

    /** The buttons of one that is there; none otherwise. */
    static List<Map<String, Object>> buttons(LeaseView lease) {
        if (!(lease.state() instanceof LeaseState.Active)) {
            return List.of();
        }
        String value = Long.toString(lease.request().value());
        String what = plain(lease);
        Map<String, Object> end = Blocks.styled(
                Blocks.button(LeaseMessages.END + ":" + value, value, "End now", "End " + what + " now"), "danger");
        List<Map<String, Object>> buttons = new ArrayList<>();
        buttons.add(Blocks.button(LeaseMessages.EXTEND + ":" + value, value, "Extend", "Extend " + what));
        lease.promote().ifPresent(_ -> buttons
                .add(Blocks.button(LeaseMessages.PROMOTE + ":" + value, value, "Promote", "Promote " + what)));
        buttons.add(Blocks.confirmed(end, "End it now?",
                "This ends " + what + " of " + lease.holder().displayName() + " at once.", "End now", "Keep it"));
        return buttons;
    }

    /** The button that gives back what was suspended; none otherwise. */
    static List<Map<String, Object>> giveBack(LeaseView lease) {
        if (!givable(lease)) {
            return List.of();
        }
        String value = Long.toString(lease.request().value());
        return List.of(Blocks.button(LeaseMessages.GIVE_BACK + ":" + value, value, "Give back",
                "Give " + plain(lease) + " back to " + lease.holder().displayName()));
    }

    /** Whether it is over, or about to be: then this is what there is to say of its request. */
    static boolean over(LeaseView lease) {
        return lease.state() instanceof LeaseState.Ending || lease.state() instanceof LeaseState.Ended;
    }
}
