package dev.steward.bot.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.people.Workspace;
import dev.steward.bot.slack.sending.MessageViews;
import dev.steward.bot.slack.views.CommandNames;
import dev.steward.bot.slack.views.IncidentChanges;
import dev.steward.bot.slack.views.IncidentHeadline;
import dev.steward.bot.slack.views.IncidentNotes;
import dev.steward.database.Database;
import dev.steward.incidents.Changes;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.IncidentView;
import dev.steward.incidents.Incidents;
import dev.steward.incidents.TimelineEntry;
import dev.steward.outbox.Outbox;
import dev.steward.requests.Notices;
import dev.steward.requests.RequestId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Renders the outbox's messages about incidents from what the rows say when they are sent. */
final class IncidentMessages {
    private final Database database;
    private final Incidents incidents;
    private final Outbox outbox;
    private final Workspace workspace;
    private final CommandNames names;
    private final InstantSource clock;

    IncidentMessages(Database database, Incidents incidents, Outbox outbox, Workspace workspace, CommandNames names,
            InstantSource clock) {
        this.database = database;
        this.incidents = incidents;
        this.outbox = outbox;
        this.workspace = workspace;
        this.names = names;
        this.clock = clock;
    }

    /** All but the announcement stay among those who are in the incident, whatever becomes of its channel. */
    MessageViews register(MessageViews views) {
        inside(views, Incidents.HEADLINE, args -> inside(args).map(IncidentHeadline::of));
        inside(views, Incidents.CHANGES,
                args -> inside(args).map(view -> changes(view, args.path("hours").asInt(), true)));
        inside(views, Incidents.NOTE, args -> entry(args, (view, entry) -> IncidentNotes.note(entry)));
        inside(views, Incidents.UPDATE, args -> entry(args, IncidentNotes::update));
        inside(views, Incidents.UPDATE_DUE,
                args -> inside(args).map(view -> IncidentNotes.updateDue(view, clock.instant())));
        inside(views, Incidents.RESOLVED, args -> inside(args).map(this::resolved));
        inside(views, Incidents.ITEM,
                args -> inside(args).flatMap(view -> IncidentNotes.item(view, args.path("item").asLong())));
        inside(views, Incidents.INVITED, args -> inside(args).flatMap(IncidentNotes::invited));
        return views.with(Incidents.ANNOUNCEMENT, args -> database
                .read(h -> incidents.view(h, incident(args), Optional.empty())).map(IncidentHeadline::announcement));
    }

    private static void inside(MessageViews views, String name, MessageViews.View view) {
        views.with(name, args -> view.render(args).map(Rendered::kept));
    }

    private static IncidentId incident(JsonNode args) {
        return new IncidentId(args.path("incident").asLong());
    }

    private Optional<IncidentView> inside(JsonNode args) {
        return database.read(h -> incidents.inside(h, incident(args)));
    }

    private Optional<Rendered> entry(JsonNode args, BiFunction<IncidentView, TimelineEntry, Rendered> view) {
        return inside(args).flatMap(
                of -> database.read(h -> incidents.entry(h, incident(args), args.path("entry").asLong()))
                        .map(entry -> view.apply(of, entry)));
    }

    private Rendered resolved(IncidentView view) {
        Map<String, Boolean> checklist = database.read(h -> incidents.checklist(h, view.incident().id()));
        return IncidentNotes.resolved(view, checklist);
    }

    /**
     * What changed before.
     *
     * @param shared
     *            whether it stands in the channel, for all
     */
    Rendered changes(IncidentView view, int hours, boolean shared) {
        Changes changes = database
                .read(h -> incidents.changes(h, view.incident().id(), Duration.ofHours(hours)));
        return IncidentChanges.of(view, changes, new IncidentChanges.Window(hours, shared), names, this::card);
    }

    private Optional<String> card(RequestId request) {
        return database.read(h -> outbox.posted(h, Notices.cardKey(request)))
                .map(posted -> workspace.permalink(posted.channel(), posted.ts()));
    }
}
