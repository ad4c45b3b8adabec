package dev.steward.requests;

import dev.steward.outbox.Destination;
import dev.steward.outbox.Message;
import dev.steward.outbox.Outbox;
import dev.steward.outbox.Priority;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Keeps the homes up to date of those who have opened theirs: each is a message in the outbox, rendered when it is sent,
 * so that many changes in a row cost one publication. Whoever never opened theirs has none, and costs nothing.
 */
public final class Homes {
    /** The view of a home; its argument is {@code person}. */
    static final String VIEW = "home";

    private static final String PREFIX = "home:";

    private final Outbox outbox;

    Homes(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Somebody opened theirs: it is published now, whatever it showed before, and from now on when it changes. */
    public void opened(Handle handle, long person) {
        outbox.renew(handle, key(person));
        put(handle, person, Priority.HOME);
    }

    /** Something changed that these people may have on their homes. */
    public void changed(Handle handle, Collection<Long> people, Priority priority) {
        List<String> keys = people.stream().map(Homes::key).toList();
        outbox.known(handle, keys).forEach(key -> put(handle, person(key), priority));
    }

    /** Whoever has opened theirs, by row. */
    public List<Long> opened(Handle handle) {
        return outbox.keys(handle, PREFIX).stream().map(Homes::person).toList();
    }

    private static long person(String key) {
        return Long.parseLong(key.substring(PREFIX.length()));
    }

    private void put(Handle handle, long person, Priority priority) {
        outbox.put(handle, new Message(key(person), new Destination.Home(person), VIEW, Map.of("person", person),
                priority));
    }

    private static String key(long person) {
        return PREFIX + person;
    }
}
