package dev.steward.bot.slack.views;

import static dev.steward.bot.slack.views.IncidentWords.button;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Layout;
import dev.steward.bot.slack.blocks.Layout.Weight;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.incidents.Incident;
import dev.steward.incidents.IncidentRole;
import dev.steward.incidents.IncidentState;
import dev.steward.incidents.IncidentView;
import dev.steward.incidents.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The pinned message of an incident's channel, and the one by which everybody hears of it. Both are edited all along. */
public final class IncidentHeadline {
    private IncidentHeadline() {}

    /** What stands at the top of the channel: how it stands, who does what, what is open, and what to press. */
    public static Rendered of(IncidentView view) {
        Incident incident = view.incident();
        Layout message = new Layout().add(Weight.VITAL, Blocks.header(incident.id().text() + " " + incident.title()))
                .add(Weight.VITAL, Mrkdwn.of("{}, on {}", IncidentWords.status(incident),
                        IncidentWords.on(view.entity())).line(frozen(view)));
        message.add(Weight.MINOR, Mrkdwn.text(incident.about().summary(), 600));
        message.add(Weight.VITAL, Blocks.fields(Stream.of(IncidentRole.values())
                .map(role -> Mrkdwn.of("*{}*\n{}", role.title(), IncidentWords.role(view, role))).toList()));
        message.add(Weight.MAJOR, IncidentWords.update(view));
        due(incident).ifPresent(line -> message.add(Weight.MAJOR, Blocks.context(line)));
        message.add(Weight.MAJOR, IncidentWords.items(view));
        message.add(Weight.MINOR, alike(view));
        if (incident.open()) {
            List<Map<String, Object>> claims = claims(view);
            if (!claims.isEmpty()) {
                message.add(Weight.VITAL, Blocks.actions("claim:" + incident.id().value(), claims));
            }
            message.add(Weight.VITAL, Blocks.actions("incident:" + incident.id().value(), buttons(incident)));
        } else if (incident.state() instanceof IncidentState.Resolved) {
            message.add(Weight.VITAL, Blocks.actions("incident:" + incident.id().value(),
                    List.of(postmortem(incident), reopen(incident))));
        }
        return Rendered.of(Mrkdwn.of("{}: {}", IncidentWords.name(incident), IncidentWords.status(incident)),
                message.blocks());
    }

    private static Mrkdwn frozen(IncidentView view) {
        return view.frozen()
                ? Mrkdwn.of("*Frozen*: applies on {} and on what needs it wait until this is resolved.",
                        view.entity().map(e -> Mrkdwn.code(e.name(), 100)).orElse(Mrkdwn.of("it")))
                : Mrkdwn.EMPTY;
    }

    private static Optional<Mrkdwn> due(Incident incident) {
        return incident.times().updateDue().filter(at -> incident.open())
                .map(at -> Mrkdwn.of("Next update due {}", Mrkdwn.when(at)));
    }

    private static Mrkdwn alike(IncidentView view) {
        return view.alike().isEmpty() || !view.incident().open()
                ? Mrkdwn.EMPTY
                : Mrkdwn.of("*The same?* {}", Mrkdwn.join("; ",
                        view.alike().stream().limit(3).map(IncidentWords::listed).toList()));
    }

    private static List<Map<String, Object>> claims(IncidentView view) {
        return Stream.of(IncidentRole.values()).filter(role -> !view.roles().containsKey(role))
                .map(role -> claim(view.incident(), role)).toList();
    }

    private static Map<String, Object> claim(Incident incident, IncidentRole role) {
        Map<String, Object> button = button(IncidentActions.CLAIM + ":" + role.text(), incident, role.text(),
                role == IncidentRole.LEAD ? "I lead" : "I am " + role.text(), "Take the role " + role.title());
        return role == IncidentRole.LEAD ? Blocks.styled(button, "primary") : button;
    }

    private static List<Map<String, Object>> buttons(Incident incident) {
        List<Map<String, Object>> row = new ArrayList<>();
        row.add(button(IncidentActions.UPDATE, incident, "", "Update", "Tell people how it stands"));
        row.add(choice(IncidentActions.SEVERITY, "Severity", Stream.of(Severity.values()).map(
                severity -> Blocks.option(incident.id().value() + ":" + severity.text(), severity.text())).toList()));
        row.add(choice(IncidentActions.STATUS, "Status", Stream.of(IncidentState.Progress.values())
                .map(progress -> Blocks.option(incident.id().value() + ":" + progress.text(), progress.text()))
                .toList()));
        row.add(button(IncidentActions.NOTE, incident, "", "Note", "Write something down"));
        row.add(button(IncidentActions.TIMELINE, incident, "", "Timeline", "Show the timeline"));
        row.add(button(IncidentActions.RESOLVE, incident, "", "Resolve", "It is over"));
        return row;
    }

    private static Map<String, Object> choice(String action, String label, List<Map<String, Object>> options) {
        return Inputs.select(action, label, options, Optional.empty());
    }

    static Map<String, Object> postmortem(Incident incident) {
        return button(IncidentActions.POSTMORTEM, incident, "", "Postmortem", "Read and edit what was learned");
    }

    static Map<String, Object> reopen(Incident incident) {
        return button(IncidentActions.REOPEN, incident, "", "Reopen", "It goes on after all");
    }

    /** What stands where incidents are announced. A new SEV-1 tells everybody who is there. */
    public static Rendered announcement(IncidentView view) {
        Incident incident = view.incident();
        boolean loud = incident.severity() == Severity.SEV1 && incident.open();
        Mrkdwn head = Mrkdwn.of("{}: {}", IncidentWords.name(incident), IncidentWords.status(incident));
        Mrkdwn lead = Mrkdwn.of("On {}. Lead: {}. Channel: {}", IncidentWords.on(view.entity()),
                IncidentWords.role(view, IncidentRole.LEAD), IncidentWords.channel(incident));
        Layout message = new Layout().add(Weight.VITAL, loud ? Mrkdwn.of("<!here> {}", head) : head)
                .add(Weight.VITAL, lead.line(frozen(view)))
                .add(Weight.MAJOR, IncidentWords.update(view));
        due(incident).ifPresent(line -> message.add(Weight.MINOR, Blocks.context(line)));
        return Rendered.of(head, message.blocks());
    }
}
