package dev.steward.bot.slack.channels;

import dev.steward.bot.slack.sending.Removals;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.database.Database;
import dev.steward.incidents.Incident;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.Incidents;
import dev.steward.jobs.Job;
import dev.steward.outbox.Message;
import dev.steward.outbox.Outbox;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Makes the channel of an incident and keeps it as the domain wants it: the channel, the people, then topic, bookmarks and
 * the pinned headline. Each step tells the domain; a run that was killed is begun again, and does only what is left.
 */
public final class IncidentChannels {
    /** People may have mended it meanwhile. */
    private static final Duration WHEN_STUCK = Duration.ofMinutes(10);
    private static final Duration HEADLINE_LIMIT = Duration.ofHours(1);

    private final Database database;
    private final Incidents incidents;
    private final Outbox outbox;
    private final InstantSource clock;
    private final ChannelMaker maker;
    private final Invitations invitations;
    private final Furnishing furnishing;
    /** What was furnished how since the start, so that waiting for the headline asks Slack nothing. */
    private final ConcurrentMap<IncidentId, Integer> furnished = new ConcurrentHashMap<>();

    /** Which headline was pinned since the start. */
    private final ConcurrentMap<IncidentId, String> pinned = new ConcurrentHashMap<>();

    /** Where it is looked up what is to be done, and noted what was. */
    public record Books(Database database, Incidents incidents, Outbox outbox, InstantSource clock) {}

    /** Channels that the bot user makes through that API. */
    public IncidentChannels(Books books, SlackApi api, String botUser) {
        this.database = books.database();
        this.incidents = books.incidents();
        this.outbox = books.outbox();
        this.clock = books.clock();
        this.maker = new ChannelMaker(api, botUser,
                id -> database.read(h -> incidents.inChannel(h, id).isPresent()));
        this.invitations = new Invitations(api, database, incidents);
        this.furnishing = new Furnishing(api, channel -> database.read(h -> Removals.from(h, channel)));
    }

    /** The background work, by kind of job. */
    public Map<String, Job.Handler> handlers() {
        return Map.of(Incidents.CHANNEL_JOB, job -> run(new IncidentId(job.args().path("incident").asLong())));
    }

    private Job.Outcome run(IncidentId id) {
        Optional<Incidents.Setup> setup = database.read(h -> incidents.setup(h, id));
        if (setup.isEmpty()) {
            furnished.remove(id);
            return Job.Outcome.DONE;
        }
        Incident incident = setup.get().incident();
        return incident.channel().id().map(channel -> keep(setup.get(), channel)).orElseGet(() -> make(incident));
    }

    private Job.Outcome make(Incident incident) {
        return switch (maker.make(incident)) {
            case ChannelMaker.Made.There(String channel, String name) -> {
                database.writing(h -> incidents.channelMade(h, incident.id(), channel, name));
                yield run(incident.id());
            }
            case ChannelMaker.Made.Later(Duration after) -> new Job.Outcome.Again(after);
            case ChannelMaker.Made.Stuck(Trouble trouble) -> stuck(incident.id(), trouble);
            case ChannelMaker.Made.None _ -> throw new IllegalStateException("no name was tried");
        };
    }

    private Job.Outcome keep(Incidents.Setup setup, String channel) {
        IncidentId id = setup.incident().id();
        List<Supplier<Optional<Stop>>> steps = List.of(() -> invitations.invite(id, channel, setup.invite()),
                () -> furnish(setup, channel), () -> pin(setup, channel));
        Optional<Stop> stop = steps.stream().map(Supplier::get).flatMap(Optional::stream).findFirst();
        if (stop.isEmpty()) {
            furnished.remove(id);
            boolean all = database.write(h -> incidents.channelReady(h, setup));
            return all ? Job.Outcome.DONE : new Job.Outcome.Again(Duration.ZERO);
        }
        return switch (stop.get()) {
            case Stop.Later(Duration after) -> new Job.Outcome.Again(after);
            case Stop.Stuck(Trouble trouble) -> stuck(id, trouble);
        };
    }

    private Optional<Stop> furnish(Incidents.Setup setup, String channel) {
        int wanted = Map.of(setup.topic(), setup.bookmarks()).hashCode();
        if (Integer.valueOf(wanted).equals(furnished.get(setup.incident().id()))) {
            return Optional.empty();
        }
        Optional<Stop> stop = furnishing.topic(channel, setup.topic())
                .or(() -> furnishing.bookmarks(channel, setup.bookmarks()));
        if (stop.isEmpty()) {
            furnished.put(setup.incident().id(), wanted);
        }
        return stop;
    }

    /** The headline is posted by the outbox, which is about to; without it, the rest has to do. */
    private Optional<Stop> pin(Incidents.Setup setup, String channel) {
        Optional<Message.Posted> posted = database.read(h -> outbox.posted(h, setup.pin()))
                .filter(message -> message.channel().equals(channel));
        if (posted.isPresent()) {
            return pin(setup.incident(), channel, posted.get().ts());
        }
        Duration since = Duration.between(setup.incident().times().declared(), clock.instant());
        return since.compareTo(HEADLINE_LIMIT) > 0
                ? Optional.empty()
                : Optional.of(new Stop.Later(since.toMinutes() < 1 ? Duration.ofMillis(200) : Duration.ofSeconds(5)));
    }

    private Optional<Stop> pin(Incident incident, String channel, String ts) {
        if (ts.equals(pinned.get(incident.id()))) {
            return Optional.empty();
        }
        Optional<Stop> stop = furnishing.pin(channel, ts);
        if (stop.isEmpty() && incident.open()) {
            pinned.put(incident.id(), ts);
        } else {
            pinned.remove(incident.id());
        }
        return stop;
    }

    private Job.Outcome stuck(IncidentId id, Trouble trouble) {
        database.writing(h -> incidents.channelTrouble(h, id, trouble.why(), trouble.lost()));
        return trouble.lost() ? Job.Outcome.DONE : new Job.Outcome.Again(WHEN_STUCK);
    }
}
