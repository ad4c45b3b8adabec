package dev.steward.bot.slack.people;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.web.SlackAnswer;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.catalog.Mirrored;
import dev.steward.catalog.Team;
import dev.steward.catalog.TeamSource;
import dev.steward.catalog.Teams;
import dev.steward.database.Database;
import dev.steward.jobs.Job;
import dev.steward.jobs.Jobs;
import dev.steward.ledger.Actor;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the members of Slack user groups into the teams that are bound to them: every 10 min, when an event says that a
 * group changed, and at once when asked. A group that cannot be read keeps its members until they are too old to count.
 */
public final class GroupMirror {
    /** The kind of job that mirrors all groups, again and again. */
    public static final String SWEEP = "slack.mirror-groups";
    /** The kind of job that mirrors one group. */
    public static final String ONE = "slack.mirror-group";
    /** The kind of job that asks Slack about one account. */
    public static final String PERSON = "slack.refresh-person";

    private static final Logger LOG = LoggerFactory.getLogger(GroupMirror.class);
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final Database database;
    private final Jobs jobs;
    private final Teams teams;
    private final Directory directory;
    private final SlackApi api;

    /** A mirror of one workspace's groups. */
    public GroupMirror(Database database, Jobs jobs, Teams teams, Directory directory, SlackApi api) {
        this.database = database;
        this.jobs = jobs;
        this.teams = teams;
        this.directory = directory;
        this.api = api;
    }

    /** The handlers of this class's jobs, by kind. */
    public Map<String, Job.Handler> handlers() {
        return Map.of(SWEEP, this::sweep, ONE,
                job -> again(mirror(new TeamSource.SlackGroup(job.args().path("group").asText()))), PERSON,
                job -> switch (directory.ask(job.args().path("user").asText())) {
                    case Directory.Lookup.Unclear unclear -> new Job.Outcome.Again(unclear.retryAfter());
                    case Directory.Lookup.Known known -> Job.Outcome.DONE;
                    case Directory.Lookup.Nobody nobody -> Job.Outcome.DONE;
                });
    }

    /** Has the sweep begin with the next run of jobs; at every start. */
    public void schedule(Handle handle) {
        jobs.enqueue(handle, Job.Order.now(SWEEP, SWEEP, Map.of(), Job.Lane.GENERAL));
    }

    /** Has one group mirrored soon. */
    public void changed(Handle handle, TeamSource.SlackGroup group) {
        jobs.enqueue(handle, Job.Order.now(ONE + ":" + group.id(), ONE, Map.of("group", group.id()),
                Job.Lane.GENERAL));
    }

    /** Has one account read again soon. */
    public void personChanged(Handle handle, String user) {
        jobs.enqueue(handle, Job.Order.now(PERSON + ":" + user, PERSON, Map.of("user", user), Job.Lane.GENERAL));
    }

    /**
     * Reads the groups of these teams from Slack now: before an apply is claimed.
     *
     * @param names
     *            of teams; those that are bound to no group are left alone
     * @return whether all of them could be read
     */
    public boolean refresh(Set<String> names) {
        Set<TeamSource> sources = database.read(h -> names.stream().map(name -> teams.byName(h, name))
                .flatMap(Optional::stream).map(Team::source).collect(Collectors.toSet()));
        boolean all = true;
        for (TeamSource source : sources) {
            boolean read = !(source instanceof TeamSource.SlackGroup group) || mirror(group).isEmpty();
            all = all && read;
        }
        return all;
    }

    private Job.Outcome sweep(Job job) {
        database.writing(h -> teams.sources(h).forEach(group -> changed(h, group)));
        return new Job.Outcome.Again(EVERY);
    }

    private static Job.Outcome again(Optional<Duration> wait) {
        return wait.<Job.Outcome>map(Job.Outcome.Again::new).orElse(Job.Outcome.DONE);
    }

    /** Mirrors the group; if that failed, answers when to try again. */
    private Optional<Duration> mirror(TeamSource.SlackGroup group) {
        return switch (api.call("usergroups.users.list", Map.of("usergroup", group.id()))) {
            case SlackAnswer.Ok(JsonNode body) -> {
                Set<Actor.SlackUser> accounts = new LinkedHashSet<>();
                body.path("users").forEach(user -> accounts.add(directory.account(user.asText())));
                yield store(group, accounts);
            }
            case SlackAnswer.Refused(String error, JsonNode body) -> {
                LOG.warn("user group {} cannot be read: {}", group.id(), error);
                // A group that is gone has no members; any other error says nothing about them.
                yield error.equals("no_such_subteam") ? store(group, Set.of()) : Optional.of(EVERY);
            }
            case SlackAnswer.Limited(Duration wait) -> Optional.of(wait);
            case SlackAnswer.Lost lost -> {
                LOG.warn("user group {} cannot be read: {}", group.id(), lost.why());
                yield Optional.of(Duration.ofSeconds(10));
            }
        };
    }

    private Optional<Duration> store(TeamSource.SlackGroup group, Set<Actor.SlackUser> accounts) {
        Mirrored mirrored = database.write(h -> {
            Mirrored now = teams.mirror(h, group, accounts);
            directory.departures(h);
            return now;
        });
        if (mirrored.unknown().isEmpty()) {
            return Optional.empty();
        }
        Optional<Duration> wait = meet(mirrored.unknown());
        database.writing(h -> teams.mirror(h, group, accounts));
        return wait;
    }

    private Optional<Duration> meet(Set<Actor.SlackUser> unknown) {
        for (Actor.SlackUser account : unknown) {
            if (directory.ask(account.user()) instanceof Directory.Lookup.Unclear unclear) {
                return Optional.of(unclear.retryAfter());
            }
        }
        return Optional.empty();
    }
}
