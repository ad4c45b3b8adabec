package dev.steward.bot.slack.channels;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.people.Directory;
import dev.steward.catalog.Person;
import dev.steward.incidents.Incident;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.Incidents;
import dev.steward.jobs.Job;
import dev.steward.jobs.Jobs;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What people do in the channels of incidents. What the event itself tells is taken in with it; what Slack has to be asked
 * about becomes a job in the same transaction. Events of other channels are nothing.
 */
public final class ChannelEvents {
    private static final Set<String> TYPES = Set.of("pin_added", "member_joined_channel",
            "member_left_channel", "channel_archive", "group_archive", "channel_unarchive", "group_unarchive",
            "channel_left", "group_left", "channel_deleted", "group_deleted", "channel_rename", "group_rename");
    private static final Set<String> CHANGES = Set.of("message_changed", "message_deleted");

    /** The reactions that take a message into the timeline. */
    static final Set<String> PUSHPINS = Set.of("pushpin", "round_pushpin");

    private static final String JOINED = "slack.incident-joined";
    private static final String CHANNEL = "channel";

    private final Incidents incidents;
    private final Jobs jobs;
    private final Authors authors;
    private final Directory directory;
    private final String botUser;

    /** Events as the bot user hears of them. */
    public ChannelEvents(Incidents incidents, Jobs jobs, Authors authors, Directory directory, String botUser) {
        this.incidents = incidents;
        this.jobs = jobs;
        this.authors = authors;
        this.directory = directory;
        this.botUser = botUser;
    }

    /** Whether there is anything to do about an event: what is said, and most reactions, are passed over unstored. */
    public static boolean heard(JsonNode event) {
        String type = event.path("type").asText();
        return switch (type) {
            case "message" -> CHANGES.contains(event.path("subtype").asText());
            case "reaction_added" -> PUSHPINS.contains(event.path("reaction").asText());
            default -> TYPES.contains(type);
        };
    }

    /** Whether it is an event of channels, heard or not. */
    public static boolean ofChannels(JsonNode event) {
        String type = event.path("type").asText();
        return type.equals("message") || type.equals("reaction_added") || TYPES.contains(type);
    }

    /** The background work, by kind of job. */
    public Map<String, Job.Handler> handlers() {
        return Map.of(JOINED, this::joined);
    }

    /** Whether the event is of the channel of an incident. */
    public boolean concerns(Handle handle, JsonNode event) {
        return incidents.inChannel(handle, channel(event)).isPresent();
    }

    /** Takes the event, in the transaction that notes it. */
    public void happened(Handle handle, JsonNode event) {
        incidents.inChannel(handle, channel(event)).ifPresent(incident -> in(handle, incident, event));
    }

    private void in(Handle handle, Incident incident, JsonNode event) {
        String channel = channel(event);
        boolean bot = event.path("user").asText().equals(botUser);
        switch (event.path("type").asText()) {
            case "pin_added" -> marked(handle, incident, channel, event.at("/item/message/ts").asText(), bot);
            case "reaction_added" -> marked(handle, incident, channel, event.at("/item/ts").asText(),
                    bot || !PUSHPINS.contains(event.path("reaction").asText()));
            case "message" -> changed(handle, channel, event);
            case "member_joined_channel" -> came(handle, incident, event.path("user").asText(), bot);
            case "member_left_channel" -> {
                if (bot) {
                    lost(handle, incident, Trouble.REMOVED);
                }
            }
            case "channel_left", "group_left" -> lost(handle, incident, Trouble.REMOVED);
            case "channel_archive", "group_archive" -> lost(handle, incident, Trouble.ARCHIVED);
            case "channel_deleted", "group_deleted" -> lost(handle, incident, Trouble.DELETED);
            case "channel_rename", "group_rename" -> incidents.channelMade(handle, incident.id(), channel,
                    event.at("/channel/name").asText(incident.channel().name()));
            default -> back(handle, incident);
        }
    }

    private static String channel(JsonNode event) {
        JsonNode channel = event.path(CHANNEL);
        if (channel.isTextual()) {
            return channel.asText();
        }
        return channel.path("id").asText(event.path("channel_id").asText(event.at("/item/channel").asText()));
    }

    private void marked(Handle handle, Incident incident, String channel, String ts, boolean otherwise) {
        if (!otherwise && !ts.isEmpty() && !incidents.pinnedMessages(handle, channel).contains(ts)) {
            jobs.enqueue(handle, Job.Order.now(Pinning.KIND + ":" + channel + "/" + ts, Pinning.KIND,
                    Map.of("incident", incident.id().value(), CHANNEL, channel, "ts", ts), Job.Lane.GENERAL));
        }
    }

    private void changed(Handle handle, String channel, JsonNode event) {
        JsonNode message = event.path("message");
        boolean gone = event.path("subtype").asText().equals("message_deleted")
                || message.path("subtype").asText().equals("tombstone");
        JsonNode known = gone ? event.path("previous_message") : message;
        String ts = gone ? event.path("deleted_ts").asText(known.path("ts").asText()) : known.path("ts").asText();
        if (!known.path("user").asText().equals(botUser)) {
            incidents.messageChanged(handle, channel, ts,
                    gone ? Optional.empty() : Optional.of(authors.text(handle, message)), authors.of(known));
        }
    }

    private void came(Handle handle, Incident incident, String user, boolean bot) {
        if (bot) {
            back(handle, incident);
        } else if (!user.isEmpty()) {
            jobs.enqueue(handle, Job.Order.now(JOINED + ":" + incident.id().value() + ":" + user, JOINED,
                    Map.of("incident", incident.id().value(), "user", user), Job.Lane.GENERAL));
        }
    }

    private void lost(Handle handle, Incident incident, Trouble trouble) {
        incidents.channelTrouble(handle, incident.id(), trouble.why(), true);
    }

    /** Steward can speak there again, and does what was left to do. */
    private void back(Handle handle, Incident incident) {
        incident.channel().id().ifPresent(
                id -> incidents.channelMade(handle, incident.id(), id, incident.channel().name()));
    }

    private Job.Outcome joined(Job job) {
        IncidentId incident = new IncidentId(job.args().path("incident").asLong());
        return switch (directory.find(job.args().path("user").asText())) {
            case Directory.Lookup.Known(Person person) -> {
                authors.database()
                        .writing(h -> incidents.joined(h, incident, person.id(), Optional.empty()));
                yield Job.Outcome.DONE;
            }
            case Directory.Lookup.Nobody _ -> Job.Outcome.DONE;
            case Directory.Lookup.Unclear unclear -> new Job.Outcome.Again(unclear.retryAfter());
        };
    }
}
