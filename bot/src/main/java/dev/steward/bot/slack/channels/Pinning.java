package dev.steward.bot.slack.channels;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.web.SlackAnswer;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.database.Database;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.Incidents;
import dev.steward.jobs.Job;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes messages that people pinned or marked into the timeline, as they read now. */
public final class Pinning {
    static final String KIND = "slack.incident-pin";

    private static final Logger LOG = LoggerFactory.getLogger(Pinning.class);
    private static final Duration SOON = Duration.ofSeconds(2);

    private final Database database;
    private final Incidents incidents;
    private final SlackApi api;
    private final Authors authors;
    private final String botUser;

    /** Messages as the bot user sees them. */
    public Pinning(Database database, Incidents incidents, SlackApi api, Authors authors, String botUser) {
        this.database = database;
        this.incidents = incidents;
        this.api = api;
        this.authors = authors;
        this.botUser = botUser;
    }

    /** The background work, by kind of job. */
    public Map<String, Job.Handler> handlers() {
        return Map.of(KIND, this::run);
    }

    private Job.Outcome run(Job job) {
        IncidentId incident = new IncidentId(job.args().path("incident").asLong());
        String channel = job.args().path("channel").asText();
        String ts = job.args().path("ts").asText();
        // A reply is not in the channel's history; its thread is found by the reply's own ts.
        for (String method : List.of("conversations.history", "conversations.replies")) {
            switch (api.call(method, args(method, channel, ts))) {
                case SlackAnswer.Ok(JsonNode body) -> {
                    Optional<JsonNode> message = message(body, ts);
                    if (message.isPresent()) {
                        take(incident, channel, message.get());
                        return Job.Outcome.DONE;
                    }
                }
                case SlackAnswer.Limited(Duration wait) -> {
                    return new Job.Outcome.Again(wait);
                }
                case SlackAnswer.Lost _ -> {
                    return new Job.Outcome.Again(SOON);
                }
                case SlackAnswer.Refused(String error, JsonNode _) -> LOG.info("{}: a pinned message: {}", method,
                        error);
            }
        }
        return Job.Outcome.DONE;
    }

    private static Map<String, Object> args(String method, String channel, String ts) {
        return method.endsWith("history")
                ? Map.of("channel", channel, "latest", ts, "inclusive", true, "limit", 1)
                : Map.of("channel", channel, "ts", ts, "latest", ts, "oldest", ts, "inclusive", true, "limit", 10);
    }

    private static Optional<JsonNode> message(JsonNode body, String ts) {
        return StreamSupport.stream(body.path("messages").spliterator(), false)
                .filter(message -> message.path("ts").asText().equals(ts)).findFirst();
    }

    /** A message that is in the timeline may have been edited. */
    void changed(String channel, JsonNode message) {
        database.writing(h -> incidents.messageChanged(h, channel, message.path("ts").asText(),
                Optional.of(authors.text(h, message)), authors.of(message)));
    }

    /** What Steward wrote itself stands for something that the timeline has. */
    void take(IncidentId incident, String channel, JsonNode message) {
        if (!message.path("user").asText().equals(botUser)) {
            database.writing(h -> incidents.pinned(h, incident, channel, message.path("ts").asText(),
                    authors.of(message), authors.text(h, message)));
        }
    }
}
