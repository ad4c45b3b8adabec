package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Layout;
import dev.steward.bot.slack.blocks.Layout.Weight;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.catalog.Team;
import dev.steward.incidents.Incident;
import dev.steward.incidents.alerts.AlertEvent;
import dev.steward.incidents.alerts.AlertGroup;
import dev.steward.incidents.alerts.AlertGroupView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The one message about the alerts of a service: edited as they fire and clear, with buttons while they are not over. */
public final class AlertCard {
    /** What the action id of the button that acknowledges begins with; the value of each is the group's number. */
    public static final String ACK = "alert-ack";
    /** The same for whatever else is of the person's teams. */
    public static final String ACK_MINE = "alert-ack-mine";
    /** What the action id of the button that opens the form of an incident begins with. */
    public static final String DECLARE = "alert-declare";
    /** What the action id of the button that asks for an open incident begins with. */
    public static final String ATTACH = "alert-attach";
    /** What the action id of the list of times begins with; its value is the group's number, a colon and the time. */
    public static final String SNOOZE = "alert-snooze";
    /** What the action id of the button that tells the owner begins with. */
    public static final String OWNER = "alert-owner";
    /** Callback id of the form that asks for an open incident; its metadata is the group's number. */
    public static final String ATTACH_MODAL = "alert-attach";
    /** Field of that form. */
    public static final String INCIDENT = "incident";

    /** Slack takes about 13,000 in all. */
    private static final int LINES_MAX = 9000;
    private static final int LINK_MAX = 600;
    private static final int OPTIONS_MAX = 100;

    private AlertCard() {}

    /** The card as it is now. */
    public static Rendered of(AlertGroupView view) {
        Layout card = new Layout();
        card.add(Weight.VITAL, Blocks.header(view.title() + ": " + headline(view)));
        card.add(Weight.VITAL, standing(view).line(handled(view)));
        lines(view).forEach(line -> card.add(Weight.VITAL, line));
        unheard(view).filter(line -> view.group().live()).ifPresent(line -> card.add(Weight.VITAL, line));
        card.add(Weight.VITAL, Mrkdwn.of("*Next:* {}", next(view)));
        List<Map<String, Object>> buttons = buttons(view);
        if (!buttons.isEmpty()) {
            card.add(Weight.VITAL, Blocks.actions("alerts:" + view.group().id(), buttons));
        }
        card.add(Weight.VITAL, Blocks.context(footer(view)));
        return Rendered.of(Mrkdwn.of("{}: {}. {}", view.title(), headline(view), handled(view)), card.blocks());
    }

    private static String headline(AlertGroupView view) {
        int firing = view.firing().alerts();
        int critical = view.firing().critical();
        return switch (view.group().state()) {
            case OPEN -> count(firing) + " firing" + (critical > 0 ? ", " + number(critical) + " critical" : "");
            case CLEARED -> "nothing fires any more";
            case CLOSED -> "over";
            case QUIET -> "went quiet";
        };
    }

    static String count(int alerts) {
        return number(alerts) + (alerts == 1 ? " alert" : " alerts");
    }

    private static String number(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static Mrkdwn standing(AlertGroupView view) {
        AlertGroup.Times times = view.group().times();
        return switch (view.group().state()) {
            case OPEN -> Mrkdwn.of(":red_circle: *Firing* since {} ({}).",
                    Mrkdwn.when(view.firing().since().orElse(times.opened())),
                    Mrkdwn.ago(view.firing().since().orElse(times.opened())));
            case CLEARED -> Mrkdwn.of(":large_green_circle: *Nothing fires any more*, since {}.",
                    Mrkdwn.when(times.cleared().orElse(times.opened())));
            case CLOSED -> Mrkdwn.of(":white_check_mark: *Over*, since {}.",
                    Mrkdwn.when(times.cleared().orElse(times.opened())));
            case QUIET -> Mrkdwn.of(":white_circle: *Went quiet*. {}",
                    unheard(view).orElseGet(() -> Mrkdwn.of("Not heard of since {}.",
                            Mrkdwn.when(times.cleared().orElse(times.opened())))));
        };
    }

    /** What is not heard of any more, and need not be over. */
    private static Optional<Mrkdwn> unheard(AlertGroupView view) {
        return view.quiet().map(quiet -> view.group().state() == AlertGroup.State.QUIET
                ? Mrkdwn.of("Not heard of since {}. Nobody said that it is over.", Mrkdwn.when(quiet.heard()))
                : Mrkdwn.of(":white_circle: {} went quiet: not heard of since {}.", count(quiet.alerts()),
                        Mrkdwn.when(quiet.heard())));
    }

    /** Who sees to it. */
    private static Mrkdwn handled(AlertGroupView view) {
        AlertGroup.Handling handling = view.group().handling();
        Mrkdwn acked = view.ackedBy().flatMap(person -> handling.acked()
                .map(act -> Mrkdwn.of("Acknowledged by {}, {}.", RequestWords.person(person), Mrkdwn.when(act.at()))))
                .orElse(view.group().state() == AlertGroup.State.OPEN
                        && view.incident().filter(Incident::open).isEmpty()
                                ? Mrkdwn.of("*Nobody has acknowledged yet.*")
                                : Mrkdwn.EMPTY);
        Mrkdwn incident = view.incident().map(of -> Mrkdwn.of("{} {}: {}.", AlertCard.name(of),
                of.open() ? "handles it" : "handled it", IncidentWords.channel(of))).orElse(Mrkdwn.EMPTY);
        return acked.line(incident).line(view.group().live() ? snoozed(view) : Mrkdwn.EMPTY);
    }

    private static Mrkdwn name(Incident incident) {
        return Mrkdwn.of("*{}* ({}, {})", incident.id().text(), incident.severity().text(),
                Mrkdwn.text(incident.title(), 150));
    }

    private static Mrkdwn snoozed(AlertGroupView view) {
        Optional<Instant> until = view.group().handling().snoozed().map(AlertGroup.Act::at);
        return view.snoozedBy().flatMap(person -> until.map(at -> Mrkdwn.of(
                "Snoozed by {}: this card may be behind until {}.", RequestWords.person(person), Mrkdwn.when(at))))
                .orElse(Mrkdwn.EMPTY);
    }

    private static List<Mrkdwn> lines(AlertGroupView view) {
        List<Mrkdwn> lines = new ArrayList<>();
        boolean firing = view.firing().alerts() > 0;
        int length = 0;
        int shown = 0;
        for (AlertGroupView.Line line : view.group().live() ? view.lines() : List.<AlertGroupView.Line>of()) {
            Mrkdwn text = line(line);
            if (length + text.length() <= LINES_MAX) {
                lines.add(text);
                length += text.length();
                shown += line.count();
            }
        }
        int more = view.firing().alerts() - shown;
        if (firing && more > 0) {
            lines.add(Mrkdwn.of("and {} more that fire.", number(more)));
        }
        return lines;
    }

    private static Mrkdwn line(AlertGroupView.Line line) {
        Mrkdwn times = line.count() == 1 ? Mrkdwn.EMPTY : Mrkdwn.of(" × {}", number(line.count()));
        Mrkdwn since = line.cleared().map(at -> Mrkdwn.of("cleared {}", Mrkdwn.when(at)))
                .orElseGet(() -> Mrkdwn.of("since {}", Mrkdwn.when(line.since())));
        Mrkdwn links = links(line.links());
        Mrkdwn first = Mrkdwn.of("• *{}* {}{}, {}{}", line.severity().text(), Mrkdwn.code(line.name(), 250), times,
                since, links.isEmpty() ? Mrkdwn.EMPTY : Mrkdwn.of(" · {}", links));
        return line.summary().isBlank() || line.summary().equals(line.name())
                ? first
                : first.line(Mrkdwn.quote(line.summary(), 400));
    }

    private static Mrkdwn links(AlertEvent.Links links) {
        return Mrkdwn.join(" · ", Stream.of(link(links.runbook(), "Runbook"), link(links.dashboard(), "Dashboard"),
                link(links.source(), "Source")).flatMap(Optional::stream).toList());
    }

    private static Optional<Mrkdwn> link(String url, String label) {
        return Optional.of(url).filter(address -> !address.isEmpty()).map(address -> Mrkdwn.link(address, label))
                .filter(link -> link.length() <= LINK_MAX);
    }

    private static Mrkdwn next(AlertGroupView view) {
        AlertGroup group = view.group();
        if (group.state() == AlertGroup.State.QUIET) {
            return Mrkdwn.of("Look whether it is over, and whether its source still runs. If it fires again, it gets a"
                    + " card of its own.");
        }
        if (!group.live()) {
            return Mrkdwn.of("Nothing to do. {} fired in all; new ones get a card of their own.", count(group.total()));
        }
        if (group.state() == AlertGroup.State.CLEARED) {
            return Mrkdwn.of("Nothing to do. If it stays quiet for 15 minutes, this card is closed.");
        }
        Optional<Incident> open = view.incident().filter(Incident::open);
        if (open.isPresent()) {
            return Mrkdwn.of("Go on in {}. What these alerts do joins its timeline.",
                    IncidentWords.channel(open.get()));
        }
        return view.ackedBy().isEmpty()
                ? Mrkdwn.of("Click *Ack* if you are looking at it. Are people affected? Then *Declare* an incident.")
                : Mrkdwn.of("Are people affected? Then *Declare* an incident, or *Attach* this to an open one.");
    }

    private static List<Map<String, Object>> buttons(AlertGroupView view) {
        AlertGroup group = view.group();
        List<Map<String, Object>> buttons = new ArrayList<>();
        if (!group.live()) {
            return buttons;
        }
        if (view.ackedBy().isEmpty() && view.group().state() == AlertGroup.State.OPEN) {
            buttons.add(Blocks.styled(button(view, ACK, "Ack", "Acknowledge the alerts of"), "primary"));
            buttons.add(button(view, ACK_MINE, "Ack all mine", "Acknowledge all alerts of my teams, from"));
        }
        if (view.incident().filter(Incident::open).isEmpty()) {
            buttons.add(button(view, DECLARE, "Declare", "Declare an incident for the alerts of"));
            buttons.add(button(view, ATTACH, "Attach", "Attach to an open incident the alerts of"));
        }
        if (group.state() == AlertGroup.State.OPEN) {
            buttons.add(snooze(group.id() + ":"));
        }
        buttons.add(button(view, OWNER, "Who owns this", "Who owns"));
        return buttons;
    }

    private static Map<String, Object> snooze(String group) {
        return Inputs.select(SNOOZE + ":" + group, "Snooze", List.of(
                Blocks.option(group + "15m", "Snooze 15 minutes"), Blocks.option(group + "1h", "Snooze 1 hour"),
                Blocks.option(group + "4h", "Snooze 4 hours")), Optional.empty());
    }

    private static Map<String, Object> button(AlertGroupView view, String action, String label, String spoken) {
        String group = Long.toString(view.group().id());
        return Blocks.button(action + ":" + group, group, label, spoken + " " + view.title());
    }

    private static Mrkdwn footer(AlertGroupView view) {
        Mrkdwn owner = view.owner().map(Team::title).map(title -> Mrkdwn.of("{}", Mrkdwn.text(title, 100)))
                .orElse(Mrkdwn.of("nobody"));
        return view.entity().isPresent()
                ? Mrkdwn.of("Owned by {} · {} in all since {}", owner, count(view.group().total()),
                        Mrkdwn.when(view.group().times().opened()))
                : Mrkdwn.of("No label, resource or rule says which service these are on, so they go to {}. Label them"
                        + " with `service`, or add a rule: see docs/alerts.md.", owner);
    }

    /** Asks for one of the open incidents. */
    public static Map<String, Object> attach(AlertGroupView view, List<Incident> open) {
        List<Map<String, Object>> options = open.stream().limit(OPTIONS_MAX)
                .map(incident -> Blocks.option(Long.toString(incident.id().value()),
                        incident.id().text() + " " + incident.severity().text() + " " + incident.title()))
                .toList();
        return options.isEmpty()
                ? Modals.notice("Attach", Mrkdwn.of("No incident is open that you may see. Declare one instead."))
                : Modals.form(ATTACH_MODAL, Long.toString(view.group().id()), "Attach to an incident", "Attach",
                        List.of(Blocks.section(Mrkdwn.of("The alerts of {} become part of it, and join its timeline.",
                                Mrkdwn.code(view.title(), 150))),
                                Inputs.required(INCIDENT, "Which incident?", "", Inputs.select(INCIDENT, "Choose",
                                        options, Optional.empty()))));
    }

    /** The alerts of a button are over. */
    public static Mrkdwn over() {
        return Mrkdwn.of("These alerts are over. New ones have a card of their own.");
    }

    /** Nobody owns what belongs to no service. */
    public static Rendered unowned(String team) {
        return Rendered.paragraph(Mrkdwn.of("Nothing says which service these alerts are on, so they go to team {}."
                + " Label them with `service`, or add a rule: see docs/alerts.md.", Mrkdwn.text(team, 100)));
    }
}
