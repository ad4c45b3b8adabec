package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Layout;
import dev.steward.bot.slack.blocks.Layout.Weight;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.catalog.Person;
import dev.steward.oncall.OverrideOutcome;
import dev.steward.oncall.ShiftOverride;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people are told about who is on call when: hand-overs, gaps, and overrides. */
public final class DutyMessages {
    /** Action id of the button that says yes to a shift; its value is the override's number. */
    public static final String ACCEPT = "accept-shift";
    /** Action id of the button that says no to a shift; its value is the override's number. */
    public static final String DECLINE = "decline-shift";

    private final CommandNames names;

    /** Messages that name the commands as this installation does. */
    public DutyMessages(CommandNames names) {
        this.names = names;
    }

    /**
     * A change of who is on call.
     *
     * @param why
     *            why nobody is; empty when somebody is
     */
    public record HandOver(String team, String layer, Optional<Person> from, Optional<Person> to, Instant until,
            String why) {}

    /** To the team's channel: who hands over to whom. */
    public Rendered handOver(HandOver change) {
        Mrkdwn duty = Mrkdwn.of("team {} ({})", Mrkdwn.text(change.team(), 60), Mrkdwn.text(change.layer(), 40));
        Mrkdwn until = Mrkdwn.when(change.until());
        if (change.to().isEmpty()) {
            return Rendered.paragraph(Mrkdwn.of(":red_circle: *Nobody is on call* for {} until {}: {}.{}", duty, until,
                    Mrkdwn.text(change.why(), 150),
                    change.from().map(who -> Mrkdwn.of(" Until now it was {}.", RequestWords.person(who)))
                            .orElse(Mrkdwn.EMPTY))
                    .line(Mrkdwn.of("*Next:* Take the shift with {}, or ask an operator to fix the rotation in"
                            + " steward.yaml.",
                            names.of("oncall override " + Mrkdwn.cut(change.team(), 60) + " @me 8h"))));
        }
        Mrkdwn to = RequestWords.person(change.to().get());
        return Rendered.paragraph(change.from()
                .map(from -> Mrkdwn.of("{} hands over to {}, on call for {} until {}.", RequestWords.person(from), to,
                        duty, until))
                .orElseGet(() -> Mrkdwn.of("{} is on call for {} until {}. Until now nobody was.", to, duty, until)));
    }

    /** A time without anybody on call. */
    public record Gap(String layer, Instant from, Instant until, String why) {}

    /** To the team's channel: when nobody will be on call. */
    public Rendered gaps(String team, List<Gap> gaps) {
        Mrkdwn head = Mrkdwn.of(":warning: *Nobody will be on call for team {}* at these times:",
                Mrkdwn.text(team, 60));
        List<Mrkdwn> lines = gaps.stream().map(gap -> Mrkdwn.of("{} {} to {}: {}", Mrkdwn.text(gap.layer(), 40),
                gap.from().equals(Instant.EPOCH) ? Mrkdwn.of("now") : Mrkdwn.when(gap.from()),
                Mrkdwn.when(gap.until()), Mrkdwn.text(gap.why(), 150))).toList();
        Mrkdwn next = Mrkdwn.of("*Next:* Take a shift with {}, or ask an operator to fix the rotation in"
                + " steward.yaml. Until then a page skips that layer.",
                names.of("oncall override " + Mrkdwn.cut(team, 60)));
        return Rendered.paragraph(head.line(RequestWords.bounded(lines, 2000)).line(next));
    }

    /** To whoever is asked to take a shift; what came of it afterwards. */
    public Rendered asked(ShiftOverride override) {
        Mrkdwn head = Mrkdwn.of("{} asks you to be {}{}.", RequestWords.person(override.askedBy()),
                OnCallWords.standsIn(override), instead(override));
        Mrkdwn inReturn = override.swap().map(half -> Mrkdwn.of("In return {} is on call from {} to {}, in your place.",
                RequestWords.person(override.askedBy()), Mrkdwn.when(half.from()), Mrkdwn.when(half.until())))
                .orElse(Mrkdwn.EMPTY);
        Layout message = new Layout().add(Weight.VITAL, head).add(Weight.VITAL, inReturn)
                .add(Weight.VITAL, state(override));
        if (override.state() == ShiftOverride.State.PROPOSED) {
            String value = Long.toString(override.id().value());
            message.add(Weight.VITAL, Blocks.actions("override:" + value, List.of(
                    Blocks.styled(Blocks.button(ACCEPT, value, "Accept", "Accept this shift"), "primary"),
                    Blocks.button(DECLINE, value, "Decline", "Decline this shift"))));
        }
        return Rendered.of(head, message.blocks());
    }

    /** To whoever asked. */
    private static Mrkdwn inReturn(ShiftOverride override) {
        return override.swap().map(half -> Mrkdwn.of(" In return you are on call from {} to {} ({}).",
                Mrkdwn.when(half.from()), Mrkdwn.when(half.until()), half.id().text())).orElse(Mrkdwn.EMPTY);
    }

    private static Mrkdwn instead(ShiftOverride override) {
        return override.covers().filter(who -> who.id() != override.person().id())
                .map(who -> who.id() == override.askedBy().id()
                        ? Mrkdwn.of(", in their place")
                        : Mrkdwn.of(", in place of {}", RequestWords.person(who)))
                .orElse(Mrkdwn.EMPTY);
    }

    private Mrkdwn state(ShiftOverride override) {
        return switch (override.state()) {
            case PROPOSED -> Mrkdwn.of("*Next:* Accept or decline. Nothing changes until you accept.");
            case ACTIVE -> Mrkdwn.of("*You accepted.* {} cancels it.",
                    names.of("oncall cancel " + override.id().text()));
            case DECLINED -> Mrkdwn.of("*You declined.* Nothing has changed.");
            case CANCELLED -> Mrkdwn.of("*It was cancelled.* Nothing for you to do.");
        };
    }

    /** To whoever asked: what the other said. */
    public Optional<Rendered> answered(ShiftOverride override) {
        Mrkdwn who = RequestWords.person(override.person());
        Mrkdwn when = OnCallWords.standsIn(override);
        return switch (override.state()) {
            case ACTIVE -> Optional.of(Rendered.paragraph(
                    Mrkdwn.of("{} takes the shift, and is {}.{}", who, when, inReturn(override))));
            case DECLINED -> Optional.of(Rendered.paragraph(Mrkdwn.of("{} declined to be {}. Nothing has changed."
                    + " *Next:* Ask somebody else.", who, when)));
            case CANCELLED -> Optional.of(Rendered.paragraph(Mrkdwn.of("{} was cancelled: {} is not {}.",
                    override.id().text(), who, when)));
            case PROPOSED -> Optional.empty();
        };
    }

    /** To the team's channel: somebody stands in. */
    public Optional<Rendered> card(ShiftOverride override) {
        Mrkdwn when = OnCallWords.standsIn(override);
        Mrkdwn who = RequestWords.person(override.person());
        return switch (override.state()) {
            case ACTIVE -> Optional.of(Rendered.paragraph(Mrkdwn.of("{} is {}{} ({}).", who, when,
                    override.covers().filter(other -> other.id() != override.person().id())
                            .map(other -> Mrkdwn.of(", in place of {}", RequestWords.person(other)))
                            .orElse(Mrkdwn.EMPTY),
                    override.id().text())));
            case CANCELLED -> Optional.of(Rendered.paragraph(Mrkdwn.of(
                    "{} was cancelled: {} is not {}. The rotation decides again.", override.id().text(), who, when)));
            case PROPOSED, DECLINED -> Optional.empty();
        };
    }

    /** The private answer to whoever did something with an override. */
    public Rendered outcome(OverrideOutcome outcome) {
        return Rendered.paragraph(switch (outcome) {
            case OverrideOutcome.Refused(String why) -> Mrkdwn.text(why, 500);
            case OverrideOutcome.Done(ShiftOverride override, List<ShiftOverride> wins) -> done(override)
                    .line(RequestWords.bounded(wins.stream().map(other -> Mrkdwn.of(
                            "One that was made later wins while both apply: {}.",
                            OnCallWords.override(other))).toList(), 1500));
        });
    }

    private Mrkdwn done(ShiftOverride override) {
        return switch (override.state()) {
            case ACTIVE -> Mrkdwn.of("Done: {} is {}. {} cancels it.", RequestWords.person(override.person()),
                    OnCallWords.standsIn(override), names.of("oncall cancel " + override.id().text()));
            case PROPOSED -> Mrkdwn.of("{} is asked to be {} ({}).{} Nothing changes until they accept.",
                    RequestWords.person(override.person()), OnCallWords.standsIn(override), override.id().text(),
                    inReturn(override));
            case DECLINED -> Mrkdwn.of("You declined {}. Nothing has changed.", override.id().text());
            case CANCELLED ->
                Mrkdwn.of("{} is cancelled. The rotation decides again who is on call.", override.id().text());
        };
    }
}
