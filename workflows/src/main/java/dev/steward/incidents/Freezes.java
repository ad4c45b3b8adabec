package dev.steward.incidents;

import dev.steward.catalog.Person;
import dev.steward.catalog.Principal;
import dev.steward.requests.ActOutcome;
import dev.steward.requests.RequestId;
import dev.steward.requests.Request;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What open incidents keep from being applied, and what is let through all the same. */
final class Freezes {
    private static final int REASON = 500;

    private final Desk desk;

    Freezes(Desk desk) {
        this.desk = desk;
    }

    Optional<Incident> freezing(Handle handle, Set<Long> entities) {
        return entities.isEmpty() || desk.rules.freezes().isEmpty()
                ? Optional.empty()
                : Reach.burning(handle, entities, desk.rules.freezes()).stream().findFirst();
    }

    /** Whether applies on what it is on wait. */
    boolean frozen(Incident incident) {
        return incident.open() && incident.about().entity().isPresent()
                && desk.rules.freezes().contains(incident.severity());
    }

    /** For people who may not know of it: what stands in the way. */
    static String words(Incident incident) {
        return incident.about().confidential()
                ? "a confidential " + incident.severity().text()
                : incident.id().text() + " (" + incident.severity().text() + ": " + incident.title() + ")";
    }

    /** Lets the apply of a request through, on the word of one of the team that may say so. */
    ActOutcome letThrough(IncidentId id, Person person, RequestId request, String reason) {
        return desk.store.database().write(h -> {
            Optional<Incident> incident = desk.incidents.find(h, id).filter(this::frozen);
            Optional<Request> asked = desk.requests.find(h, request);
            if (incident.isEmpty() || asked.isEmpty()) {
                return new ActOutcome.Refused(request.text() + " is not frozen by that any more. Look at its card.");
            }
            String clean = Phrases.line(reason);
            Optional<String> obstacle = obstacle(h, person, asked.get(), clean);
            if (obstacle.isPresent()) {
                return new ActOutcome.Refused(obstacle.get());
            }
            return let(h, incident.get(), person, request, clean)
                    ? new ActOutcome.Done(request.text() + " may be applied although " + words(incident.get())
                            + " freezes it. Both say that you allowed it, and why.")
                    : new ActOutcome.Refused(request.text() + " was allowed already.");
        });
    }

    private Optional<String> obstacle(Handle handle, Person person, Request request, String reason) {
        boolean may = desk.catalog.teams().isEligible(handle, Principal.team(desk.rules.overriders()), person.id(),
                desk.now());
        if (!may) {
            return Optional.of("Only team " + desk.rules.overriders() + " can allow a frozen apply. Ask one of"
                    + " them, or wait until the incident is resolved.");
        }
        if (request.requester() == person.id()) {
            return Optional.of("Nobody allows their own request: ask somebody else of team "
                    + desk.rules.overriders() + ".");
        }
        if (reason.isEmpty()) {
            return Optional.of("It stays frozen: say why it cannot wait.");
        }
        return reason.length() > REASON
                ? Optional.of(Notes.tooLong("It stays frozen: the reason", reason, REASON))
                : Optional.empty();
    }

    private boolean let(Handle handle, Incident incident, Person person, RequestId request, String reason) {
        boolean news = handle.createUpdate("""
                INSERT OR IGNORE INTO freeze_override (incident, request, person, reason, at)
                VALUES (:incident, :request, :person, :reason, :now)""").bind("incident", incident.id().value())
                .bind("request", request.value()).bind("person", person.id()).bind("reason", reason)
                .bind("now", desk.now().toEpochMilli()).execute() > 0;
        if (news) {
            var by = Desk.actor(person);
            desk.log(handle, by, "let_through", incident, Map.of("request", request.text()));
            desk.store.ledger().append(handle, by, "request.let_through", request.text(),
                    Map.of("incident", incident.id().text()));
            desk.record(handle, incident, TimelineEntry.Kind.FREEZE, by, request.text() + " may be applied: " + reason);
            desk.requests.goOn(handle, request);
        }
        return news;
    }

    static boolean letThrough(Handle handle, IncidentId id, RequestId request) {
        return handle.createQuery("""
                SELECT count(*) FROM freeze_override WHERE incident = :incident AND request = :request""")
                .bind("incident", id.value()).bind("request", request.value()).mapTo(Integer.class).one() > 0;
    }

    /** Has another incident take over what was let through. */
    static void move(Handle handle, IncidentId from, IncidentId to) {
        handle.createUpdate("UPDATE OR IGNORE freeze_override SET incident = :to WHERE incident = :from")
                .bind("to", to.value()).bind("from", from.value()).execute();
        handle.createUpdate("DELETE FROM freeze_override WHERE incident = :from").bind("from", from.value()).execute();
    }
}
