package dev.steward.bot.slack;

import dev.steward.bot.slack.people.Directory;
import dev.steward.bot.slack.people.GroupMirror;
import dev.steward.bot.slack.people.Workspace;
import dev.steward.bot.slack.socket.Sockets;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.catalog.People;
import dev.steward.catalog.Teams;
import dev.steward.database.Database;
import dev.steward.jobs.Job;
import dev.steward.jobs.Jobs;
import dev.steward.requests.Requests;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The connection to one workspace: what the domain needs of Slack before there is anything to say in it. Opened first;
 * {@link SlackAdapter} takes it over.
 */
public final class SlackConnection implements AutoCloseable {
    static final String HOUSEKEEPING = "slack.forget-received";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration HOUSEKEEPING_EVERY = Duration.ofHours(6);

    private final Access access;
    private final SlackApi api;
    private final Optional<SlackApi> socketApi;
    private final Workspace workspace;
    private final Database database;
    private final Jobs jobs;
    private final InstantSource clock;
    private final Directory directory;
    private final GroupMirror mirror;
    private final Received received;

    /**
     * How to speak with Slack.
     *
     * @param apiUrl
     *            what stands before a method's name, for example {@code https://slack.com/api/}
     * @param commandPrefix
     *            what stands between {@code /} and {@code request}: empty, or ends in {@code -}
     * @param fallbackChannel
     *            for messages whose channel is gone
     */
    public record Access(URI apiUrl, String botToken, WayIn wayIn, String commandPrefix,
            Optional<String> fallbackChannel) {
        /** Tells no secret. */
        @Override
        public String toString() {
            return "Access[" + apiUrl + "]";
        }
    }

    /** Where the connection keeps what it learns. */
    public record Stores(Database database, Jobs jobs, People people, Teams teams, InstantSource clock) {}

    /**
     * Connects: asks Slack whose token it is.
     *
     * @throws IllegalStateException if Slack does not accept it or does not answer; the message says what to do
     */
    public SlackConnection(Access access, Stores stores) {
        this.access = access;
        this.database = stores.database();
        this.jobs = stores.jobs();
        this.clock = stores.clock();
        this.api = new SlackApi(access.apiUrl(), access.botToken(), PATIENCE);
        this.socketApi = access.wayIn() instanceof WayIn.Socket socket
                ? Optional.of(new SlackApi(access.apiUrl(), socket.appToken(), PATIENCE))
                : Optional.empty();
        try {
            this.workspace = Workspace.of(api);
            socketApi.ifPresent(Sockets::check);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        this.directory = new Directory(database, stores.people(), api, workspace, clock,
                h -> jobs.enqueue(h, Requests.sweep()));
        this.mirror = new GroupMirror(database, jobs, stores.teams(), directory, api);
        this.received = new Received(database, clock);
    }

    /**
     * Reads the members of these teams from Slack now.
     *
     * @return whether all of those that are bound to user groups could be read
     */
    public boolean refresh(Set<String> teams) {
        return mirror.refresh(teams);
    }

    /** The background work of the connection, by kind of job. */
    public Map<String, Job.Handler> handlers() {
        Map<String, Job.Handler> handlers = new HashMap<>(mirror.handlers());
        handlers.put(HOUSEKEEPING, job -> {
            received.forget();
            return new Job.Outcome.Again(HOUSEKEEPING_EVERY);
        });
        return Map.copyOf(handlers);
    }

    /** Has the background work begin; at every start. */
    public void schedule() {
        database.writing(h -> {
            mirror.schedule(h);
            jobs.enqueue(h, Job.Order.now(HOUSEKEEPING, HOUSEKEEPING, Map.of(), Job.Lane.GENERAL));
        });
    }

    Access access() {
        return access;
    }

    Jobs jobs() {
        return jobs;
    }

    SlackApi api() {
        return api;
    }

    /** With the app-level token; present in Socket Mode. */
    Optional<SlackApi> socketApi() {
        return socketApi;
    }

    Workspace workspace() {
        return workspace;
    }

    Directory directory() {
        return directory;
    }

    GroupMirror mirror() {
        return mirror;
    }

    Received received() {
        return received;
    }

    InstantSource clock() {
        return clock;
    }

    @Override
    public void close() {
        api.close();
        socketApi.ifPresent(SlackApi::close);
    }
}
