package dev.steward.bot.slack;

import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.channels.Authors;
import dev.steward.bot.slack.channels.CatchUp;
import dev.steward.bot.slack.channels.ChannelEvents;
import dev.steward.bot.slack.channels.IncidentChannels;
import dev.steward.bot.slack.channels.Pinning;
import dev.steward.bot.slack.sending.MessageViews;
import dev.steward.bot.slack.sending.Removals;
import dev.steward.bot.slack.views.CommandAnswers;
import dev.steward.bot.slack.views.CommandNames;
import dev.steward.bot.slack.views.IncidentAnswers;
import dev.steward.bot.slack.views.IncidentModals;
import dev.steward.catalog.Entity;
import dev.steward.catalog.EntityId;
import dev.steward.catalog.Person;
import dev.steward.database.Database;
import dev.steward.incidents.Incident;
import dev.steward.jobs.Job;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** All of incidents in Slack, wired: what answers what, what is sent, and the background work. */
final class IncidentRoutes {
    private final Database database;
    private final IncidentSeams seams;
    private final Answers answers;
    private final IncidentAnswers words;
    private final IncidentMessages messages;
    private final IncidentCommands commands;
    private final IncidentClicks clicks;
    private final IncidentForms forms;
    private final ChannelEvents events;
    private final Removals removals;
    private final CatchUp catchUp;
    private final Map<String, Job.Handler> handlers = new HashMap<>();

    IncidentRoutes(SlackConnection connection, SlackAdapter.Domain domain, Answers answers) {
        this.database = domain.database();
        this.seams = domain.use().incidents();
        this.answers = answers;
        var names = new CommandNames(connection.access().commandPrefix());
        this.messages = new IncidentMessages(domain.database(), seams.incidents(), domain.outbox(),
                connection.workspace(), names, connection.clock());
        var authors = new Authors(domain.database(), domain.catalog().people(), connection.directory());
        var general = new CommandAnswers(names);
        this.words = new IncidentAnswers(names);
        var desk = new IncidentDesk(domain.database(), seams, messages, authors,
                new IncidentDesk.Words(names, general), connection.clock());
        var opening = new Opening(connection.api(), connection.directory(), general);
        Function<String, Optional<Entity>> entities = name -> domain.database()
                .read(h -> domain.catalog().entities().byName(h, name));
        var deeds = new IncidentDeeds(desk, words, opening,
                new Mentions(domain.database(), domain.catalog().people(), connection.directory()), entities);
        this.commands = new IncidentCommands(desk, words, answers, opening, deeds);
        this.clicks = new IncidentClicks(desk, domain.outbox(), answers, opening, commands, deeds);
        this.forms = new IncidentForms(desk, connection.jobs(), deeds, commands, entities, answers);
        String botUser = connection.workspace().botUser();
        this.events = new ChannelEvents(seams.incidents(), connection.jobs(), authors, connection.directory(), botUser);
        this.removals = new Removals(botUser, connection.clock());
        var pinning = new Pinning(domain.database(), seams.incidents(), connection.api(), authors, botUser);
        this.catchUp = new CatchUp(domain.database(), connection.jobs(), seams.incidents(), connection.api(), pinning);
        var channels = new IncidentChannels(new IncidentChannels.Books(domain.database(), seams.incidents(),
                domain.outbox(), connection.clock()), connection.api(), botUser);
        List.of(forms.handlers(), events.handlers(), pinning.handlers(), catchUp.handlers(), channels.handlers())
                .forEach(handlers::putAll);
    }

    /** {@code /incident} and {@code /steward incident}. */
    void command(CommandCall call, String text) {
        commands.run(call, text);
    }

    /** Opens the form that declares one, with what is known already. */
    void declare(Click click, IncidentModals.Prefill filled) {
        commands.declare(click.user(), click.trigger(), filled, message -> answers.to(click, message));
    }

    /** How to declare one, for somebody who says that something is wrong. */
    Rendered howToDeclare(String title) {
        return words.howToDeclare(title);
    }

    /** The open incidents on that thing which the person may see. */
    List<Incident> on(Handle handle, Person person, EntityId entity) {
        return seams.incidents().open(handle, person).stream()
                .filter(incident -> incident.about().entity().filter(entity::equals).isPresent()).toList();
    }

    /** The open incidents that the person may see. */
    List<Incident> open(Handle handle, Person person) {
        return seams.incidents().open(handle, person);
    }

    MessageViews register(MessageViews views) {
        return messages.register(views);
    }

    Map<String, Consumer<Click>> clicks() {
        return clicks.all();
    }

    Map<String, Function<Submission, Map<String, Object>>> submissions() {
        return forms.submissions();
    }

    Map<String, Consumer<Shortcut>> shortcuts() {
        return forms.shortcuts();
    }

    /** What happens in the channels of incidents, and where Steward comes in or is taken out. */
    Routes.Happenings happened() {
        return new Routes.Happenings(
                event -> removals.concerns(event) || database.read(h -> events.concerns(h, event)), (h, event) -> {
                    removals.happened(h, event);
                    events.happened(h, event);
                });
    }

    /** The background work, by kind of job. */
    Map<String, Job.Handler> handlers() {
        return Map.copyOf(handlers);
    }

    /** Has the background work begin; at every start. */
    void schedule() {
        catchUp.schedule();
    }
}
