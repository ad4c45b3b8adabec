package dev.steward.incidents;

import dev.steward.catalog.Person;
import dev.steward.definitions.Durations;
import dev.steward.ledger.Actor;
import dev.steward.requests.ActOutcome;
import dev.steward.requests.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How incidents end, and go on after all. */
final class Ending {
    private static final int REASON = 500;

    private final Desk desk;
    private final Postmortems postmortems;
    private final Summons summons;

    Ending(Desk desk, Postmortems postmortems, Summons summons) {
        this.desk = desk;
        this.postmortems = postmortems;
        this.summons = summons;
    }

    ActOutcome resolve(IncidentId id, Person person, String words) {
        return desk.act(id, person, Desk.When.ANY, (h, incident, by) -> {
            String clean = Phrases.text(words);
            Optional<String> obstacle = ended(h, incident)
                    .or(() -> clean.length() > Desk.TEXT
                            ? Optional.of(Notes.tooLong("It is not resolved: the text", clean, Desk.TEXT))
                            : Optional.empty());
            if (obstacle.isPresent()) {
                return new ActOutcome.Refused(obstacle.get());
            }
            Instant now = desk.now();
            String lasted = Durations.lasted(Duration.between(incident.times().declared(), now));
            desk.incidents.change(h, incident, "status = 'resolved', resolved_at = :now, update_due_at = NULL",
                    Map.of("now", now.toEpochMilli()));
            desk.log(h, by, "resolve", incident,
                    Map.of("lastedMs", Duration.between(incident.times().declared(), now).toMillis()));
            settle(h, incident);
            // Its line in the channel is the message below, which says more.
            desk.timeline.add(h, incident, new Timeline.New(TimelineEntry.Kind.ENDED, now, by,
                    "Resolved after " + lasted + (clean.isEmpty() ? "" : ": " + clean), true, Timeline.ownSource()));
            postmortems.begin(h, id);
            Incident changed = desk.changed(h, id);
            desk.telling.resolved(h, changed, now);
            return new ActOutcome.Done(id.text() + " is resolved after " + lasted
                    + ". A draft of its postmortem is ready to be completed.");
        });
    }

    /** Whatever asked for an update asks no more, and what waited for it is looked at again. */
    private void settle(Handle handle, Incident before) {
        summons.over(handle, before);
        handle.createQuery("SELECT id FROM request WHERE state = 'approved'").mapTo(Long.class).list()
                .forEach(request -> desk.requests.goOn(handle, new RequestId(request)));
        before.times().updateDue().ifPresent(due -> desk.telling.notDue(handle, before, due));
    }

    /** Why it cannot be ended, with who was first; empty while it is open. */
    private Optional<String> ended(Handle handle, Incident incident) {
        return Desk.notOpen(incident)
                .map(why -> desk.who(handle, incident, List.of("resolve", "close", "decline", "merge"))
                        .map(who -> why + " " + who + " did that.").orElse(why));
    }

    ActOutcome close(IncidentId id, Person person) {
        return desk.act(id, person, Desk.When.ANY, (h, incident, by) -> {
            if (!(incident.state() instanceof IncidentState.Resolved)) {
                return new ActOutcome.Refused(
                        ended(h, incident).orElse(id.text() + " still goes on. Resolve it first."));
            }
            desk.incidents.change(h, incident, "status = 'closed', ended_at = :now, ended_by = :by",
                    Map.of("now", desk.now().toEpochMilli(), "by", by.text()));
            desk.log(h, by, "close", incident, Map.of());
            desk.record(h, incident, TimelineEntry.Kind.ENDED, by, "Closed");
            Incident changed = desk.changed(h, id);
            desk.telling.stillResolved(h, changed);
            return new ActOutcome.Done(id.text() + " is closed.");
        });
    }

    ActOutcome decline(IncidentId id, Person person, String reason) {
        return desk.act(id, person, Desk.When.ANY, (h, incident, by) -> {
            String clean = Phrases.line(reason);
            Optional<String> obstacle = ended(h, incident).or(() -> reasonless(clean));
            if (obstacle.isPresent()) {
                return new ActOutcome.Refused(obstacle.get());
            }
            desk.incidents.change(h, incident, """
                    status = 'declined', ended_at = :now, ended_by = :by, reason = :reason, update_due_at = NULL""",
                    Map.of("now", desk.now().toEpochMilli(), "by", by.text(), "reason", clean));
            desk.log(h, by, "decline", incident, Map.of());
            settle(h, incident);
            desk.record(h, incident, TimelineEntry.Kind.ENDED, by, "Declined: " + clean);
            desk.changed(h, id);
            return new ActOutcome.Done(id.text() + " is declined. It does not count in the figures.");
        });
    }

    private static Optional<String> reasonless(String reason) {
        if (reason.isEmpty()) {
            return Optional.of("It is not declined: say why it is not an incident.");
        }
        return reason.length() > REASON
                ? Optional.of(Notes.tooLong("It is not declined: the reason", reason, REASON))
                : Optional.empty();
    }

    ActOutcome reopen(IncidentId id, Person person) {
        return desk.act(id, person, Desk.When.NOT_MERGED, (h, incident, by) -> {
            if (incident.open()) {
                return new ActOutcome.Refused(id.text() + " goes on already.");
            }
            Optional<Instant> due = incident.severity().updateEvery().map(desk.now()::plus);
            desk.incidents.change(h, incident, """
                    status = 'investigating', resolved_at = NULL, ended_at = NULL, ended_by = NULL, reason = NULL,
                    update_due_at = nullif(:due, 0)""", Map.of("due", IncidentStore.millis(due)));
            desk.log(h, by, "reopen", incident, Map.of("from", incident.state().text()));
            desk.record(h, incident, TimelineEntry.Kind.ENDED, by, "Reopened");
            desk.telling.stillResolved(h, incident);
            desk.changed(h, id);
            return new ActOutcome.Done(id.text() + " goes on. Everybody in its channel is told.");
        });
    }

    ActOutcome merge(IncidentId id, Person person, IncidentId into) {
        return desk.act(id, person, Desk.When.ANY, (h, incident, by) -> {
            Optional<Incident> target = desk.incidents.find(h, into)
                    .filter(other -> desk.members.mayKnow(h, other, Optional.of(person)));
            Optional<String> obstacle = target.isEmpty()
                    ? Optional.of("There is no " + into.text() + " to merge it into. Look for its number in the list of"
                            + " open incidents.")
                    : obstacle(incident, target.get());
            if (obstacle.isPresent()) {
                return new ActOutcome.Refused(obstacle.get());
            }
            merge(h, incident, target.orElseThrow(), by);
            desk.join(h, target.get(), person.id());
            return new ActOutcome.Done(id.text() + " was merged into " + into.text()
                    + ", which has its people, timeline, actions and links now. Go on there.");
        });
    }

    private static Optional<String> obstacle(Incident incident, Incident target) {
        String into = target.id().text();
        if (incident.id().equals(target.id())) {
            return Optional.of(into + " cannot be merged into itself. Name the other one.");
        }
        if (incident.state() instanceof IncidentState.Merged || incident.state() instanceof IncidentState.Declined
                || incident.state() instanceof IncidentState.Closed) {
            return Desk.notOpen(incident);
        }
        if (target.state() instanceof IncidentState.Merged || target.state() instanceof IncidentState.Declined) {
            return Desk.notOpen(target);
        }
        if (incident.open() && !target.open()) {
            return Optional.of(into + " does not go on, but " + incident.id().text() + " does. Reopen " + into
                    + " first, or merge " + into + " into " + incident.id().text() + ".");
        }
        return incident.about().confidential() && !target.about().confidential()
                ? Optional.of(incident.id().text() + " is confidential and " + into + " is not: everybody could read"
                        + " its timeline there. Merge " + into + " into " + incident.id().text() + " instead.")
                : Optional.empty();
    }

    private void merge(Handle handle, Incident incident, Incident target, Actor by) {
        desk.incidents.change(handle, incident, """
                status = 'merged', merged_into = :into, ended_at = :now, ended_by = :by, update_due_at = NULL""",
                Map.of("into", target.id().value(), "now", desk.now().toEpochMilli(), "by", by.text()));
        desk.incidents.change(handle, target, """
                entity = coalesce(entity, nullif(:entity, 0)), caused_by = coalesce(caused_by, nullif(:cause, 0)),
                taken_up_at = coalesce(taken_up_at, nullif(:taken, 0))""",
                Map.of("entity", incident.about().entity().map(e -> e.value()).orElse(0L), "cause",
                        incident.about().causedBy().orElse(0), "taken",
                        IncidentStore.millis(incident.times().takenUp())));
        takeOver(handle, incident.id(), target.id());
        desk.log(handle, by, "merge", incident, Map.of("into", target.id().text()));
        desk.log(handle, by, "take_over", target, Map.of("from", incident.id().text()));
        settle(handle, incident);
        desk.record(handle, incident, TimelineEntry.Kind.ENDED, by, "Merged into " + target.id().text());
        desk.record(handle, target, TimelineEntry.Kind.ENDED, by,
                incident.id().text() + " was merged into this: " + incident.title());
        desk.changed(handle, incident.id());
        desk.changed(handle, target.id());
    }

    private void takeOver(Handle handle, IncidentId from, IncidentId to) {
        desk.members.copy(handle, from, to);
        desk.timeline.move(handle, from, to);
        Items.move(handle, from, to);
        Freezes.move(handle, from, to);
        desk.requests.merged(handle, from.value(), to.value());
    }
}
