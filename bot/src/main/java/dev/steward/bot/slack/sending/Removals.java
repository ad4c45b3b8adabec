package dev.steward.bot.slack.sending;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/** The channels that somebody took Steward out of. It goes back there when it is invited, and never by itself. */
public final class Removals {
    private final String botUser;
    private final InstantSource clock;

    /** Removals of that bot user. */
    public Removals(String botUser, InstantSource clock) {
        this.botUser = botUser;
        this.clock = clock;
    }

    /** Whether Steward was taken out of that channel, by its id, and has not been in it since. */
    public static boolean from(Handle handle, String channel) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM removed_from WHERE channel = :channel)")
                .bind("channel", channel).mapTo(Boolean.class).one();
    }

    /** Whether an event says that Steward came into a channel or was taken out of one. */
    public boolean concerns(JsonNode event) {
        return came(event) || went(event);
    }

    /** Takes such an event, in the transaction that notes it. */
    public void happened(Handle handle, JsonNode event) {
        String channel = event.path("channel").asText();
        if (went(event)) {
            handle.createUpdate("INSERT OR IGNORE INTO removed_from (channel, at) VALUES (:channel, :now)")
                    .bind("channel", channel).bind("now", clock.millis()).execute();
        } else if (came(event)) {
            handle.createUpdate("DELETE FROM removed_from WHERE channel = :channel").bind("channel", channel).execute();
        }
    }

    private boolean came(JsonNode event) {
        return event.path("type").asText().equals("member_joined_channel") && own(event);
    }

    private boolean went(JsonNode event) {
        return switch (event.path("type").asText()) {
            case "channel_left", "group_left" -> true;
            case "member_left_channel" -> own(event);
            default -> false;
        };
    }

    private boolean own(JsonNode event) {
        return event.path("user").asText().equals(botUser);
    }
}
