package dev.steward.incidents;

import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.definitions.Durations;
import dev.steward.ledger.Actor;
import dev.steward.oncall.Page;
import dev.steward.requests.ActOutcome;
import dev.steward.requests.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What people do to an incident while it goes on: tell how it stands, and say how bad it is, how far and who does what. */
final class Conducting {
    private static final Duration SOONEST = Duration.ofMinutes(5);
    private static final Duration LATEST = Duration.ofHours(24);

    private final Desk desk;
    private final Summons summons;
    private final List<BiConsumer<Handle, Incident>> placed = new CopyOnWriteArrayList<>();

    Conducting(Desk desk, Summons summons) {
        this.desk = desk;
        this.summons = summons;
    }

    void onPlaced(BiConsumer<Handle, Incident> listener) {
        placed.add(listener);
    }

    ActOutcome update(IncidentId id, Person person, Incidents.Update said) {
        Incidents.Update update = new Incidents.Update(Phrases.text(said.conditions()), Phrases.text(said.actions()),
                Phrases.text(said.needs()), said.next());
        return desk.act(id, person, Desk.When.OPEN, (h, incident, by) -> {
            Optional<String> wrong = wrong(update);
            if (wrong.isPresent()) {
                return new ActOutcome.Refused(wrong.get());
            }
            Instant now = desk.now();
            Optional<Instant> due = update.next().or(incident.severity()::updateEvery).map(now::plus);
            due(h, incident, due);
            long entry = desk.timeline.add(h, incident, new Timeline.New(TimelineEntry.Kind.UPDATE, now, by,
                    words(update), true, Timeline.ownSource())).orElseThrow();
            keep(h, entry, update);
            desk.log(h, by, "update", incident, Map.of("entry", entry, "due", IncidentStore.millis(due)));
            desk.telling.entry(h, incident, TimelineEntry.Kind.UPDATE, entry);
            desk.changed(h, id);
            return new ActOutcome.Done("Everybody in " + id.text() + " is told. " + next(now, due));
        });
    }

    private static Optional<String> wrong(Incidents.Update update) {
        List<String> texts = List.of(update.conditions(), update.actions(), update.needs());
        if (texts.stream().allMatch(String::isEmpty)) {
            return Optional.of("Nobody was told anything: say how it stands, what is being done or what is needed.");
        }
        return texts.stream().filter(text -> text.length() > Desk.TEXT).findFirst()
                .map(text -> "Nobody was told anything: " + Notes.tooLong("one of the texts", text, Desk.TEXT))
                .or(() -> update.next().filter(next -> !possible(next))
                        .map(_ -> "Nobody was told anything: " + bounds()));
    }

    private static boolean possible(Duration delay) {
        return delay.compareTo(SOONEST) >= 0 && delay.compareTo(LATEST) <= 0;
    }

    private static String bounds() {
        return "choose " + SOONEST.toMinutes() + " minutes to " + LATEST.toHours() + " hours.";
    }

    private static String words(Incidents.Update update) {
        List<String> parts = new ArrayList<>();
        if (!update.conditions().isEmpty()) {
            parts.add("Conditions: " + update.conditions());
        }
        if (!update.actions().isEmpty()) {
            parts.add("Actions: " + update.actions());
        }
        if (!update.needs().isEmpty()) {
            parts.add("Needs: " + update.needs());
        }
        return String.join("\n", parts);
    }

    private static void keep(Handle handle, long entry, Incidents.Update update) {
        handle.createUpdate("""
                INSERT INTO incident_update (entry, conditions, actions, needs)
                VALUES (:entry, :conditions, :actions, :needs)""").bind("entry", entry)
                .bind("conditions", update.conditions()).bind("actions", update.actions())
                .bind("needs", update.needs()).execute();
    }

    private static String next(Instant now, Optional<Instant> due) {
        return due.map(at -> "The next update is due in " + Durations.lasted(Duration.between(now, at)) + ".")
                .orElse("No next update is due.");
    }

    private void due(Handle handle, Incident incident, Optional<Instant> due) {
        desk.incidents.change(handle, incident, "update_due_at = nullif(:due, 0)",
                Map.of("due", IncidentStore.millis(due)));
        incident.times().updateDue().ifPresent(asked -> desk.telling.notDue(handle, incident, asked));
    }

    ActOutcome snooze(IncidentId id, Person person, Duration delay) {
        return desk.act(id, person, Desk.When.OPEN, (h, incident, by) -> {
            if (!possible(delay)) {
                return new ActOutcome.Refused("Nothing was put off: " + bounds());
            }
            Instant now = desk.now();
            Instant due = now.plus(delay);
            due(h, incident, Optional.of(due));
            desk.log(h, by, "snooze", incident, Map.of("due", due.toEpochMilli()));
            desk.aside(h, incident, by, "The next update was put off by " + Durations.lasted(delay));
            desk.changed(h, id);
            return new ActOutcome.Done(next(now, Optional.of(due)));
        });
    }

    ActOutcome severity(IncidentId id, Person person, Severity severity) {
        return desk.act(id, person, Desk.When.OPEN, (h, incident, by) -> {
            if (incident.severity() == severity) {
                return already(h, incident, "severity", id.text() + " is " + severity.text());
            }
            Instant now = desk.now();
            Optional<Instant> due = severity.updateEvery().map(now::plus);
            desk.incidents.change(h, incident, "severity = :severity, update_due_at = nullif(:due, 0)",
                    Map.of("severity", severity.number(), "due", IncidentStore.millis(due)));
            desk.log(h, by, "severity", incident,
                    Map.of("from", incident.severity().number(), "to", severity.number()));
            String way = severity.atLeast(incident.severity()) ? "raised" : "lowered";
            desk.record(h, incident, TimelineEntry.Kind.SEVERITY, by,
                    "Severity " + way + " from " + incident.severity().text() + " to " + severity.text());
            Incident changed = desk.changed(h, id);
            summons.unasked(h, changed);
            return new ActOutcome.Done(id.text() + " is " + severity.text() + " now. " + next(now, due));
        });
    }

    /** Of two who say the same, the second is told that the first did. */
    private ActOutcome already(Handle handle, Incident incident, String action, String what) {
        String who = desk.who(handle, incident, List.of(action, "declare", "reopen"))
                .map(name -> ": " + name + " said so")
                .orElse("");
        return new ActOutcome.Refused(what + " already" + who + ".");
    }

    ActOutcome status(IncidentId id, Person person, IncidentState.Progress progress) {
        return desk.act(id, person, Desk.When.OPEN, (h, incident, by) -> {
            if (incident.state().equals(new IncidentState.Open(progress))) {
                return already(h, incident, "status", id.text() + " is at " + progress.text());
            }
            desk.incidents.change(h, incident, "status = :status", Map.of("status", progress.text()));
            desk.log(h, by, "status", incident, Map.of("from", incident.state().text(), "to", progress.text()));
            desk.record(h, incident, TimelineEntry.Kind.STATUS, by,
                    "Status changed from " + incident.state().text() + " to " + progress.text());
            Incident changed = desk.changed(h, id);
            if (incident.state().equals(new IncidentState.Open(IncidentState.Progress.TRIAGE))) {
                summons.unasked(h, changed);
            }
            return new ActOutcome.Done(id.text() + " is at " + progress.text() + " now.");
        });
    }

    ActOutcome role(IncidentId id, Person person, IncidentRole role, Person holder) {
        return desk.act(id, person, Desk.When.NOT_MERGED, (h, incident, by) -> {
            Person who = desk.catalog.people().byId(h, holder.id()).orElse(holder);
            if (!who.mayAct()) {
                return new ActOutcome.Refused(who.displayName() + " is " + who.standing().words()
                        + ", so they cannot take a role. Choose a member of this workspace.");
            }
            Optional<Person> before = Optional.ofNullable(desk.members.roles(h, id).get(role));
            if (before.filter(one -> one.id() == who.id()).isPresent()) {
                return new ActOutcome.Refused(
                        role.title() + " of " + id.text() + " is " + who.displayName() + " already.");
            }
            give(h, incident, by, role, who, before);
            return new ActOutcome.Done(role.title() + " of " + id.text() + " is " + who.displayName() + " now."
                    + answered(h, incident, role, who, who.id() == person.id()));
        });
    }

    /** Takes a role that nobody has; whoever is second is told who was first. */
    ActOutcome claim(IncidentId id, Person person, IncidentRole role) {
        return desk.act(id, person, Desk.When.OPEN, (h, incident, by) -> {
            Optional<Person> before = Optional.ofNullable(desk.members.roles(h, id).get(role));
            if (before.isPresent()) {
                return new ActOutcome.Refused(role.title() + " of " + id.text() + " is "
                        + before.get().displayName() + " already. Agree with them before you take it over.");
            }
            give(h, incident, by, role, person, before);
            return new ActOutcome.Done("You are " + role.title().toLowerCase(java.util.Locale.ROOT) + " of "
                    + id.text() + " now." + answered(h, incident, role, person, true));
        });
    }

    /** Who leads is at it: nobody need be called any more to whom their word counts. */
    private String answered(Handle handle, Incident incident, IncidentRole role, Person who, boolean taken) {
        List<Page> ended = role == IncidentRole.LEAD ? summons.led(handle, incident, who, taken) : List.of();
        return ended.isEmpty()
                ? ""
                : " That acknowledges " + ended.stream().map(page -> page.id().text()).collect(Collectors.joining(", "))
                        + ": nobody else is paged.";
    }

    private void give(Handle handle, Incident incident, Actor by, IncidentRole role, Person who,
            Optional<Person> before) {
        desk.members.give(handle, incident.id(), role, who.id(), desk.now());
        desk.members.add(handle, incident.id(), who.id());
        takenUp(handle, incident);
        desk.log(handle, by, "role", incident, Map.of("role", role.text(), "person", who.id()));
        desk.record(handle, incident, TimelineEntry.Kind.ROLE, by, role.title() + ": " + who.displayName()
                + before.map(person -> ", instead of " + person.displayName()).orElse(""));
        desk.changed(handle, incident.id());
    }

    /** Notes when somebody first saw to it. */
    void takenUp(Handle handle, Incident incident) {
        desk.incidents.change(handle, incident, "taken_up_at = coalesce(taken_up_at, :now)",
                Map.of("now", desk.now().toEpochMilli()));
    }

    ActOutcome about(IncidentId id, Person person, Entity entity) {
        return desk.act(id, person, Desk.When.NOT_MERGED, (h, incident, by) -> {
            Optional<Entity> now = desk.catalog.entities().byId(h, entity.id()).filter(Entity::live);
            if (now.isEmpty()) {
                return new ActOutcome.Refused(
                        entity.name() + " is not in the catalog any more. Choose something else.");
            }
            if (incident.about().entity().equals(Optional.of(entity.id()))) {
                return new ActOutcome.Refused(id.text() + " is on " + entity.name() + " already.");
            }
            desk.incidents.change(h, incident, "entity = :entity", Map.of("entity", entity.id().value()));
            desk.log(h, by, "about", incident, Map.of("entity", entity.id().value()));
            desk.joinOwners(h, incident, now.get());
            desk.record(h, incident, TimelineEntry.Kind.NOTE, by, "It is on " + entity.name());
            Incident changed = desk.changed(h, id);
            desk.telling.changes(h, changed);
            if (changed.open()) {
                summons.unasked(h, changed);
                placed.forEach(listener -> listener.accept(h, changed));
            }
            return new ActOutcome.Done(id.text() + " is on " + entity.name() + " now.");
        });
    }

    /** The run given, or else the one that serves the request now. */
    void causedBy(Handle handle, IncidentId id, RequestId request, OptionalLong run) {
        Incident incident = desk.incidents.surviving(handle, id);
        Optional<Long> cause = handle.createQuery("""
                SELECT id FROM run WHERE request = :request AND (id = :run OR :run = 0) ORDER BY id DESC LIMIT 1""")
                .bind("request", request.value()).bind("run", run.orElse(0)).mapTo(Long.class).findOne();
        cause.ifPresent(one -> {
            desk.incidents.change(handle, incident, "caused_by = :run", Map.of("run", one));
            desk.log(handle, Actor.STEWARD, "cause", incident, Map.of("request", request.text(), "run", "RUN-" + one));
            desk.aside(handle, incident, Actor.STEWARD, "Held to be the cause: RUN-" + one + " of " + request.text());
            desk.telling.headline(handle, incident);
        });
    }

    /** Somebody sees to it, as who acknowledged its page does. */
    void acknowledged(Handle handle, Incident incident) {
        if (incident.times().takenUp().isEmpty()) {
            takenUp(handle, incident);
            desk.log(handle, Actor.STEWARD, "taken_up", incident, Map.of());
        }
    }
}
