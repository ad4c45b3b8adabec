package dev.steward.bot.slack.channels;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.web.SlackAnswer;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.database.Database;
import dev.steward.incidents.Incident;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.Incidents;
import dev.steward.jobs.Job;
import dev.steward.jobs.Jobs;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what people pinned, marked and edited while Steward did not hear of it: at each start, and every ten minutes for each
 * incident that is open, since Slack gives an event up after some tries.
 */
public final class CatchUp {
    private static final String SWEEP = "slack.incidents-catch-up";
    private static final String ONE = "slack.incident-catch-up";
    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int PAGE = 200;
    /** A thousand messages back from the latest. */
    private static final int PAGES = 5;

    private final Database database;
    private final Jobs jobs;
    private final Incidents incidents;
    private final SlackApi api;
    private final Pinning pinning;

    /** Looks through that API, and has what is new taken in. */
    public CatchUp(Database database, Jobs jobs, Incidents incidents, SlackApi api, Pinning pinning) {
        this.database = database;
        this.jobs = jobs;
        this.incidents = incidents;
        this.api = api;
        this.pinning = pinning;
    }

    /** The background work, by kind of job. */
    public Map<String, Job.Handler> handlers() {
        return Map.of(SWEEP, job -> sweep(), ONE,
                job -> look(new IncidentId(job.args().path("incident").asLong()), job.args().path("channel").asText()));
    }

    /** Has it begin; at every start. */
    public void schedule() {
        database.writing(h -> jobs.enqueue(h, Job.Order.now(SWEEP, SWEEP, Map.of(), Job.Lane.GENERAL)));
    }

    private Job.Outcome sweep() {
        database.writing(h -> incidents.withChannels(h).forEach(incident -> enqueue(h, incident)));
        return new Job.Outcome.Again(EVERY);
    }

    private void enqueue(Handle handle, Incident incident) {
        incident.channel().id().ifPresent(channel -> jobs.enqueue(handle, Job.Order.now(
                ONE + ":" + incident.id().value(), ONE, Map.of("incident", incident.id().value(), "channel", channel),
                Job.Lane.GENERAL)));
    }

    private Job.Outcome look(IncidentId incident, String channel) {
        Set<String> known = new HashSet<>(database.read(h -> incidents.pinnedMessages(h, channel)));
        return pins(incident, channel, known)
                .or(() -> reactions(incident, channel, known)).<Job.Outcome>map(Job.Outcome.Again::new)
                .orElse(Job.Outcome.DONE);
    }

    /** Answers how long to wait when Slack does not answer now. */
    private Optional<Duration> pins(IncidentId incident, String channel, Set<String> known) {
        return switch (api.call("pins.list", Map.of("channel", channel))) {
            case SlackAnswer.Ok(JsonNode body) -> {
                body.path("items").forEach(item -> take(incident, channel, item.path("message"), known));
                yield Optional.empty();
            }
            case SlackAnswer.Limited(Duration wait) -> Optional.of(wait);
            case SlackAnswer.Lost _ -> Optional.of(SOON);
            case SlackAnswer.Refused(String error, JsonNode _) -> refused("pins.list", error);
        };
    }

    private Optional<Duration> reactions(IncidentId incident, String channel, Set<String> known) {
        Map<String, Object> args = new HashMap<>(Map.of("channel", channel, "limit", PAGE));
        for (int page = 0; page < PAGES; page++) {
            switch (api.call("conversations.history", args)) {
                case SlackAnswer.Ok(JsonNode body) -> {
                    body.path("messages").forEach(message -> {
                        if (message.has("edited") && known.contains(message.path("ts").asText())) {
                            pinning.changed(channel, message);
                        } else if (marked(message)) {
                            take(incident, channel, message, known);
                        }
                    });
                    args.put("cursor", body.at("/response_metadata/next_cursor").asText());
                }
                case SlackAnswer.Limited(Duration wait) -> {
                    return Optional.of(wait);
                }
                case SlackAnswer.Lost _ -> {
                    return Optional.of(SOON);
                }
                case SlackAnswer.Refused(String error, JsonNode _) -> {
                    return refused("conversations.history", error);
                }
            }
            if (String.valueOf(args.get("cursor")).isEmpty()) {
                break;
            }
        }
        return Optional.empty();
    }

    private static boolean marked(JsonNode message) {
        return StreamSupport.stream(message.path("reactions").spliterator(), false)
                .anyMatch(reaction -> ChannelEvents.PUSHPINS.contains(reaction.path("name").asText()));
    }

    private void take(IncidentId incident, String channel, JsonNode message, Set<String> known) {
        String ts = message.path("ts").asText();
        if (!ts.isEmpty() && known.add(ts)) {
            pinning.take(incident, channel, message);
        }
    }

    private static Optional<Duration> refused(String method, String error) {
        LOG.info("{} was refused, so missed pins stay missed: {}", method, error);
        return Optional.empty();
    }
}
