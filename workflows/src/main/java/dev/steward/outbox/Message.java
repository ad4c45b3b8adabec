package dev.steward.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message to send: what it is about, not its wording. The view renders it from current rows when it is sent, so that
 * several changes in a row cost one edit and the last one is what people see.
 *
 * @param key
 *            the logical message, for example {@code request:42:card}; putting the same key again edits it
 * @param destination
 *            where it goes
 * @param view
 *            the name of the view that renders it
 * @param args
 *            what the view needs: ids, and facts that no row holds
 * @param priority
 *            how urgent it is
 */
public record Message(String key, Destination destination, String view, Map<String, ?> args, Priority priority) {

    /**
     * A stored message that is due.
     *
     * @param id
     *            its row
     * @param revision
     *            which put this is; a later put makes another edit necessary
     * @param uncertain
     *            whether an earlier post of it was begun and its answer never seen
     * @param attempts
     *            how often sending failed so far
     * @param delay
     *            what kept it from being sent, or null when nothing did
     * @param posted
     *            where it was posted, or null when it was not
     */
    public record Due(long id, String key, Destination destination, String view, JsonNode args, Priority priority,
            long revision, boolean uncertain, int attempts, long createdAt, @Nullable Delay delay,
            @Nullable Posted posted) {}

    /**
     * Where a message stands in Slack.
     *
     * @param channel
     *            channel id; for a home the user id
     * @param ts
     *            message timestamp, its id within the channel; for a home the hash of the view as it was published
     * @param digest
     *            of the content sent last
     */
    public record Posted(String channel, String ts, String digest) {}
}
