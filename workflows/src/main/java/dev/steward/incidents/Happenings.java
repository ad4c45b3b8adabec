package dev.steward.incidents;

import dev.steward.ledger.Actor;
import dev.steward.requests.RequestParts;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What Steward did joins the timelines of the open incidents that it may have to do with. */
final class Happenings {
    private final RequestParts.Store store;
    private final Timeline timeline;
    private final Telling telling;

    Happenings(RequestParts.Store store, Timeline timeline, Telling telling) {
        this.store = store;
        this.timeline = timeline;
        this.telling = telling;
    }

    /** Adds it to every open incident on one of these things, or on something that depends on one. */
    void add(Handle handle, TimelineEntry.Kind kind, Set<Long> entities, String text, String source, Actor by) {
        Reach.openOnOrDependingOn(handle, entities)
                .forEach(incident -> add(handle, incident, kind, text, source, by));
    }

    /** Adds it to one incident; the same source again is the same happening. */
    void add(Handle handle, Incident incident, TimelineEntry.Kind kind, String text, String source, Actor by) {
        addSilently(handle, incident, kind, text, source, by)
                .ifPresent(entry -> telling.entry(handle, incident, kind, entry));
    }

    /** The same for what its channel shows already; answers the entry, unless it was there. */
    Optional<Long> addSilently(Handle handle, Incident incident, TimelineEntry.Kind kind, String text, String source,
            Actor by) {
        Optional<Long> added = timeline.add(handle, incident,
                new Timeline.New(kind, store.clock().instant(), by, Phrases.text(text), true, source));
        added.ifPresent(entry -> store.ledger().append(handle, Actor.STEWARD, "incident.happened",
                incident.id().text(), Map.of("entry", entry, "kind", kind.text(), "source", source)));
        return added;
    }
}
