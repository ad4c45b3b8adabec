package dev.steward.incidents.alerts;

import dev.steward.catalog.Entity;
import dev.steward.catalog.EntityId;
import dev.steward.catalog.Team;
import dev.steward.incidents.Incident;
import dev.steward.incidents.TimelineEntry;
import dev.steward.jobs.Job;
import dev.steward.ledger.Actor;
import dev.steward.outbox.Destination;
import dev.steward.outbox.Message;
import dev.steward.outbox.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What follows from every change of a group: its card, its incident's timeline, its end. However many alerts change, the
 * card is edited every few seconds at most, and the timeline gets an entry a minute.
 */
final class Groups {
    static final String SHOW = "alerts.show";
    static final String TELL = "alerts.tell";
    static final String CLOSE = "alerts.close";
    /** Nothing fires for so long: it is over. */
    static final Duration QUIET = Duration.ofMinutes(15);
    private static final Duration BETWEEN_EDITS = Duration.ofSeconds(5);
    private static final Duration BETWEEN_ENTRIES = Duration.ofMinutes(1);

    private final AlertParts parts;

    Groups(AlertParts parts) {
        this.parts = parts;
    }

    Instant now() {
        return Instant.ofEpochMilli(parts.store().clock().millis());
    }

    /** The one of that entity that is not over, or else a new one. */
    AlertGroup open(Handle handle, Optional<EntityId> entity) {
        return GroupTable.live(handle, entity).orElseGet(() -> {
            AlertGroup group = GroupTable.insert(handle, entity, channel(handle, entity), now());
            Map<String, Object> facts = new HashMap<>();
            entity.ifPresent(id -> facts.put("entity", id.value()));
            log(handle, Actor.STEWARD, "open_group", group, facts);
            return group;
        });
    }

    void log(Handle handle, Actor actor, String action, AlertGroup group, Map<String, ?> facts) {
        parts.store().ledger().append(handle, actor, "alert." + action, group.subject(), facts);
    }

    /** That of the thing itself, of its owners, or of the platform team. */
    private String channel(Handle handle, Optional<EntityId> id) {
        Optional<Entity> entity = id.flatMap(i -> parts.catalog().entities().byId(handle, i));
        String platform = parts.rules().platformTeam();
        return entity.flatMap(e -> e.profile().channel())
                .or(() -> entity.flatMap(e -> team(handle, e.owner())).flatMap(Team::channel))
                .or(() -> team(handle, platform).flatMap(Team::channel)).orElse(platform);
    }

    private Optional<Team> team(Handle handle, String name) {
        return parts.catalog().teams().byName(handle, name);
    }

    /** Somebody did something with it: that is shown at once. */
    void acted(Handle handle, long id) {
        put(handle, GroupTable.get(handle, id), Priority.DECISION);
    }

    /** Alerts changed it: that is shown soon, or as soon as the card may change again. */
    void show(Handle handle, AlertGroup group, Priority priority) {
        Instant now = now();
        Instant next = group.told().shown().plus(BETWEEN_EDITS);
        Optional<Instant> later = group.snoozed(now)
                ? group.handling().snoozed().map(AlertGroup.Act::at)
                : Optional.of(next).filter(at -> at.isAfter(now));
        later.ifPresentOrElse(at -> at(handle, SHOW, group.id(), at),
                () -> put(handle, group, priority));
    }

    private void put(Handle handle, AlertGroup group, Priority priority) {
        parts.store().outbox().put(handle, new Message("alerts:" + group.id(),
                new Destination.Channel(group.channel()), Alerts.CARD, Map.of("group", group.id()), priority));
        GroupTable.shown(handle, group.id(), now());
        if (!group.snoozed(now())) {
            GroupTable.awake(handle, group.id());
        }
    }

    /** What alerts did joins the timeline of the incident that sees to them. */
    void tell(Handle handle, AlertGroup group) {
        AlertGroup.Told told = group.told();
        Instant next = told.entry().plus(BETWEEN_ENTRIES);
        Optional<Incident> incident = incident(handle, group).filter(Incident::open);
        if (incident.isEmpty() || told.fired() + told.cleared() == 0) {
            return;
        }
        if (next.isAfter(now())) {
            at(handle, TELL, group.id(), next);
            return;
        }
        entry(handle, group, incident.get(), AlertWords.happened(told.fired(), told.cleared(),
                AlertTable.firing(handle, group.id()), AlertTable.worst(handle, group.id())));
    }

    /** It has an incident now: how it stands is the first thing that the timeline says of it. */
    void attached(Handle handle, AlertGroup group, Incident incident) {
        entry(handle, group, incident, AlertWords.attached(AlertTable.firing(handle, group.id()),
                AlertTable.worst(handle, group.id())));
        acted(handle, group.id());
    }

    private void entry(Handle handle, AlertGroup group, Incident incident, String text) {
        Instant now = now();
        parts.incidents().happened(handle, incident.id(), TimelineEntry.Kind.ALERT, text,
                group.subject() + ":" + now.toEpochMilli(), Actor.STEWARD);
        GroupTable.toldOf(handle, group.id(), now);
    }

    /** Nothing is heard of some of its alerts any more. If no other fires, it is closed as having gone quiet. */
    void silent(Handle handle, long id, AlertSource source, Duration since) {
        AlertGroup group = GroupTable.get(handle, id);
        Instant now = now();
        Optional<AlertGroupView.Quiet> quiet = AlertTable.quiet(handle, id);
        if (quiet.isEmpty() || !group.live()) {
            return;
        }
        incident(handle, group).filter(Incident::open).ifPresent(incident -> parts.incidents().happened(handle,
                incident.id(), TimelineEntry.Kind.ALERT,
                AlertWords.quiet(AlertTable.quiet(handle, id, source), source, since, AlertTable.firing(handle, id),
                        AlertTable.worst(handle, id)),
                group.subject() + ":quiet:" + source.text() + ":" + now.toEpochMilli(), Actor.STEWARD));
        if (!AlertTable.fires(handle, id) && GroupTable.quieten(handle, group, quiet.get().heard(), now)) {
            log(handle, Actor.STEWARD, "quiet_group", group, Map.of("alerts", group.total()));
            parts.paging().over(handle, group);
        }
        show(handle, GroupTable.get(handle, id), Priority.NOTICE);
    }

    /** The channel of an incident is there: the cards of the alerts that it handles say where people go on. */
    void reachable(Handle handle, Incident incident) {
        GroupTable.live(handle).stream()
                .filter(group -> incident(handle, group).filter(of -> of.id().equals(incident.id())).isPresent())
                .forEach(group -> show(handle, group, Priority.NOTICE));
    }

    /** The incident that sees to it, or that took that one over, whoever may know it. */
    Optional<Incident> incident(Handle handle, AlertGroup group) {
        return group.handling().incident().flatMap(id -> parts.incidents().surviving(handle, id));
    }

    void closeLater(Handle handle, AlertGroup group) {
        at(handle, CLOSE, group.id(), now().plus(QUIET));
    }

    private void at(Handle handle, String kind, long group, Instant due) {
        parts.store().jobs().enqueue(handle, Job.Order.at(due, kind + ":" + group, kind, Map.of("group", group),
                Job.Lane.GENERAL));
    }

    Map<String, Job.Handler> handlers() {
        return Map.of(SHOW, job -> due(job, this::shown), TELL, job -> due(job, (handle, group) -> {
            tell(handle, group);
            return Job.Outcome.DONE;
        }), CLOSE, job -> due(job, this::closed));
    }

    private interface Due {
        Job.Outcome of(Handle handle, AlertGroup group);
    }

    private Job.Outcome due(Job job, Due work) {
        return parts.store().database().write(
                h -> GroupTable.byId(h, job.args().path("group").asLong()).map(group -> work.of(h, group))
                        .orElse(Job.Outcome.DONE));
    }

    private Job.Outcome shown(Handle handle, AlertGroup group) {
        Instant now = now();
        if (group.snoozed(now)) {
            return again(group.handling().snoozed().orElseThrow().at(), now);
        }
        put(handle, group, Priority.NOTICE);
        return Job.Outcome.DONE;
    }

    private static Job.Outcome again(Instant at, Instant now) {
        return new Job.Outcome.Again(Duration.between(now, at));
    }

    /** Nothing has fired in it for some time, unless something does since. */
    private Job.Outcome closed(Handle handle, AlertGroup group) {
        Instant now = now();
        Optional<Instant> end = group.times().cleared().filter(cleared -> group.live()).map(at -> at.plus(QUIET));
        if (end.filter(at -> at.isAfter(now)).isPresent()) {
            return again(end.get(), now);
        }
        if (end.isPresent() && GroupTable.close(handle, group, now)) {
            log(handle, Actor.STEWARD, "close_group", group, Map.of("alerts", group.total()));
            parts.paging().over(handle, group);
            show(handle, GroupTable.get(handle, group.id()), Priority.NOTICE);
        }
        return Job.Outcome.DONE;
    }
}
