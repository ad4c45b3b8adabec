package dev.steward.incidents;

import dev.steward.catalog.EntityId;
import dev.steward.catalog.Person;
import dev.steward.ledger.Actor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/**
 * What is left to do for an incident's channel, and what was done. Slack does the steps; each is noted when it is done, so
 * that they go on where they stopped, and none of them undoes the incident.
 */
final class ChannelSteps {
    private static final int TOPIC = 250;
    private static final int NAME = 60;
    private static final int BOOKMARKS = 10;
    /** What was said before there was a channel, and is told in it at last. */
    private static final int SAID_BEFORE = 50;

    private final Desk desk;
    private final List<BiConsumer<Handle, Incident>> made = new CopyOnWriteArrayList<>();

    ChannelSteps(Desk desk) {
        this.desk = desk;
    }

    void onMade(BiConsumer<Handle, Incident> listener) {
        made.add(listener);
    }

    /** Whether its channel cannot be used any more. */
    static boolean lost(Handle handle, IncidentId id) {
        return state(handle, id).equals("lost");
    }

    private static String state(Handle handle, IncidentId id) {
        return handle.createQuery("SELECT channel_state FROM incident WHERE id = :id").bind("id", id.value())
                .mapTo(String.class).one();
    }

    /** Notes that its channel may not show what is so; false where there is none, and none is wanted. */
    static boolean stale(Handle handle, Incident incident) {
        handle.createUpdate("UPDATE incident SET channel_state = 'wanted' WHERE id = :id AND channel_state = 'ready'")
                .bind("id", incident.id().value()).execute();
        return (incident.open() || incident.channel().id().isPresent()) && !lost(handle, incident.id());
    }

    Optional<Incidents.Setup> setup(Handle handle, IncidentId id) {
        Optional<Incident> found = desk.incidents.find(handle, id)
                .filter(incident -> incident.open() || incident.channel().id().isPresent());
        String state = found.map(incident -> state(handle, id)).orElse("lost");
        if (state.equals("lost")) {
            return Optional.empty();
        }
        Incidents.Setup setup = toDo(handle, found.orElseThrow());
        return state.equals("ready") && setup.invite().isEmpty() ? Optional.empty() : Optional.of(setup);
    }

    private Incidents.Setup toDo(Handle handle, Incident incident) {
        return new Incidents.Setup(incident, topic(handle, incident), desk.members.toInvite(handle, incident.id()),
                bookmarks(handle, incident), Telling.headlineKey(incident));
    }

    private String topic(Handle handle, Incident incident) {
        Person lead = desk.members.roles(handle, incident.id()).get(IncidentRole.LEAD);
        String end = " | " + (lead == null ? "no lead yet" : "lead: " + Phrases.beginning(lead.displayName(), NAME));
        String start = incident.severity().text() + " | " + incident.state().text() + " | ";
        return Phrases.beginning(start + Phrases.beginning(incident.title(), TOPIC - start.length() - end.length())
                + end, TOPIC);
    }

    private Map<String, String> bookmarks(Handle handle, Incident incident) {
        Map<String, String> bookmarks = new LinkedHashMap<>();
        incident.about().entity().ifPresent(entity -> ofEntity(handle, entity, bookmarks));
        Items.links(handle, incident.id()).forEach(link -> bookmarks.putIfAbsent(link.title(), link.url()));
        Map<String, String> some = new LinkedHashMap<>();
        bookmarks.entrySet().stream().limit(BOOKMARKS).forEach(entry -> some.put(entry.getKey(), entry.getValue()));
        return some;
    }

    private void ofEntity(Handle handle, EntityId entity, Map<String, String> bookmarks) {
        desk.catalog.entities().links(handle, entity).stream().filter(link -> link.url().startsWith("https://"))
                .forEach(link -> bookmarks.putIfAbsent(link.title(), link.url()));
    }

    /** Those of whose channels something is left to do. */
    List<IncidentId> unfinished(Handle handle) {
        return handle.createQuery("""
                SELECT id FROM incident WHERE channel_state <> 'lost' AND (channel IS NOT NULL OR\s"""
                + IncidentStore.OPEN
                + """
                        ) AND (channel_state = 'wanted' OR EXISTS (SELECT 1 FROM incident_member m
                            WHERE m.incident = incident.id AND m.invited_at IS NULL AND m.trouble IS NULL)) ORDER BY id""")
                .mapTo(Long.class).list().stream().map(IncidentId::new).toList();
    }

    /** Those that are open, and whose channel can be used. */
    static List<Incident> usable(Handle handle) {
        return IncidentStore.all(handle, "channel IS NOT NULL AND channel_state <> 'lost' AND " + IncidentStore.OPEN
                + " ORDER BY id", Map.of());
    }

    void made(Handle handle, IncidentId id, String slackId, String name) {
        Incident before = desk.incidents.get(handle, id);
        boolean same = before.channel().id().equals(Optional.of(slackId));
        if (same && before.channel().name().equals(name) && !lost(handle, id)) {
            return;
        }
        desk.incidents.change(handle, before,
                "channel = :channel, channel_name = :name, channel_state = 'wanted', channel_trouble = NULL",
                Map.of("channel", slackId, "name", name));
        if (!same && before.channel().id().isPresent()) {
            desk.members.inviteAgain(handle, id);
        }
        Incident incident = desk.incidents.get(handle, id);
        desk.log(handle, Actor.STEWARD, "channel", incident, Map.of("channel", slackId));
        desk.telling.headline(handle, incident);
        desk.telling.changes(handle, incident);
        saidBefore(handle, incident);
        desk.mendChannel(handle, incident);
        desk.telling.announcement(handle, incident, false);
        HomeNews.changed(desk, handle, incident);
        made.forEach(listener -> listener.accept(handle, incident));
    }

    private void saidBefore(Handle handle, Incident incident) {
        List<TimelineEntry> said = desk.timeline.list(handle, incident.id(), false, Integer.MAX_VALUE, 0).stream()
                .filter(entry -> Telling.SPOKEN.contains(entry.kind())).toList();
        said.subList(Math.max(0, said.size() - SAID_BEFORE), said.size())
                .forEach(entry -> desk.telling.entry(handle, incident, entry.kind(), entry.id()));
        incident.times().resolved().ifPresent(at -> desk.telling.resolved(handle, incident, at));
    }

    void joined(Handle handle, IncidentId id, long person, Optional<String> trouble) {
        desk.members.add(handle, id, person);
        desk.members.invited(handle, id, person, trouble);
        trouble.ifPresent(_ -> desk.telling.invited(handle, desk.incidents.get(handle, id), List.of(person)));
    }

    /** Everything was done that there was to do. */
    void ready(Handle handle, IncidentId id) {
        handle.createUpdate("""
                UPDATE incident SET channel_state = 'ready', channel_trouble = NULL
                WHERE id = :id AND channel IS NOT NULL AND channel_state = 'wanted'""").bind("id", id.value())
                .execute();
    }

    /** The same, unless there is more to do by now than what was done. */
    boolean ready(Handle handle, Incidents.Setup done) {
        IncidentId id = done.incident().id();
        Incidents.Setup now = toDo(handle, desk.incidents.get(handle, id));
        boolean all = now.topic().equals(done.topic()) && now.bookmarks().equals(done.bookmarks());
        if (all) {
            ready(handle, id);
        }
        return all;
    }

    void trouble(Handle handle, IncidentId id, String why, boolean lost) {
        Incident before = desk.incidents.get(handle, id);
        if (before.channel().trouble().equals(Optional.of(why)) && lost == lost(handle, id)) {
            return;
        }
        desk.incidents.change(handle, before, "channel_trouble = :why"
                + (lost ? ", channel_state = 'lost'" : ", channel_state = 'wanted'"), Map.of("why", Phrases.line(why)));
        Incident incident = desk.incidents.get(handle, id);
        desk.log(handle, Actor.STEWARD, "channel_trouble", incident, Map.of("lost", lost));
        desk.telling.announcement(handle, incident, false);
        if (lost || incident.channel().id().isEmpty()) {
            desk.telling.invited(handle, incident, inCharge(handle, incident));
        }
    }

    /** Who has to know where people are to go now. */
    private List<Long> inCharge(Handle handle, Incident incident) {
        Set<Long> people = new LinkedHashSet<>();
        people.add(incident.about().declaredBy());
        desk.members.roles(handle, incident.id()).values().forEach(person -> people.add(person.id()));
        return new ArrayList<>(people);
    }
}
