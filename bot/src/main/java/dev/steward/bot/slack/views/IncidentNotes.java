package dev.steward.bot.slack.views;

import static dev.steward.bot.slack.views.IncidentWords.button;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Layout;
import dev.steward.bot.slack.blocks.Layout.Weight;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.incidents.Incident;
import dev.steward.incidents.IncidentState;
import dev.steward.incidents.IncidentView;
import dev.steward.incidents.TimelineEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The short messages about an incident: one happening each. */
public final class IncidentNotes {
    private static final int CHECKS = 15;

    private IncidentNotes() {}

    /** One line for something that happened. */
    public static Rendered note(TimelineEntry entry) {
        Mrkdwn what = headed(entry, 1500);
        return Rendered.paragraph(saysWho(entry.kind()) || entry.text().contains(entry.by())
                ? what
                : Mrkdwn.of("{}  _{}_", what, Mrkdwn.text(entry.by(), 60)));
    }

    /** Its text under what kind of thing it was, which many texts begin with themselves. */
    static Mrkdwn headed(TimelineEntry entry, int max) {
        String text = entry.text();
        String label = label(entry.kind());
        int head = switch (entry.kind()) {
            case ACTION, ROLE -> Math.max(0, text.indexOf(':'));
            case ENDED -> text.indexOf(' ') < 0 ? text.length() : text.indexOf(' ');
            default -> text.startsWith(label) ? label.length() : 0;
        };
        return head == 0
                ? Mrkdwn.of("*{}*  {}", label, Mrkdwn.text(text, max))
                : Mrkdwn.of("*{}*{}", Mrkdwn.text(text.substring(0, head), max),
                        Mrkdwn.text(text.substring(head), max));
    }

    /** Whether its text names whoever did it. */
    private static boolean saysWho(TimelineEntry.Kind kind) {
        return kind == TimelineEntry.Kind.PAGE || kind == TimelineEntry.Kind.RUN || kind == TimelineEntry.Kind.GRANT;
    }

    /** What kind of thing it was, in a word or two. */
    static String label(TimelineEntry.Kind kind) {
        return switch (kind) {
            case DECLARED -> "Declared";
            case STATUS -> "Status";
            case SEVERITY -> "Severity";
            case ROLE -> "Role";
            case UPDATE -> "Update";
            case NOTE -> "Noted";
            case MESSAGE -> "Said";
            case PAGE -> "Page";
            case RUN -> "Change";
            case GRANT -> "Access";
            case ALERT -> "Alert";
            case ACTION -> "To do";
            case LINK -> "Link";
            case FREEZE -> "Let through";
            case ENDED -> "End";
        };
    }

    /** How it stands, as somebody told. */
    public static Rendered update(IncidentView view, TimelineEntry entry) {
        Mrkdwn head = Mrkdwn.of("*Update* by {}, {}", Mrkdwn.text(entry.by(), 60),
                IncidentWords.status(view.incident()));
        Layout message = new Layout().add(Weight.VITAL, head.line(Mrkdwn.quote(entry.text(), 2500)));
        view.incident().times().updateDue().filter(at -> view.incident().open())
                .ifPresent(at -> message.add(Weight.MINOR,
                        Blocks.context(Mrkdwn.of("Next update due {}", Mrkdwn.when(at)))));
        return Rendered.of(Mrkdwn.of("Update on {}", IncidentWords.name(view.incident())), message.blocks());
    }

    /** An update is due; or, where that was told, not any more. */
    public static Rendered updateDue(IncidentView view, Instant now) {
        Incident incident = view.incident();
        Optional<Instant> due = incident.times().updateDue().filter(at -> incident.open());
        if (due.filter(at -> !at.isAfter(now)).isEmpty()) {
            return Rendered.paragraph(Mrkdwn.of("{}: no update is due now.{}", IncidentWords.name(incident),
                    due.map(at -> Mrkdwn.of(" Next {}.", Mrkdwn.when(at))).orElse(Mrkdwn.EMPTY)));
        }
        Mrkdwn last = view.update().map(update -> Mrkdwn.of("The last was {}.", Mrkdwn.when(update.at())))
                .orElse(Mrkdwn.of("There was none yet."));
        Mrkdwn head = Mrkdwn.of("*{}: an update is due.* {}", IncidentWords.name(incident), last);
        List<Map<String, Object>> row = List.of(
                Blocks.styled(button(IncidentActions.UPDATE, incident, "", "Update", "Tell people how it stands"),
                        "primary"),
                button(IncidentActions.SNOOZE + ":15m", incident, "15m", "Snooze 15 min", "Remind me in 15 minutes"),
                button(IncidentActions.SNOOZE + ":30m", incident, "30m", "Snooze 30 min", "Remind me in 30 minutes"));
        return Rendered.of(head,
                List.of(Blocks.section(head), Blocks.actions("due:" + incident.id().value(), row)));
    }

    /**
     * It is over.
     *
     * @param checklist
     *            what is done and what is not before it can be closed
     */
    public static Rendered resolved(IncidentView view, Map<String, Boolean> checklist) {
        Incident incident = view.incident();
        Mrkdwn head = incident.times().resolved()
                .map(at -> Mrkdwn.of("*{} is resolved* after {}.", IncidentWords.name(incident),
                        IncidentWords.lasted(incident, at)))
                .orElse(Mrkdwn.of("*{} goes on.*", IncidentWords.name(incident)));
        Layout message = new Layout().add(Weight.VITAL, head)
                .add(Weight.VITAL, checks(checklist)).add(Weight.MAJOR, IncidentWords.items(view));
        List<Map<String, Object>> row = new ArrayList<>();
        if (incident.state() instanceof IncidentState.Resolved || incident.state() instanceof IncidentState.Closed) {
            row.add(IncidentHeadline.postmortem(incident));
        }
        if (incident.state() instanceof IncidentState.Resolved) {
            if (view.items().stream().anyMatch(IncidentNotes::askable)) {
                row.add(button(IncidentActions.REQUEST, incident, "", "Make a request",
                        "Ask for what a follow-up needs"));
            }
            row.add(button(IncidentActions.FOLLOWUP, incident, "", "Add follow-up", "Note something to do later"));
            row.add(button(IncidentActions.CLOSE, incident, "", "Close", "Nothing is left to do"));
            row.add(IncidentHeadline.reopen(incident));
        }
        if (!row.isEmpty()) {
            message.add(Weight.VITAL, Blocks.actions("resolved:" + incident.id().value(), row));
        }
        return Rendered.of(head, message.blocks());
    }

    private static Mrkdwn checks(Map<String, Boolean> checklist) {
        List<Mrkdwn> lines = checklist.entrySet().stream().limit(CHECKS)
                .map(check -> Mrkdwn.of(check.getValue() ? "Done: {}" : "*Missing:* {}",
                        Mrkdwn.text(check.getKey(), 200)))
                .toList();
        return Mrkdwn.join("\n", lines);
    }

    /** To whoever is to do something; nothing where it was done. */
    public static Optional<Rendered> item(IncidentView view, long id) {
        Incident incident = view.incident();
        return view.items().stream().filter(item -> item.id() == id && item.open()).findFirst().map(item -> {
            Mrkdwn head = Mrkdwn.of(item.requestDone() ? "*Is this done now?* From {}" : "*Yours to do*, from {}",
                    IncidentWords.name(incident));
            return Rendered.of(head.line(IncidentWords.item(item)),
                    List.of(Blocks.section(head.line(IncidentWords.item(item))),
                            Blocks.actions("item:" + item.id(), buttons(incident, item))));
        });
    }

    private static List<Map<String, Object>> buttons(Incident incident, IncidentView.Item item) {
        String value = Long.toString(item.id());
        List<Map<String, Object>> row = new ArrayList<>();
        row.add(Blocks.styled(button(IncidentActions.DONE, incident, value, "Done", "It is done"), "primary"));
        if (askable(item)) {
            row.add(button(IncidentActions.REQUEST, incident, value, "Make a request", "Ask for what it needs"));
        }
        row.add(button(IncidentActions.DROP, incident, value, "Drop", "It is not needed any more"));
        return row;
    }

    /** Whether a request can be made of it. */
    private static boolean askable(IncidentView.Item item) {
        return item.followup() && item.open() && item.request().isEmpty();
    }

    /** To whoever is in it, while its channel is not there; nothing where it is over. */
    public static Optional<Rendered> invited(IncidentView view) {
        Incident incident = view.incident();
        if (!incident.open()) {
            return Optional.empty();
        }
        Mrkdwn head = Mrkdwn.of("*You are needed:* {}, {}, on {}.", IncidentWords.name(incident),
                IncidentWords.status(incident), IncidentWords.on(view.entity()));
        Mrkdwn where = incident.channel().trouble().map(why -> Mrkdwn.text(why, 600))
                .orElse(Mrkdwn.of("Channel: {}.", IncidentWords.channel(incident)));
        return Optional.of(Rendered.paragraph(head.line(where)));
    }
}
