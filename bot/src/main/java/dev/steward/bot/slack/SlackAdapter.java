package dev.steward.bot.slack;

import dev.steward.access.Access;
import dev.steward.access.BreakGlassReviews;
import dev.steward.access.Reviews;
import dev.steward.bot.slack.channels.Authors;
import dev.steward.bot.slack.sending.ChannelNames;
import dev.steward.bot.slack.sending.MessageViews;
import dev.steward.bot.slack.sending.OutboxSender;
import dev.steward.bot.slack.socket.Sockets;
import dev.steward.bot.slack.views.AccessAnswers;
import dev.steward.bot.slack.views.CommandAnswers;
import dev.steward.bot.slack.views.CommandNames;
import dev.steward.bot.slack.views.DecisionWords;
import dev.steward.bot.slack.views.DirectMessages;
import dev.steward.bot.slack.views.ExtensionMessages;
import dev.steward.bot.slack.views.FormModal;
import dev.steward.bot.slack.views.HomeTab;
import dev.steward.bot.slack.views.IncidentActions;
import dev.steward.bot.slack.views.IncidentModals;
import dev.steward.bot.slack.views.LeaseMessages;
import dev.steward.bot.slack.views.OwnerCard;
import dev.steward.bot.slack.views.ShiftModals;
import dev.steward.bot.slack.views.RequestCard;
import dev.steward.catalog.Entities;
import dev.steward.catalog.Owners;
import dev.steward.catalog.People;
import dev.steward.catalog.Teams;
import dev.steward.database.Database;
import dev.steward.definitions.Workflow;
import dev.steward.incidents.alerts.Alerts;
import dev.steward.jobs.Job;
import dev.steward.ledger.Actor;
import dev.steward.oncall.OnCall;
import dev.steward.outbox.Outbox;
import dev.steward.requests.Requests;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Steward in Slack: receives commands and clicks for the use cases, and sends what the outbox holds. Sending begins with
 * {@link #start}. Receiving is for who holds the way in: {@link #endpoint} is possible at once, {@link #sockets} are to be
 * started.
 */
public final class SlackAdapter implements AutoCloseable {
    /** The kind of job that carries out a stored click. */
    public static final String CLICK_JOB = StoredClicks.KIND;

    private static final int THREADS = 16;
    private static final int WAITING = 1000;

    private final Background background = new Background(THREADS, WAITING);
    private final AppHome home;
    private final IncidentRoutes incidents;
    private final Questions questions;
    private final OutboxSender sender;
    private final BoltEndpoint inside;
    private final Optional<SlackEndpoint> endpoint;
    private final Optional<Sockets> sockets;

    /** What there is to ask and to show. */
    public record Domain(Database database, Outbox outbox, Catalog catalog, UseCases use,
            Map<String, Workflow> workflows) {}

    /** What people do. */
    public record UseCases(Requests requests, Access access, Reviews reviews, BreakGlassReviews breakGlass,
            OnCall onCall, IncidentSeams incidents, Alerts alerts) {}

    /** Who there is and what there is. */
    public record Catalog(People people, Teams teams, Entities entities, Owners owners) {}

    /** An adapter over the connection and the domain given. */
    public SlackAdapter(SlackConnection connection, Domain domain) {
        var views = new RequestMessages(domain.database(), domain.use().requests(), domain.outbox(),
                connection.workspace());
        var late = new LateAnswers(domain.database(), domain.outbox(), connection.directory());
        var answers = new Answers(connection.api(), late);
        var reviews = new ReviewPosts(domain.database(), domain.use().reviews());
        this.incidents = new IncidentRoutes(connection, domain, answers);
        this.home = new AppHome(domain.database(), connection.jobs(), domain.use(), domain.catalog().people(),
                connection.directory(),
                new AppHome.Showing(new CommandNames(connection.access().commandPrefix()),
                        new HomeTab.Links(views::card, views::wish, views::review, views::emergency),
                        incidents::open));
        MessageViews messages = incidents.register(reviews.register(
                views.register(new MessageViews()).with(LateAnswers.VIEW, late)
                        .with(LateAnswers.ANSWER, LateAnswers::inTime)));
        EmergencyClicks.register(messages, domain.database(), domain.outbox(), connection.workspace(),
                domain.use().breakGlass());
        new OnCallRoutes(domain, new CommandNames(connection.access().commandPrefix())).register(messages,
                connection.workspace());
        AlertRoutes.register(messages, domain.database(), domain.use().alerts());
        this.sender = sender(connection, domain, messages, home);
        Wired wired = wired(connection, domain, answers, sender, incidents);
        this.questions = wired.questions();
        var handling = new BoltEndpoint.Handling(connection.received(), wired.routes(), background, answers,
                new StoredClicks(domain.database(), connection.jobs(), connection.received()));
        this.inside = new BoltEndpoint(handling, connection.api(), connection.access().botToken(),
                new BoltEndpoint.Events(domain.database(), connection.mirror(), home::opened));
        switch (connection.access().wayIn()) {
            case WayIn.Http http -> {
                endpoint = Optional
                        .of(new SignedDoor(new SlackSignature(http.signingSecret(), connection.clock()), inside));
                sockets = Optional.empty();
            }
            case WayIn.Socket socket -> {
                endpoint = Optional.empty();
                sockets = connection.socketApi()
                        .map(api -> new Sockets(api, socket.connections(), new SocketDoor(inside)));
            }
        }
    }

    /** The background work of the adapter, by kind of job. */
    public Map<String, Job.Handler> handlers() {
        Map<String, Job.Handler> handlers = new HashMap<>(home.handlers());
        handlers.putAll(incidents.handlers());
        handlers.putAll(questions.handlers());
        handlers.put(StoredClicks.KIND, inside::run);
        return Map.copyOf(handlers);
    }

    /**
     * Says that clicks are stored and no longer carried out: whoever clicks is told that it is done after the restart.
     */
    public void draining() {
        inside.draining();
    }

    /** Since when Slack does not answer; empty if it does. */
    public Optional<Instant> unreachableSince() {
        return sender.unreachableSince();
    }

    /** Makes the first person's call as quick as later ones; before the process says that it is ready. */
    public void warmUp() {
        inside.warmUp();
    }

    /** Begins to send. */
    public void start() {
        sender.start();
        incidents.schedule();
    }

    /** What answers Slack's requests over HTTP; absent in Socket Mode. */
    public Optional<SlackEndpoint> endpoint() {
        return endpoint;
    }

    /** The connections of Socket Mode, which are not opened yet; absent over HTTP. */
    public Optional<Sockets> sockets() {
        return sockets;
    }

    @Override
    public void close() {
        background.close();
        sender.close();
    }

    private static OutboxSender sender(SlackConnection connection, Domain domain, MessageViews views, AppHome home) {
        var people = domain.catalog().people();
        return new OutboxSender(domain.database(), domain.outbox(), connection.clock(), views,
                new OutboxSender.Post(connection.api(), new ChannelNames(connection.api(), connection.clock()),
                        connection.workspace().botUser(),
                        id -> domain.database().read(h -> people.byId(h, id)).flatMap(person -> person.slack())
                                .map(Actor.SlackUser::user),
                        home::of, connection.access().fallbackChannel()));
    }

    /** What answers what, and what answers questions in words. */
    private record Wired(Routes routes, Questions questions) {}

    private static Wired wired(SlackConnection connection, Domain domain, Answers answers,
            OutboxSender sender, IncidentRoutes incidents) {
        var catalog = domain.catalog();
        var database = domain.database();
        var names = new CommandNames(connection.access().commandPrefix());
        var words = new CommandAnswers(names);
        var directory = connection.directory();
        var workflows = new Workflows(domain.workflows(), catalog.teams());
        var forms = new Forms(database, domain.use().requests(), directory, workflows,
                new Forms.Screen(connection.api(), sender::isDelayed,
                        domain.use().incidents().incidents().itemRequests()));
        var opening = new Opening(connection.api(), directory, words);
        var speaking = new Commands.Speaking(names, words, answers, directory);
        var access = new AccessCommands(database,
                new AccessCommands.Asking(domain.use().requests(), domain.use().access(), catalog.owners()), speaking,
                opening,
                forms);
        var onCall = new OnCallCommands(domain, speaking, opening, connection.clock());
        var commands = new Commands(database, workflows, catalog.owners(), speaking,
                new Commands.Screens(opening, forms), new Commands.Others(access, incidents, onCall));
        var deciding = new Decisions.Speaking(words, answers, directory);
        var decisions = new Decisions(database, domain.use().requests(), workflows, forms, opening, deciding);
        var leases = new LeaseClicks(database, domain.use().requests(), workflows, forms, opening, deciding);
        var emergencies = new EmergencyClicks(database, new EmergencyClicks.Asking(domain.use().breakGlass(),
                domain.use().incidents().incidents()), opening, deciding);
        Map<String, Consumer<Click>> clicks = new HashMap<>(clicks(commands, forms, decisions));
        var followups = new FollowupRequests(database, domain.use().incidents().incidents(), workflows, forms, opening,
                deciding);
        clicks.put(IncidentActions.REQUEST, followups::clicked);
        clicks.putAll(new ReviewClicks(domain.use().reviews(), deciding).byAction());
        clicks.putAll(incidents.clicks());
        clicks.putAll(emergencies.clicks());
        clicks.putAll(new OnCallRoutes(domain, names).clicks(deciding));
        var alerts = new AlertRoutes(database,
                new AlertRoutes.Domain(domain.use().alerts(), domain.use().incidents().incidents(), catalog.owners()),
                opening,
                deciding, incidents::declare);
        clicks.putAll(alerts.clicks());
        clicks.put(AccessAnswers.ASK, access::asked);
        clicks.put(LeaseMessages.END, decisions::endLease);
        clicks.put(LeaseMessages.EXTEND, leases::extend);
        clicks.put(LeaseMessages.AGAIN, leases::again);
        clicks.put(LeaseMessages.PROMOTE, leases::promote);
        Map<String, Function<Submission, Map<String, Object>>> submissions = new HashMap<>(incidents.submissions());
        submissions.putAll(emergencies.submissions());
        submissions.put(IncidentModals.REQUEST, followups::chosen);
        submissions.put(ShiftModals.OVERRIDE, onCall.forms()::overridden);
        submissions.put(ShiftModals.SWAP, onCall.forms()::swapped);
        submissions.putAll(alerts.submissions());
        submissions.putAll(Map.of(ExtensionMessages.MODAL, leases::extended, FormModal.CALLBACK, forms::submitted,
                DecisionWords.REJECT_MODAL, decisions::rejected, DecisionWords.DELETES_MODAL,
                decisions::deletesTyped));
        var questions = new Questions(connection.jobs(), new Authors(database, catalog.people(), directory), answers,
                connection.workspace().botUser(), names.prefix(), commands::answer);
        var routes = new Routes(commands::run, Map.copyOf(clicks), Map.copyOf(submissions),
                new Searches(database, catalog.people(), catalog.teams(), catalog.entities()).byKind(),
                incidents.shortcuts(), questions.before(incidents.happened()));
        return new Wired(routes, questions);
    }

    private static Map<String, Consumer<Click>> clicks(Commands commands, Forms forms, Decisions decisions) {
        Map<String, Consumer<Click>> clicks = new HashMap<>();
        clicks.put(CommandAnswers.OPEN_FORM, commands::openForm);
        clicks.put(FormModal.ANSWER, forms::changed);
        clicks.put(FormModal.BACK, forms::back);
        clicks.put(RequestCard.APPROVE, decisions::approve);
        clicks.put(RequestCard.REJECT, decisions::reject);
        clicks.put(DirectMessages.CANCEL, decisions::cancel);
        clicks.put(DirectMessages.FIX, decisions::fix);
        clicks.put(DirectMessages.PLAN_AGAIN, decisions::planAgain);
        clicks.put(OwnerCard.REMOVE, decisions::remove);
        return Map.copyOf(clicks);
    }
}
