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
                    change.from().map(who -> Mrkdwn.of(" It was {}.", RequestWords.person(who))).orElse(Mrkdwn.EMPTY))
                    .line(Mrkdwn.of("*Next:* Take it with {}, or mend the rotation.",
                            names.of("oncall override " + Mrkdwn.cut(change.team(), 60) + " @me 8h"))));
        }
        Mrkdwn to = RequestWords.person(change.to().get());
        return Rendered.paragraph(change.from()
                .map(from -> Mrkdwn.of("{} hands over to {}, on call for {} until {}.", RequestWords.person(from), to,
                        duty, until))
                .orElseGet(() -> Mrkdwn.of("{} is on call for {} until {}. Nobody was before.", to, duty, until)));
    }

    /** A time without anybody on call. */
    public record Gap(String layer, Instant from, Instant until, String why) {}

    /** To the team's channel: when nobody will be on call. */
    public Rendered gaps(String team, List<Gap> gaps) {
        Mrkdwn head = Mrkdwn.of(":warning: *Nobody is on call for team {}* at these times:", Mrkdwn.text(team, 60));
        List<Mrkdwn> lines = gaps.stream().map(gap -> Mrkdwn.of("{} {} to {}: {}", Mrkdwn.text(gap.layer(), 40),
                gap.from().equals(Instant.EPOCH) ? Mrkdwn.of("now") : Mrkdwn.when(gap.from()),
                Mrkdwn.when(gap.until()), Mrkdwn.text(gap.why(), 150))).toList();
        Mrkdwn next = Mrkdwn.of("*Next:* Take a time with {}, or have an operator mend the rotation in"
                + " steward.yaml. Until then a page passes that layer over.",
                names.of("oncall override " + Mrkdwn.cut(team, 60)));
        return Rendered.paragraph(head.line(RequestWords.bounded(lines, 2000)).line(next));
    }

    /** To whoever is asked to take a shift; what came of it afterwards. */
    public Rendered asked(ShiftOverride override) {
        Mrkdwn head = Mrkdwn.of("{} asks you to be on call for team {} ({}) from {} to {}{}.",
                RequestWords.person(override.askedBy()), Mrkdwn.text(override.team(), 60),
                Mrkdwn.text(override.layer(), 40), Mrkdwn.when(override.from()), Mrkdwn.when(override.until()),
                instead(override));
        Layout message = new Layout().add(Weight.VITAL, head).add(Weight.VITAL, state(override));
        if (override.state() == ShiftOverride.State.PROPOSED) {
            String value = Long.toString(override.id().value());
            message.add(Weight.VITAL, Blocks.actions("override:" + value, List.of(
                    Blocks.styled(Blocks.button(ACCEPT, value, "Accept", "Accept this shift"), "primary"),
                    Blocks.button(DECLINE, value, "Decline", "Decline this shift"))));
        }
        return Rendered.of(head, message.blocks());
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
            case PROPOSED -> Mrkdwn.of("*Next:* Nothing changes until you accept.");
            case ACTIVE -> Mrkdwn.of("*You accepted.* {} takes it back.",
                    names.of("oncall cancel " + override.id().text()));
            case DECLINED -> Mrkdwn.of("*You declined.* Nothing has changed.");
            case CANCELLED -> Mrkdwn.of("*It was taken back.* Nothing for you to do.");
        };
    }

    /** To whoever asked: what the other said. */
    public Optional<Rendered> answered(ShiftOverride override) {
        Mrkdwn who = RequestWords.person(override.person());
        Mrkdwn when = Mrkdwn.of("team {} ({}), {} to {}", Mrkdwn.text(override.team(), 60),
                Mrkdwn.text(override.layer(), 40), Mrkdwn.when(override.from()), Mrkdwn.when(override.until()));
        return switch (override.state()) {
            case ACTIVE -> Optional.of(Rendered.paragraph(Mrkdwn.of("{} takes the shift: {}.", who, when)));
            case DECLINED -> Optional.of(Rendered.paragraph(Mrkdwn.of("{} declined the shift: {}. Nothing has changed."
                    + " *Next:* Ask somebody else.", who, when)));
            case CANCELLED -> Optional.of(Rendered.paragraph(
                    Mrkdwn.of("{} was taken back: {}.", override.id().text(), when)));
            case PROPOSED -> Optional.empty();
        };
    }

    /** To the team's channel: somebody stands in. */
    public Optional<Rendered> card(ShiftOverride override) {
        Mrkdwn when = Mrkdwn.of("team {} ({}) from {} to {}", Mrkdwn.text(override.team(), 60),
                Mrkdwn.text(override.layer(), 40), Mrkdwn.when(override.from()), Mrkdwn.when(override.until()));
        Mrkdwn who = RequestWords.person(override.person());
        return switch (override.state()) {
            case ACTIVE -> Optional.of(Rendered.paragraph(Mrkdwn.of("{} is on call for {}{}. {}", who, when,
                    override.covers().filter(other -> other.id() != override.person().id())
                            .map(other -> Mrkdwn.of(", in place of {}", RequestWords.person(other)))
                            .orElse(Mrkdwn.EMPTY),
                    override.id().text())));
            case CANCELLED -> Optional.of(Rendered.paragraph(Mrkdwn.of(
                    "{} was taken back: {} is not on call for {}. The rotation holds.", override.id().text(), who,
                    when)));
            case PROPOSED, DECLINED -> Optional.empty();
        };
    }

    /** The private answer to whoever did something with an override. */
    public Rendered outcome(OverrideOutcome outcome) {
        return Rendered.paragraph(switch (outcome) {
            case OverrideOutcome.Refused(String why) -> Mrkdwn.text(why, 500);
            case OverrideOutcome.Done(ShiftOverride override, List<ShiftOverride> wins) -> done(override)
                    .line(RequestWords.bounded(wins.stream().map(other -> Mrkdwn.of(
                            "It comes before {} while both hold, because it was asked for later.",
                            OnCallWords.override(other))).toList(), 1500));
        });
    }

    private Mrkdwn done(ShiftOverride override) {
        return switch (override.state()) {
            case ACTIVE -> Mrkdwn.of("Done: {}. {} takes it back.", OnCallWords.override(override),
                    names.of("oncall cancel " + override.id().text()));
            case PROPOSED -> Mrkdwn.of("{} is asked. Nothing changes until they accept: {}.",
                    RequestWords.person(override.person()), OnCallWords.override(override));
            case DECLINED -> Mrkdwn.of("You declined {}. Nothing has changed.", override.id().text());
            case CANCELLED -> Mrkdwn.of("{} is taken back. The rotation holds.", override.id().text());
        };
    }
}
