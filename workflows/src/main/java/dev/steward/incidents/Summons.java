package dev.steward.incidents;

import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.ledger.Actor;
import dev.steward.oncall.OnCall;
import dev.steward.oncall.Page;
import dev.steward.oncall.PageOrder;
import dev.steward.oncall.PageState;
import dev.steward.requests.ActOutcome;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Calls whoever is on call to an incident: into its channel always, by a page when it is a SEV-1 or SEV-2. Who may see a
 * confidential one is chosen by people: nobody is called to it unasked.
 */
final class Summons {
    private final Desk desk;
    private final OnCall onCall;

    Summons(Desk desk, OnCall onCall) {
        this.desk = desk;
        this.onCall = onCall;
        onCall.onEnd(this::heard);
    }

    /** Calls whoever answers for what it is on now: when it is declared, gets worse, or is found to be on something. */
    void unasked(Handle handle, Incident incident) {
        Optional<Entity> entity = incident.about().entity().flatMap(id -> desk.catalog.entities().byId(handle, id));
        if (entity.isEmpty() || incident.about().confidential()) {
            return;
        }
        onCall.responsible(handle, entity.get()).ifPresent(found -> {
            found.people().forEach(person -> desk.join(handle, incident, person.id()));
            // A team without rotation is in the channel as a whole, and is paged as a whole only when somebody says so.
            boolean urgent = incident.severity().atLeast(Severity.SEV2)
                    && onCall.rotation(found.team().name()).isPresent()
                    && !incident.state().equals(new IncidentState.Open(IncidentState.Progress.TRIAGE));
            boolean there = found.people().stream().anyMatch(person -> person.id() == incident.about().declaredBy()
                    || desk.members.leads(handle, incident.id(), person.id()));
            if (urgent && !there) {
                page(handle, incident, found.team(), Optional.empty(), onCall.paged(handle, entity.get()).stream()
                        .skip(1).map(Team::name).toList());
            }
        });
    }

    /** Pages a team because somebody says so. */
    ActOutcome page(IncidentId id, Person person, Team team) {
        return desk.act(id, person, Desk.When.OPEN, (h, incident, by) -> {
            if (incident.about().confidential()) {
                return new ActOutcome.Refused(id.text() + " is confidential, and a page would be read by all of team "
                        + team.name() + ". Invite whoever is needed into its channel instead.");
            }
            page(h, incident, team, Optional.of(person), List.of());
            return new ActOutcome.Done("Team " + team.title() + " is paged. Whoever answers is named here.");
        });
    }

    private void page(Handle handle, Incident incident, Team team, Optional<Person> asker, List<String> then) {
        boolean running = onCall.about(handle, incident.id().text()).stream()
                .anyMatch(page -> page.team().id() == team.id() && page.unanswered());
        if (running) {
            return;
        }
        var page = onCall.page(handle, new PageOrder(team.name(), incident.id().text(),
                incident.severity().text() + ": " + incident.title(),
                asker.isPresent() ? incident.channel().id() : Optional.empty(), asker, then));
        Actor by = asker.map(Desk::actor).orElse(Actor.STEWARD);
        String what = "Team " + team.title() + " was paged";
        if (asker.isPresent() && incident.channel().id().isPresent()) {
            // The page itself is a message in that channel.
            desk.happenings.addSilently(handle, incident, TimelineEntry.Kind.PAGE, what, "page:" + page.value(), by);
        } else {
            desk.happenings.add(handle, incident, TimelineEntry.Kind.PAGE, what, "page:" + page.value(), by);
        }
    }

    /**
     * Somebody leads it now: their page counts as acknowledged. Who took the lead may do that for each page that they may
     * acknowledge; who was given it, for those that went to them.
     */
    List<Page> led(Handle handle, Incident incident, Person lead, boolean taken) {
        return onCall.takenUp(handle, incident.id().text(), lead,
                taken ? OnCall.Word.THEIRS : OnCall.Word.ANOTHERS);
    }

    /** Nobody is called any more to what is over. */
    void over(Handle handle, Incident incident) {
        onCall.withdraw(handle, incident.id().text());
    }

    private void heard(Handle handle, Page page) {
        IncidentId.parse(page.subject()).filter(_ -> page.subject().startsWith("INC-"))
                .flatMap(id -> desk.incidents.find(handle, id))
                .map(found -> desk.incidents.surviving(handle, found.id()))
                .ifPresent(incident -> heard(handle, incident, page));
    }

    private void heard(Handle handle, Incident incident, Page page) {
        String source = "page:" + page.id().value() + ":end";
        switch (page.state()) {
            case PageState.Acked(Person by, var _) -> {
                desk.join(handle, incident, by.id());
                if (incident.open()) {
                    new Conducting(desk, this).acknowledged(handle, desk.incidents.get(handle, incident.id()));
                }
                desk.happenings.add(handle, incident, TimelineEntry.Kind.PAGE, by.displayName() + " answered for team "
                        + page.team().title(), source, Desk.actor(by));
            }
            case PageState.Exhausted(Optional<Team> then) -> desk.happenings.add(handle, incident,
                    TimelineEntry.Kind.PAGE, "Nobody of team " + page.team().title() + " has answered"
                            + then.map(next -> ", so team " + next.title() + " is paged").orElse(""),
                    source, Actor.STEWARD);
            case PageState.Open _ -> {
            }
            case PageState.Withdrawn _ -> {
            }
        }
    }
}
