package dev.steward.bot.slack;

import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.channels.Authors;
import dev.steward.bot.slack.people.Directory;
import dev.steward.bot.slack.views.CommandAnswers;
import dev.steward.bot.slack.views.CommandNames;
import dev.steward.bot.slack.views.IncidentAnswers;
import dev.steward.catalog.Person;
import dev.steward.database.Database;
import dev.steward.incidents.Incident;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.IncidentView;
import dev.steward.incidents.Incidents;
import dev.steward.incidents.TimelineEntry;
import dev.steward.requests.ActOutcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What commands, buttons and forms of incidents have in common.
 *
 * @param authors
 *            reads what people wrote
 */
record IncidentDesk(Database database, IncidentSeams seams, IncidentMessages messages, Authors authors,
        Words words, InstantSource clock) {

    /**
     * What is said beside incidents.
     *
     * @param general
     *            answers that are not about incidents
     */
    record Words(CommandNames names, CommandAnswers general) {}

    Incidents incidents() {
        return seams.incidents();
    }

    Directory directory() {
        return authors.directory();
    }

    /** Does something as a member, or answers why not. */
    void as(String user, Consumer<Rendered> privately, Consumer<Person> work) {
        switch (directory().find(user)) {
            case Directory.Lookup.Known(Person person) -> member(person, privately, work);
            case Directory.Lookup.Nobody _ -> privately.accept(words.general().unknownPerson());
            case Directory.Lookup.Unclear _ -> directory().remembered(user).ifPresentOrElse(
                    person -> member(person, privately, work), () -> privately.accept(words.general().unknownPerson()));
        }
    }

    private void member(Person person, Consumer<Rendered> privately, Consumer<Person> work) {
        if (person.mayAct()) {
            work.accept(person);
        } else {
            privately.accept(words.general().notAMember(person));
        }
    }

    /** The incident, for somebody who may see it. */
    Optional<IncidentView> view(IncidentId id, Person person) {
        return database.read(h -> incidents().view(h, id, Optional.of(person)));
    }

    /** The incident of that channel. */
    Optional<Incident> inChannel(String channel) {
        return database.read(h -> incidents().inChannel(h, channel));
    }

    /**
     * A part of the timeline, for somebody who may see the incident.
     *
     * @param from
     *            how many entries to leave out; negative: show the latest
     */
    Rendered timeline(Incident incident, int from, boolean all) {
        IncidentId id = incident.id();
        int size = database.read(h -> incidents().timelineSize(h, id, all));
        int start = from < 0 || from >= size ? Math.max(0, size - IncidentAnswers.PAGE) : from;
        List<TimelineEntry> entries = database
                .read(h -> incidents().timeline(h, id, all, IncidentAnswers.PAGE, start));
        return IncidentAnswers.timeline(incident, entries, start, size, all);
    }

    /** What changed in so many hours, for that person alone. */
    Rendered changes(IncidentView view, Duration back) {
        return messages.changes(view, (int) Math.max(1, back.toHours()), false);
    }

    /** What became of a deed. */
    static Rendered said(ActOutcome outcome) {
        return Rendered.paragraph(Mrkdwn.text(text(outcome), 2000));
    }

    static String text(ActOutcome outcome) {
        return switch (outcome) {
            case ActOutcome.Done(String message) -> message;
            case ActOutcome.Refused(String why) -> why;
        };
    }
}
