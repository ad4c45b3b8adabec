package dev.steward.incidents;

import dev.steward.outbox.Destination;
import dev.steward.outbox.Message;
import dev.steward.outbox.Outbox;
import dev.steward.outbox.Priority;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What is said of incidents, and where; always in the caller's transaction. */
final class Telling {
    /** Of these there is a line in the channel. */
    static final Set<TimelineEntry.Kind> SPOKEN = EnumSet.of(TimelineEntry.Kind.SEVERITY, TimelineEntry.Kind.STATUS,
            TimelineEntry.Kind.ROLE, TimelineEntry.Kind.FREEZE, TimelineEntry.Kind.ENDED, TimelineEntry.Kind.ACTION,
            TimelineEntry.Kind.UPDATE, TimelineEntry.Kind.RUN, TimelineEntry.Kind.GRANT, TimelineEntry.Kind.PAGE);
    private static final int HOURS = 24;

    private final Outbox outbox;
    private final Optional<String> announce;

    Telling(Outbox outbox, Optional<String> announce) {
        this.outbox = outbox;
        this.announce = announce;
    }

    /** Where it is told that it is, if all may know of it. */
    void announcement(Handle handle, Incident incident, boolean declared) {
        announce.filter(_ -> !incident.about().confidential()).ifPresent(channel -> {
            Priority first = urgent(incident) ? Priority.PAGE : Priority.DECISION;
            put(handle, incident, key(incident, "announcement"), new Destination.Channel(channel),
                    Incidents.ANNOUNCEMENT, Map.of(), declared ? first : Priority.NOTICE);
        });
    }

    /** Whether it is announced to all. */
    boolean announced(Incident incident) {
        return announce.isPresent() && !incident.about().confidential();
    }

    static String headlineKey(Incident incident) {
        return key(incident, "headline");
    }

    void headline(Handle handle, Incident incident) {
        inChannel(handle, incident, headlineKey(incident), Incidents.HEADLINE, Map.of(),
                outbox.posted(handle, headlineKey(incident)).isPresent() ? Priority.PROGRESS : Priority.DECISION);
    }

    /** What changed before; once, and again when it is on something else. */
    void changes(Handle handle, Incident incident) {
        inChannel(handle, incident, key(incident, "changes"), Incidents.CHANGES, Map.of("hours", HOURS),
                Priority.NOTICE);
    }

    /** A line for an entry, where one is said of its kind. */
    void entry(Handle handle, Incident incident, TimelineEntry.Kind kind, long entry) {
        if (SPOKEN.contains(kind)) {
            inChannel(handle, incident, entryKey(incident, entry),
                    kind == TimelineEntry.Kind.UPDATE ? Incidents.UPDATE : Incidents.NOTE, Map.of("entry", entry),
                    Priority.NOTICE);
        }
    }

    /** The same once more after it was changed, if it was said. */
    void amended(Handle handle, Incident incident, TimelineEntry.Kind kind, long entry) {
        if (outbox.knows(handle, entryKey(incident, entry))) {
            entry(handle, incident, kind, entry);
        }
    }

    void resolved(Handle handle, Incident incident, Instant at) {
        inChannel(handle, incident, resolvedKey(incident, at), Incidents.RESOLVED, Map.of(), Priority.NOTICE);
    }

    /** What is missing may have changed since that was said. */
    void stillResolved(Handle handle, Incident incident) {
        incident.times().resolved().filter(at -> outbox.knows(handle, resolvedKey(incident, at)))
                .ifPresent(at -> resolved(handle, incident, at));
    }

    /** Asks for an update: that person, or else everybody in the channel. */
    void updateDue(Handle handle, Incident incident, Optional<Long> person, Instant due) {
        Destination place = person.<Destination>map(Destination.Person::new)
                .orElseGet(() -> new Destination.Channel(incident.channel().id().orElseThrow()));
        put(handle, incident, dueKey(incident, due), place, Incidents.UPDATE_DUE, Map.of(), Priority.DECISION);
    }

    /** An update that was asked for is not due any more: where that was posted, it says so. */
    void notDue(Handle handle, Incident incident, Instant asked) {
        edit(handle, incident, dueKey(incident, asked), Incidents.UPDATE_DUE, Map.of());
    }

    /** What somebody was reminded of last is done: where that was posted, it says so. */
    void itemEnded(Handle handle, Incident incident, long item, Instant reminded) {
        edit(handle, incident, itemKey(incident, item, reminded), Incidents.ITEM, Map.of("item", item));
    }

    /** What waits says what is so when it is sent. */
    private void edit(Handle handle, Incident incident, String key, String view, Map<String, Object> more) {
        outbox.posted(handle, key).ifPresent(posted -> put(handle, incident, key,
                new Destination.Channel(posted.channel()), view, more, Priority.NOTICE));
    }

    /** Tells people that they are in it, where its channel does not. */
    void invited(Handle handle, Incident incident, List<Long> people) {
        people.forEach(person -> put(handle, incident, key(incident, "invited:" + person),
                new Destination.Person(person), Incidents.INVITED, Map.of(),
                urgent(incident) ? Priority.PAGE : Priority.NOTICE));
    }

    /** Reminds somebody of what they are to do. */
    void item(Handle handle, Incident incident, long item, long person, Instant at) {
        put(handle, incident, itemKey(incident, item, at), new Destination.Person(person),
                Incidents.ITEM, Map.of("item", item), Priority.NOTICE);
    }

    /** Whether people can be reached in its channel. */
    static boolean reachable(Handle handle, Incident incident) {
        return incident.channel().id().isPresent() && !ChannelSteps.lost(handle, incident.id());
    }

    private void inChannel(Handle handle, Incident incident, String key, String view, Map<String, Object> more,
            Priority priority) {
        if (reachable(handle, incident)) {
            put(handle, incident, key, new Destination.Channel(incident.channel().id().orElseThrow()), view, more,
                    priority);
        }
    }

    private void put(Handle handle, Incident incident, String key, Destination place, String view,
            Map<String, Object> more, Priority priority) {
        Map<String, Object> args = new HashMap<>(more);
        args.put("incident", incident.id().value());
        outbox.put(handle, new Message(key, place, view, args, priority));
    }

    private static boolean urgent(Incident incident) {
        return incident.severity().atLeast(Severity.SEV2);
    }

    private static String entryKey(Incident incident, long entry) {
        return key(incident, "entry:" + entry);
    }

    private static String resolvedKey(Incident incident, Instant at) {
        return key(incident, "resolved:" + at.toEpochMilli());
    }

    private static String itemKey(Incident incident, long item, Instant at) {
        return key(incident, "item:" + item + ":" + at.toEpochMilli());
    }

    private static String dueKey(Incident incident, Instant due) {
        return key(incident, "update-due:" + due.toEpochMilli());
    }

    private static String key(Incident incident, String what) {
        return "incident:" + incident.id().value() + ":" + what;
    }
}
