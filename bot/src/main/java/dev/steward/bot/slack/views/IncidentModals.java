package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.definitions.Durations;
import dev.steward.definitions.Workflow;
import dev.steward.incidents.Incident;
import dev.steward.incidents.IncidentView;
import dev.steward.incidents.Severity;
import dev.steward.incidents.TimelineEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The forms of incidents. Where one is about an incident, its metadata is that incident's number. */
public final class IncidentModals {
    /** Callback id of the form that declares; its metadata is empty or the message that it was chosen on. */
    public static final String DECLARE = "incident-declare";
    /** Callback id of the form that tells how it stands. */
    public static final String UPDATE = "incident-update";
    /** Callback id of the form that says what ended it. */
    public static final String RESOLVE = "incident-resolve";
    /** Callback id of the form that says why it was none. */
    public static final String DECLINE = "incident-decline";
    /** Callback id of the form for something to do later. */
    public static final String FOLLOWUP = "incident-followup";
    /** Callback id of the form for something that happened. */
    public static final String NOTE = "incident-note";
    /** Callback id of the form that changes an entry; its metadata is the incident, a colon and the entry. */
    public static final String AMEND = "incident-amend";
    /** Callback id of the form for what was learned. */
    public static final String POSTMORTEM = "incident-postmortem";

    /** Callback id of the form that chooses what to ask for. */
    public static final String REQUEST = "incident-request";

    /** Field of {@link #REQUEST}: the follow-up. */
    public static final String ITEM = "item";
    /** Field of {@link #REQUEST}: the workflow, by name. */
    public static final String WORKFLOW = "workflow";
    /** Field of {@link #DECLARE}. */
    public static final String TITLE = "title";
    /** Field of {@link #DECLARE}. */
    public static final String SEVERITY = "severity";
    /** Field of {@link #DECLARE}. */
    public static final String ENTITY = "entity";
    /** Field of {@link #DECLARE}. */
    public static final String SUMMARY = "summary";
    /** Field of {@link #DECLARE}. */
    public static final String LEAD = "lead";
    /** Field of {@link #DECLARE}; answered when it is ticked. */
    public static final String PRIVATE = "private";
    /** Field of {@link #UPDATE}. */
    public static final String CONDITIONS = "conditions";
    /** Field of {@link #UPDATE}. */
    public static final String ACTIONS = "actions";
    /** Field of {@link #UPDATE}. */
    public static final String NEEDS = "needs";
    /** Field of {@link #UPDATE}: until the next. */
    public static final String NEXT = "next";
    /** The words of the other forms. */
    public static final String WORDS = "words";
    /** Field of {@link #FOLLOWUP}. */
    public static final String OWNER = "owner";
    /** Field of {@link #FOLLOWUP}. */
    public static final String DUE = "due";
    /** What the fields of {@link #POSTMORTEM} begin with; a number follows. */
    public static final String PART = "part:";

    private static final int TITLE_MAX = 150;
    /** Slack's limits for a list. */
    private static final int OPTIONS = 100;
    private static final int LABEL = 75;
    private static final List<Duration> UNTIL_NEXT = Stream.of(15, 30, 60, 120, 240).map(Duration::ofMinutes).toList();

    private IncidentModals() {}

    /**
     * What is filled in already.
     *
     * @param entity
     *            by name
     * @param said
     *            what the message says that it was chosen on
     * @param metadata
     *            comes back with the form
     */
    public record Prefill(String title, Optional<Severity> severity, Optional<String> entity, Optional<String> said,
            String metadata) {
        /** Nothing but a title, which may be empty. */
        public static Prefill title(String title) {
            return new Prefill(title, Optional.empty(), Optional.empty(), Optional.empty(), "");
        }
    }

    /** The form that declares. Two fields are enough. */
    public static Map<String, Object> declare(Prefill filled) {
        List<Map<String, Object>> blocks = new ArrayList<>();
        blocks.add(Blocks.section(Mrkdwn.of("It is fine if this is incomplete. What and how bad is enough.")));
        filled.said().ifPresent(said -> blocks.add(Blocks.section(
                Mrkdwn.of("This becomes the first entry of its timeline:").line(Mrkdwn.quote(said, 500)))));
        blocks.add(Inputs.required(TITLE, "What is wrong?", "",
                Inputs.line(TITLE, TITLE_MAX, Mrkdwn.cut(Mrkdwn.oneLine(filled.title()), TITLE_MAX))));
        blocks.add(Inputs.required(SEVERITY, "How bad is it?", "Unsure? Take the higher one.",
                Inputs.radio(SEVERITY, Stream.of(Severity.values()).map(IncidentModals::option).toList(),
                        filled.severity().map(IncidentModals::option))));
        blocks.add(
                Inputs.optional(ENTITY, "On what?", "Steward calls in its owners and on-call, and shows what changed.",
                        Inputs.search("service", ENTITY, filled.entity())));
        blocks.add(Inputs.optional(SUMMARY, "What else is known?", "", Inputs.lines(SUMMARY, 2000, "")));
        blocks.add(Inputs.optional(LEAD, "Who leads?", "Leave empty for whoever takes it.", Inputs.user(LEAD)));
        blocks.add(Inputs.optional(PRIVATE, "Who may see it?", "",
                Inputs.box(PRIVATE, Blocks.option("yes", "Private: only those who are in it"))));
        return Modals.form(DECLARE, filled.metadata(), "Declare an incident", "Declare", blocks);
    }

    private static Map<String, Object> option(Severity severity) {
        return Blocks.option(severity.text(), severity.text(), severity.meaning());
    }

    /**
     * It is declared.
     *
     * @param alike
     *            open ones that may be the same
     */
    public static Map<String, Object> declared(Incident incident, List<Incident> alike, CommandNames names) {
        Mrkdwn where = incident.channel().id()
                .map(id -> Mrkdwn.of("*{} is declared.* Go on in {}.", incident.id().text(), Mrkdwn.channel(id)))
                .orElse(Mrkdwn.of("*{} is declared.* Its channel {} is being made; you are invited.",
                        incident.id().text(), Mrkdwn.text("#" + incident.channel().name(), 90)));
        Mrkdwn same = alike.isEmpty()
                ? Mrkdwn.EMPTY
                : Mrkdwn.of("*The same as one of these?* Then merge: {} there.",
                        names.of("incident merge " + alike.getFirst().id().text()))
                        .line(IncidentWords.list(alike));
        return Modals.notice("Declared", where.line(same));
    }

    /** The form that tells how it stands, under what was told last. */
    public static Map<String, Object> update(IncidentView view) {
        List<Map<String, Object>> blocks = new ArrayList<>();
        Mrkdwn last = IncidentWords.update(view);
        blocks.add(Blocks.section(last.isEmpty()
                ? Mrkdwn.of("Any one of the three is enough.")
                : Mrkdwn.of("*The last update*").line(last)));
        blocks.add(Inputs.optional(CONDITIONS, "Conditions: what is so now?", "", Inputs.lines(CONDITIONS, 1000, "")));
        blocks.add(Inputs.optional(ACTIONS, "Actions: what is being done?", "", Inputs.lines(ACTIONS, 1000, "")));
        blocks.add(Inputs.optional(NEEDS, "Needs: what is missing?", "", Inputs.lines(NEEDS, 1000, "")));
        Optional<Duration> usual = view.incident().severity().updateEvery().filter(UNTIL_NEXT::contains);
        blocks.add(Inputs.optional(NEXT, "Next update in", "", Inputs.select(NEXT, "When there is news",
                UNTIL_NEXT.stream().map(IncidentModals::option).toList(), usual.map(IncidentModals::option))));
        return about(UPDATE, view.incident(), "Update", "Tell", blocks);
    }

    private static Map<String, Object> option(Duration duration) {
        return Blocks.option(Durations.written(duration), Durations.words(duration));
    }

    /** The form that says what ended it. */
    public static Map<String, Object> resolve(Incident incident) {
        return about(RESOLVE, incident, "Resolve", "Resolve", List.of(Inputs.optional(WORDS, "What ended it?",
                "Frozen applies go on, and access given for it ends.",
                Inputs.lines(WORDS, 2000, ""))));
    }

    /** The form that says why it was none. */
    public static Map<String, Object> decline(Incident incident) {
        return about(DECLINE, incident, "Decline", "Decline", List.of(Inputs.required(WORDS,
                "Why is it not an incident?", "It ends, and does not count in the figures.",
                Inputs.lines(WORDS, 500, ""))));
    }

    /** The form for something to do later. */
    public static Map<String, Object> followup(Incident incident) {
        return about(FOLLOWUP, incident, "Follow-up", "Add", List.of(
                Inputs.required(WORDS, "What is to be done?", "", Inputs.lines(WORDS, 500, "")),
                Inputs.optional(OWNER, "By whom?", "", Inputs.user(OWNER)),
                Inputs.optional(DUE, "By when?", "", Inputs.day(DUE))));
    }

    /**
     * The form that chooses what to ask for, because of a follow-up.
     *
     * @param items
     *            of which a request can be made; one at least
     * @param workflows
     *            that the person may use; one at least
     */
    public static Map<String, Object> request(Incident incident, List<IncidentView.Item> items,
            List<Workflow> workflows) {
        List<Map<String, Object>> choices = items.stream().limit(OPTIONS)
                .map(item -> Blocks.option(Long.toString(item.id()), Mrkdwn.cut(item.text(), LABEL))).toList();
        return about(REQUEST, incident, "Request", "Next", List.of(
                Inputs.required(ITEM, "For which follow-up?", "", Inputs.select(ITEM, "A follow-up", choices,
                        Optional.of(choices).filter(all -> all.size() == 1).map(List::getFirst))),
                Inputs.required(WORKFLOW, "What is needed?", "Its form opens next, with what is known filled in.",
                        Inputs.select(WORKFLOW, "A kind of request", workflows.stream().limit(OPTIONS)
                                .map(one -> Blocks.option(one.name(), Mrkdwn.cut(one.title(), LABEL))).toList(),
                                Optional.empty()))));
    }

    /** The form for something that happened. */
    public static Map<String, Object> note(Incident incident) {
        return about(NOTE, incident, "Note", "Write down", List.of(Inputs.required(WORDS, "What happened?",
                "If it was earlier, begin with how long ago: 10m ago ...", Inputs.lines(WORDS, 2000, ""))));
    }

    /** The form that changes an entry of the timeline. */
    public static Map<String, Object> amend(Incident incident, TimelineEntry entry) {
        return Modals.form(AMEND, incident.id().value() + ":" + entry.id(), "Edit an entry", "Save",
                List.of(Blocks.section(Mrkdwn.of("{}, {}", Mrkdwn.when(entry.at()), Mrkdwn.text(entry.by(), 60))),
                        Inputs.optional(WORDS, "What happened?",
                                "Leave empty to take the entry out. What it said before is kept.",
                                Inputs.lines(WORDS, Inputs.TEXT_MAX, entry.text()))));
    }

    /**
     * The form for what was learned.
     *
     * @param parts
     *            the text, in pieces of at most 3,000 characters
     */
    public static Map<String, Object> postmortem(Incident incident, List<String> parts) {
        List<Map<String, Object>> blocks = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            String label = parts.size() == 1
                    ? "Postmortem, in Markdown"
                    : "Part " + (i + 1) + " of " + parts.size();
            blocks.add(Inputs.optional(PART + i, label, "", Inputs.lines(PART + i, Inputs.TEXT_MAX, parts.get(i))));
        }
        return about(POSTMORTEM, incident, "Postmortem", "Keep", blocks);
    }

    /** What was learned is too long for a form. */
    public static Map<String, Object> postmortemTooLong(Incident incident, String body) {
        return Modals.notice("Postmortem", Mrkdwn.of(
                "{}: too long to be edited in Slack ({} characters). Its beginning:", incident.id().text(),
                body.length()).line(Mrkdwn.block(body, 2500)));
    }

    private static Map<String, Object> about(String callback, Incident incident, String title, String submit,
            List<Map<String, Object>> blocks) {
        return Modals.form(callback, Long.toString(incident.id().value()),
                Mrkdwn.cut(incident.id().text() + " " + title, 24), submit, blocks);
    }
}
