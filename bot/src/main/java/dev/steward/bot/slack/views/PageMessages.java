package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Layout;
import dev.steward.bot.slack.blocks.Layout.Weight;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.oncall.AckOutcome;
import dev.steward.oncall.Page;
import dev.steward.oncall.PageState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The messages of a page. They are read at 3 am: first what is wrong, then the one button. */
public final class PageMessages {
    /** What the action id of the button that acknowledges begins with; its value is the page's number. */
    public static final String ACKNOWLEDGE = "ack-page";

    private PageMessages() {}

    /** To the channel, edited all along. */
    public static Rendered card(Page page) {
        Mrkdwn head = switch (page.state()) {
            case PageState.Open _ -> calling(page);
            case PageState.Acked(Person by, Instant at) -> Mrkdwn.of(
                    ":white_check_mark: {} is on it: {}. Acknowledged {}.", OnCallWords.name(by),
                    OnCallWords.what(page), Mrkdwn.when(at));
            case PageState.Exhausted _ -> Mrkdwn.of(":red_circle: *Nobody answered* for team {}: {}.",
                    OnCallWords.team(page.team()), OnCallWords.what(page));
            case PageState.Withdrawn _ -> withdrawn(page);
        };
        Layout card = new Layout().add(Weight.VITAL, head).add(Weight.VITAL, next(page))
                .add(Weight.MINOR, OnCallWords.steps(page));
        button(page).ifPresent(row -> card.add(Weight.VITAL, row));
        return Rendered.of(head, card.blocks());
    }

    private static Mrkdwn whoElse(Optional<Team> then) {
        return then.map(team -> Mrkdwn.of("Team {} is paged now.", OnCallWords.team(team)))
                .orElseGet(() -> Mrkdwn.of("Nobody else is paged."));
    }

    private static Mrkdwn withdrawn(Page page) {
        return Mrkdwn.of("*No answer is needed any more*: {}.", OnCallWords.what(page));
    }

    private static Mrkdwn calling(Page page) {
        return switch (last(page)) {
            case Page.To.Somebody(Person person) -> Mrkdwn.of(
                    ":rotating_light: {}, you are on call for team {}: {}.", RequestWords.person(person),
                    OnCallWords.team(page.team()), OnCallWords.what(page));
            case Page.To.WholeTeam _,Page.To.Nobody _ -> Mrkdwn.of(
                    ":rotating_light: {} Nobody is on call for team {}, so all of you are paged: {}.",
                    OnCallWords.everybody(page.team()), OnCallWords.team(page.team()), OnCallWords.what(page));
        };
    }

    private static Page.To last(Page page) {
        return page.steps().isEmpty() ? new Page.To.WholeTeam() : page.steps().getLast().to();
    }

    private static Mrkdwn next(Page page) {
        return switch (page.state()) {
            case PageState.Open(Instant nextAt) -> Mrkdwn.of("*Next:* Acknowledge. If nobody has by {}, {}.",
                    Mrkdwn.when(nextAt),
                    last(page) instanceof Page.To.Somebody
                            ? "the page goes on to the next"
                            : "everybody is called again");
            case PageState.Exhausted(Optional<Team> then) -> Mrkdwn.of("*Next:* If you can help, acknowledge. {}",
                    whoElse(then));
            case PageState.Acked _,PageState.Withdrawn _ -> Mrkdwn.EMPTY;
        };
    }

    /** To whom it went, at home. */
    static Mrkdwn waiting(Page page) {
        Mrkdwn head = Mrkdwn.of(":rotating_light: {}", OnCallWords.what(page));
        return page.state() instanceof PageState.Open
                ? head.line(Mrkdwn.of("Team {} was paged {}, and nobody has acknowledged yet.",
                        OnCallWords.team(page.team()), Mrkdwn.when(page.at().since())))
                : head.line(Mrkdwn.of("Team {} was paged {}, and *nobody answered*. If you can help, acknowledge.",
                        OnCallWords.team(page.team()), Mrkdwn.when(page.at().since())));
    }

    static Optional<Map<String, Object>> button(Page page) {
        String value = Long.toString(page.id().value());
        return page.unanswered()
                ? Optional.of(Blocks.actions("page:" + value, List.of(Blocks.styled(
                        Blocks.button(ACKNOWLEDGE, value, "Acknowledge",
                                "Acknowledge " + page.id().text() + ", " + page.title()),
                        "primary"))))
                : Optional.empty();
    }

    /** Below the card: a later step, which calls whom it goes to. */
    public static Optional<Rendered> step(Page page, long step) {
        return find(page, step).map(found -> Rendered.paragraph(switch (found.to()) {
            case Page.To.Somebody(Person person) -> page.unanswered()
                    ? Mrkdwn.of(
                            "Nobody has answered yet. {}, you are on call for team {} ({}): please acknowledge above.",
                            RequestWords.person(person), OnCallWords.team(page.team()),
                            Mrkdwn.text(found.layer(), 40))
                    : Mrkdwn.of("Nobody had answered, so {} ({}) was paged.", OnCallWords.name(person),
                            Mrkdwn.text(found.layer(), 40));
            case Page.To.WholeTeam _ -> page.unanswered()
                    ? Mrkdwn.of("{} Nobody has answered yet. If you can help, please acknowledge above.",
                            OnCallWords.everybody(page.team()))
                    : Mrkdwn.of("Nobody had answered, so everybody was paged.");
            case Page.To.Nobody(String why) -> Mrkdwn.of("{} was passed over: {}.",
                    Mrkdwn.text(found.layer(), 40), Mrkdwn.text(why, 150));
        }));
    }

    /**
     * To whom a step went.
     *
     * @param card
     *            the address of the message in the channel, once it is posted
     */
    public static Optional<Rendered> direct(Page page, long step, Optional<String> card) {
        return find(page, step).map(found -> {
            Mrkdwn head = switch (page.state()) {
                case PageState.Open _ -> Mrkdwn.of(":rotating_light: {}. You are on call for team {} ({}).",
                        OnCallWords.what(page), OnCallWords.team(page.team()), Mrkdwn.text(found.layer(), 40));
                case PageState.Acked(Person by, Instant at) -> acked(page, found, by, at);
                case PageState.Exhausted _ -> Mrkdwn.of(":red_circle: {}. *Nobody answered.*", OnCallWords.what(page));
                case PageState.Withdrawn _ -> withdrawn(page);
            };
            Layout message = new Layout().add(Weight.VITAL, head).add(Weight.VITAL, next(page)).add(Weight.MAJOR,
                    page.unanswered() ? asker(page, card) : link(card));
            button(page).ifPresent(row -> message.add(Weight.VITAL, row));
            return Rendered.of(head, message.blocks());
        });
    }

    private static Mrkdwn acked(Page page, Page.Step step, Person by, Instant at) {
        boolean own = step.to() instanceof Page.To.Somebody(Person person) && person.id() == by.id();
        return own
                ? Mrkdwn.of(":white_check_mark: {}: you acknowledged {}.", OnCallWords.what(page), Mrkdwn.when(at))
                : Mrkdwn.of(":white_check_mark: {}: {} acknowledged {}. Nothing for you to do.",
                        OnCallWords.what(page), OnCallWords.name(by), Mrkdwn.when(at));
    }

    private static Mrkdwn asker(Page page, Optional<String> card) {
        return page.asker().map(who -> Mrkdwn.of("Asked for by {}.", RequestWords.person(who))).orElse(Mrkdwn.EMPTY)
                .line(link(card));
    }

    private static Mrkdwn link(Optional<String> card) {
        return card.map(url -> Mrkdwn.link(url, "Open it in the channel")).orElse(Mrkdwn.EMPTY);
    }

    private static Optional<Page.Step> find(Page page, long step) {
        return page.steps().stream().filter(one -> one.id() == step).findFirst();
    }

    /** To the whole team: nobody answered; what came of it once somebody does. */
    public static Rendered exhausted(Page page) {
        Mrkdwn head = switch (page.state()) {
            case PageState.Acked(Person by, Instant at) -> Mrkdwn.of(
                    ":white_check_mark: {} is on it: {}. Acknowledged {}, after nobody on call had answered.",
                    OnCallWords.name(by), OnCallWords.what(page), Mrkdwn.when(at));
            case PageState.Withdrawn _ -> withdrawn(page);
            case PageState.Open _,PageState.Exhausted _ -> Mrkdwn.of(
                    ":red_circle: {} *Nobody answered* for team {}: {}.", OnCallWords.everybody(page.team()),
                    OnCallWords.team(page.team()), OnCallWords.what(page))
                    .line(next(page));
        };
        Layout message = new Layout().add(Weight.VITAL, head);
        button(page).ifPresent(row -> message.add(Weight.VITAL, row));
        return Rendered.of(head, message.blocks());
    }

    /** To the channel: the other pager service could not be told. */
    public static Rendered notPassedOn(Page page) {
        return Rendered.paragraph(Mrkdwn.of(
                ":warning: The other pager service could not be told of {}: {}. Steward goes on paging here."
                        + " *Next:* An operator checks `oncall_webhook` in steward.yaml, and the log.",
                page.id().text(), OnCallWords.what(page)));
    }

    /** The private answer to a click on Acknowledge. */
    public static Rendered acknowledged(AckOutcome outcome, Person clicked) {
        return Rendered.paragraph(switch (outcome) {
            case AckOutcome.Acked(Page page) -> Mrkdwn.of("{} is yours: {}. Nobody else is paged.", page.id().text(),
                    OnCallWords.what(page));
            case AckOutcome.AckedBefore(Page page, Person by, Instant at) -> by.id() == clicked.id()
                    ? Mrkdwn.of("You acknowledged {} already, {}.", page.id().text(), Mrkdwn.when(at))
                    : Mrkdwn.of("{} acknowledged {} already, {}. Nothing for you to do.", OnCallWords.name(by),
                            page.id().text(), Mrkdwn.when(at));
            case AckOutcome.Refused(String why) -> Mrkdwn.text(why, 500);
        });
    }

    /** The private answer to whoever had a team paged. */
    public static Rendered asked(Page page) {
        Mrkdwn where = page.channel().map(name -> Mrkdwn.of(" The message in {} says who answers.",
                Mrkdwn.channel(name))).orElse(Mrkdwn.EMPTY);
        return Rendered.paragraph(switch (last(page)) {
            case Page.To.Somebody(Person person) ->
                Mrkdwn.of("{}: {} is paged for team {}.{}",
                        page.id().text(), OnCallWords.name(person), OnCallWords.team(page.team()), where);
            case Page.To.WholeTeam _,Page.To.Nobody _ -> Mrkdwn.of(
                    "{}: nobody is on call for team {}, so everybody is paged.{}",
                    page.id().text(), OnCallWords.team(page.team()), where);
        });
    }
}
