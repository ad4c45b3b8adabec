package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Layout;
import dev.steward.bot.slack.blocks.Layout.Weight;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.oncall.Rotation;
import dev.steward.oncall.Shift;
import dev.steward.oncall.ShiftOverride;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The private answers to {@code /oncall}. */
public final class OnCallAnswers {
    private static final int SHOWN = 8;

    private final CommandNames names;

    /** Answers that name the commands as this installation does. */
    public OnCallAnswers(CommandNames names) {
        this.names = names;
    }

    /**
     * One team.
     *
     * @param rotation
     *            its rotation, if it has one
     * @param now
     *            who is on call, layer by layer
     * @param later
     *            the shifts that follow, the first first
     * @param overrides
     *            that hold or wait, the first first
     */
    public record Duty(Team team, Optional<Rotation> rotation, List<Shift> now, List<Shift> later,
            List<ShiftOverride> overrides) {
        public Duty {
            now = List.copyOf(now);
            later = List.copyOf(later);
            overrides = List.copyOf(overrides);
        }
    }

    /** What can be typed. */
    public Rendered help() {
        return Rendered.paragraph(Mrkdwn.of("*On call*").line(Mrkdwn.join("\n", List.of(
                Mrkdwn.of("{} shows yours and that of your teams", names.of("oncall")),
                Mrkdwn.of("{} shows who is on call for a service or a team, and who is next",
                        names.of("oncall checkout")),
                Mrkdwn.of("{} pages who is on call, until somebody answers",
                        names.of("oncall page checkout Checkout answers 500")),
                Mrkdwn.of("{} takes a shift; with another's name, that person is asked first",
                        names.of("oncall override payments @me 4h")),
                Mrkdwn.of("{} does the same between two times, in the rotation's zone",
                        names.of("oncall override payments @olga 2026-12-24T09:00..2026-12-25T09:00")),
                Mrkdwn.of("{} opens a form for it", names.of("oncall override")),
                Mrkdwn.of("{} swaps shifts: Olga takes the first time, you take the second",
                        names.of("oncall swap payments @olga 2026-12-24T09:00..1d for 2026-12-31T09:00..1d")),
                Mrkdwn.of("{} opens a form for it: choose the two shifts", names.of("oncall swap")),
                Mrkdwn.of("{} cancels that", names.of("oncall cancel OVR-5")),
                Mrkdwn.of("{} shows when nobody will be on call", names.of("oncall gaps"))))));
    }

    /**
     * Who is on call for one team.
     *
     * @param service
     *            the service that was asked for, if it was one
     */
    public Rendered one(Duty duty, Optional<String> service) {
        Mrkdwn head = service
                .map(name -> Mrkdwn.of("*On call for {}*: team {} is paged", Mrkdwn.code(name, 100),
                        OnCallWords.team(duty.team())))
                .orElseGet(() -> Mrkdwn.of("*On call for team {}*", OnCallWords.team(duty.team())));
        Layout answer = new Layout().add(Weight.VITAL, head.line(now(duty)));
        if (!duty.later().isEmpty()) {
            answer.add(Weight.MAJOR, Mrkdwn.of("*Then*").line(RequestWords.bounded(
                    duty.later().stream().limit(SHOWN).map(OnCallWords::later).toList(), 2000)));
        }
        if (!duty.overrides().isEmpty()) {
            answer.add(Weight.MAJOR, Mrkdwn.of("*Changes*").line(RequestWords.bounded(
                    duty.overrides().stream().limit(SHOWN).map(OnCallWords::override).toList(), 2000)));
        }
        duty.rotation().ifPresent(rotation -> answer.add(Weight.MINOR, Blocks.context(Mrkdwn.of(
                "Hand-overs follow {}; the times above are in your own zone.",
                Mrkdwn.text(rotation.zone().getId(), 60)))));
        return Rendered.of(head.line(now(duty)), answer.blocks());
    }

    static Mrkdwn now(Duty duty) {
        return duty.rotation().isEmpty()
                ? Mrkdwn.of("No rotation is set up, so a page goes to the whole channel{}.",
                        duty.team().channel().map(name -> Mrkdwn.of(" {}", Mrkdwn.channel(name)))
                                .orElse(Mrkdwn.EMPTY))
                : RequestWords.bounded(duty.now().stream().map(OnCallWords::shift).toList(), 2000);
    }

    /** Who is on call for each of somebody's teams. */
    public Rendered mine(Person person, List<Duty> duties) {
        if (duties.isEmpty()) {
            return Rendered.paragraph(Mrkdwn.of("You are in no team that Steward knows. {} and the name of a service or"
                    + " a team shows who is on call there.", names.of("oncall")));
        }
        List<Mrkdwn> own = duties.stream().flatMap(duty -> duty.now().stream())
                .filter(shift -> shift.person().filter(who -> who.id() == person.id()).isPresent())
                .map(OnCallWords::now)
                .toList();
        Mrkdwn head = own.isEmpty() ? Mrkdwn.of("You are not on call now.") : RequestWords.bounded(own, 1500);
        List<Map<String, Object>> blocks = new ArrayList<>(List.of(Blocks.section(head)));
        duties.stream().limit(SHOWN).forEach(duty -> blocks.add(Blocks.section(
                Mrkdwn.of("*Team {}*", OnCallWords.team(duty.team())).line(now(duty)))));
        return Rendered.of(head, blocks);
    }

    /** The times without anybody, by team. */
    public Rendered gaps(Map<String, List<Shift>> byTeam) {
        List<Mrkdwn> lines = byTeam.values().stream().flatMap(List::stream).map(OnCallWords::gap).toList();
        if (byTeam.isEmpty()) {
            return Rendered.paragraph(Mrkdwn.of("None of your teams has a rotation. Name a team, as in {}.",
                    names.of("oncall gaps payments")));
        }
        return Rendered.paragraph(lines.isEmpty()
                ? Mrkdwn.of("Somebody is on call all the time in the next seven days.")
                : Mrkdwn.of("*Nobody will be on call* at these times of the next seven days:")
                        .line(RequestWords.bounded(lines, 2500)));
    }

    /** A form was asked for, and nobody takes turns in the teams of whoever asks. */
    public Rendered noRotation(String verb) {
        return Rendered.paragraph(Mrkdwn.of("None of your teams has a rotation. Name a team, as in {}.",
                names.of("oncall " + verb + " payments")));
    }

    /** There are no two shifts to change. */
    public Rendered nothingToSwap(boolean own) {
        return Rendered.paragraph(own
                ? Mrkdwn.of(
                        "Nobody else has a shift beside yours in the next four weeks. {} asks somebody to take one.",
                        names.of("oncall override"))
                : Mrkdwn.of("You have no shift in the next four weeks that you could give away. {} takes one.",
                        names.of("oncall override")));
    }

    /** A team was to be named. */
    public Rendered whichTeam(String form) {
        return Rendered.paragraph(Mrkdwn.of("For which team? Type it like {}.", names.of("oncall " + form)));
    }

    /** There is no team of that name. */
    public Rendered noTeam(String typed) {
        return Rendered.paragraph(Mrkdwn.of("There is no team or service {}. {} finds things by name.",
                Mrkdwn.code(typed, 100), names.of("owner")));
    }

    /** There is nobody of that name. */
    public Rendered noPerson(String typed) {
        return Rendered.paragraph(Mrkdwn.of("Steward knows nobody called {}. Write @ and their Slack name, or @me.",
                Mrkdwn.code(typed, 100)));
    }

    /** What was typed is no time. */
    public Rendered noTime(String typed) {
        return Rendered.paragraph(Mrkdwn.of("{} is not a time. {}", Mrkdwn.code(typed, 100), times()));
    }

    /** How times are written. */
    public static String times() {
        return "Write how long, as in 4h or 2d, or two times as in 2026-12-24T09:00..2026-12-25T09:00.";
    }

    /** What an override's number is needed for. */
    public Rendered whichOverride() {
        return Rendered.paragraph(Mrkdwn.of("Which one? Type its number, as in {}. {} and the team's name lists them.",
                names.of("oncall cancel OVR-5"), names.of("oncall")));
    }

    /** Two times were to be named. */
    public Rendered whichSwap() {
        return Rendered.paragraph(Mrkdwn.of("Which shifts? Name the other person, the time that they take, and the time"
                + " that you take for it, as in {}.",
                names.of("oncall swap payments @olga 2026-12-24T09:00..1d for 2026-12-31T09:00..1d")));
    }

    /** What happened was not said. */
    public Rendered pageWhat() {
        return Rendered.paragraph(Mrkdwn.of("What happened? Type it like {}.",
                names.of("oncall page checkout Checkout answers 500")));
    }

    /** A person's line for a card about something that the team is paged for; empty without anybody. */
    public static Mrkdwn line(List<Shift> now) {
        List<Mrkdwn> people = now.stream()
                .map(shift -> shift.person().map(who -> Mrkdwn.of("{} ({})", RequestWords.person(who),
                        Mrkdwn.text(shift.layer(), 40))).orElseGet(() -> Mrkdwn.of("nobody ({})",
                                Mrkdwn.text(shift.layer(), 40))))
                .limit(SHOWN).toList();
        return people.isEmpty() ? Mrkdwn.EMPTY : Mrkdwn.of("*On call now* {}", Mrkdwn.join(", ", people));
    }
}
