package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Layout;
import dev.steward.bot.slack.blocks.Layout.Weight;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.incidents.Incident;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.IncidentRole;
import dev.steward.incidents.IncidentState;
import dev.steward.incidents.IncidentView;
import dev.steward.incidents.Severity;
import dev.steward.incidents.TimelineEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The private answers to {@code /incident}. */
public final class IncidentAnswers {
    /** Entries of a timeline that are shown at once. */
    public static final int PAGE = 15;

    private static final Set<TimelineEntry.Kind> EDITABLE = Set.of(TimelineEntry.Kind.NOTE, TimelineEntry.Kind.MESSAGE);

    private final CommandNames names;

    /** Answers that name the commands as this installation does. */
    public IncidentAnswers(CommandNames names) {
        this.names = names;
    }

    /** What can be typed. */
    public Rendered help(Optional<Incident> here) {
        Mrkdwn head = here.map(incident -> Mrkdwn.of("*{}*: {}", IncidentWords.name(incident),
                IncidentWords.status(incident)))
                .orElse(Mrkdwn.of("{} declares one. In its channel:", names.of("incident checkout is down")));
        return withDeclare(head, verbs(), "", here.isPresent() ? "Declare another" : "Declare an incident");
    }

    /** Somebody says that something is wrong; the title is in their words, and may be empty. */
    public Rendered howToDeclare(String title) {
        return withDeclare(
                Mrkdwn.of("*Is something wrong?* The button opens the form that declares an incident{}. Or type {}. "
                        + "Nothing is declared yet.", title.isEmpty() ? "" : ", with your words in it",
                        names.of("incident " + (title.isEmpty() ? "checkout is down" : Mrkdwn.cut(title, 100)))),
                Mrkdwn.EMPTY,
                title, "Declare an incident");
    }

    private Mrkdwn verbs() {
        return Mrkdwn.join("\n", Stream.of(IncidentVerb.values()).map(verb -> Mrkdwn.of("{} {}",
                names.of(("incident " + verb.word() + " " + verb.example()).strip()), verb.meaning())).toList());
    }

    /** In an incident's channel: no verb that there is. */
    public Rendered unknownVerb(String typed, String text, Optional<IncidentVerb> nearest) {
        Mrkdwn meant = nearest.map(verb -> Mrkdwn.of(" Did you mean {}?", names.of("incident " + verb.word())))
                .orElse(Mrkdwn.EMPTY);
        Mrkdwn head = Mrkdwn.of("There is no {}, and nothing was done.{} {} lists what there is.",
                names.of("incident " + Mrkdwn.cut(typed, 40)), meant, names.of("incident help"));
        return withDeclare(head, Mrkdwn.EMPTY, text, "Declare another");
    }

    /** A verb outside an incident's channel. */
    public Rendered whichIncident(IncidentVerb verb, String text) {
        Mrkdwn head = Mrkdwn.of("Which incident? Type it in its channel, or {}. Nothing was done.",
                names.of("incident INC-7 " + verb.word()));
        return withDeclare(head, Mrkdwn.EMPTY, text, "Declare one called that");
    }

    private static Rendered withDeclare(Mrkdwn head, Mrkdwn more, String title, String label) {
        Layout message = new Layout().add(Weight.VITAL, head).add(Weight.MAJOR, more);
        message.add(Weight.VITAL, Blocks.actions("declare", List.of(declare("t:" + Mrkdwn.cut(title, 300), label))));
        return Rendered.of(head, message.blocks());
    }

    /** The button that opens the form. */
    static Map<String, Object> declare(String value, String label) {
        return Blocks.button(IncidentActions.DECLARE, value, label, label);
    }

    /** There is none of that number, or not for this person. */
    public Rendered noSuch(IncidentId id) {
        return Rendered.paragraph(Mrkdwn.of("There is no {} that you may see. Nothing was done.", id.text()));
    }

    /** The word after the verb is missing or makes no sense. */
    public Rendered use(IncidentVerb verb, String why) {
        return Rendered.paragraph(Mrkdwn.of("{} Like this: {}. Nothing was done.", Mrkdwn.text(why, 200),
                names.of(("incident " + verb.word() + " " + verb.example()).strip())));
    }

    /** Which severities there are. */
    public Rendered severities() {
        return Rendered.paragraph(Mrkdwn.of("Which one? {} and so on. Unsure: the higher. Nothing was done.",
                names.of("incident severity SEV-2"))
                .line(Mrkdwn.join("\n", Stream.of(Severity.values())
                        .map(severity -> Mrkdwn.of("*{}* {}", severity.text(), severity.meaning())).toList())));
    }

    /** Slack did not open the form. */
    public Rendered openAgain(String title) {
        return Rendered.of(Mrkdwn.of("Slack did not open the form. Nothing was done."), List.of(
                Blocks.section(Mrkdwn.of("Slack did not open the form. Nothing was done.")),
                Blocks.actions("declare", List.of(declare("t:" + Mrkdwn.cut(title, 300), "Open the form")))));
    }

    /** A form that is about an incident did not open. */
    public Rendered notOpen() {
        return Rendered.paragraph(Mrkdwn.of("Slack did not open the form. Nothing was done. Type it again."));
    }

    /** How it stands, for one person. */
    public static Rendered summary(IncidentView view) {
        Incident incident = view.incident();
        Mrkdwn head = Mrkdwn.of("*{}*: {}", IncidentWords.name(incident), IncidentWords.status(incident));
        Layout message = new Layout().add(Weight.VITAL, head.line(Mrkdwn.of("On {}. Declared {} by {}. In {}.",
                IncidentWords.on(view.entity()), Mrkdwn.when(incident.times().declared()),
                Mrkdwn.text(view.declaredBy().displayName(), 60), IncidentWords.channel(incident))));
        message.add(Weight.VITAL, Mrkdwn.join("\n", Stream.of(IncidentRole.values())
                .map(role -> Mrkdwn.of("*{}* {}", role.title(), IncidentWords.role(view, role))).toList()));
        incident.channel().trouble().ifPresent(why -> message.add(Weight.VITAL, Mrkdwn.text(why, 600)));
        message.add(Weight.MAJOR, IncidentWords.update(view));
        message.add(Weight.MAJOR, IncidentWords.items(view));
        message.add(Weight.MINOR, Mrkdwn.join("\n", view.links().stream().limit(10)
                .map(link -> Mrkdwn.link(link.url(), Mrkdwn.cut(link.title(), 80))).toList()));
        return Rendered.of(head, message.blocks());
    }

    /**
     * A part of the timeline.
     *
     * @param from
     *            how many entries stand before these
     * @param size
     *            how many there are in all
     * @param all
     *            with what the short view leaves out
     */
    public static Rendered timeline(Incident incident, List<TimelineEntry> entries, int from, int size, boolean all) {
        Mrkdwn head = Mrkdwn.of("*Timeline of {}*, {} to {} of {}", incident.id().text(),
                entries.isEmpty() ? 0 : from + 1, from + entries.size(), size);
        Layout message = new Layout().add(Weight.VITAL, head);
        entries.forEach(entry -> message.add(Weight.MAJOR, EDITABLE.contains(entry.kind())
                ? Blocks.section(line(entry), IncidentWords.button(IncidentActions.AMEND + ":" + entry.id(), incident,
                        Long.toString(entry.id()), "Edit", "Edit this entry"))
                : Blocks.section(line(entry))));
        message.add(Weight.VITAL,
                Blocks.actions("timeline:" + incident.id().value(), pages(incident, from, size, all)));
        return Rendered.of(head, message.blocks());
    }

    private static Mrkdwn line(TimelineEntry entry) {
        return Mrkdwn.of("{}  {}  _{}_", Mrkdwn.when(entry.at()), IncidentNotes.headed(entry, 500),
                Mrkdwn.text(entry.by(), 60));
    }

    private static List<Map<String, Object>> pages(Incident incident, int from, int size, boolean all) {
        String kind = all ? ":all" : "";
        List<Map<String, Object>> row = new ArrayList<>();
        if (from > 0) {
            row.add(page(incident, "earlier", Math.max(0, from - PAGE) + kind, "Earlier"));
        }
        if (from + PAGE < size) {
            row.add(page(incident, "later", from + PAGE + kind, "Later"));
        }
        row.add(all
                ? page(incident, "short", "", "The short view")
                : page(incident, "whole", "last:all", "Everything"));
        return row;
    }

    private static Map<String, Object> page(Incident incident, String id, String more, String label) {
        return IncidentWords.button(IncidentActions.TIMELINE + ":" + id, incident, more, label,
                label + " of the timeline");
    }

    /** The statuses that one can type. */
    public static String statuses() {
        return String.join(", ", Stream.of(IncidentState.Progress.values()).map(IncidentState.Progress::text).toList());
    }
}
