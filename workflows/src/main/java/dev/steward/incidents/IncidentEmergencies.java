package dev.steward.incidents;

import dev.steward.access.BreakGlassReviews;
import dev.steward.catalog.Entity;
import dev.steward.catalog.EntityId;
import dev.steward.catalog.Person;
import dev.steward.requests.Emergencies;
import dev.steward.requests.Request;
import dev.steward.requests.RequestId;
import dev.steward.requests.RequestParts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * What incidents have to say to requests: which applies wait, who is let in at once, what is over, and what happened. It
 * stands on the tables alone, since requests are made with it.
 */
public final class IncidentEmergencies implements Emergencies {
    private final RequestParts.Catalog catalog;
    private final Incidents.Rules rules;
    private final OnCallNow onCall;
    private final BreakGlassReviews reviews;
    private final IncidentStore incidents = new IncidentStore();
    private final Members members;
    private final Happenings happenings;

    /** Who has the pager. */
    @FunctionalInterface
    public interface OnCallNow {
        /** Whoever is on call for that entity at this moment, by its operating model. */
        List<Person> responsible(Handle handle, Entity entity);
    }

    /** Over the tables of the stores given. */
    public IncidentEmergencies(RequestParts.Store store, RequestParts.Catalog catalog, Incidents.Rules rules,
            OnCallNow onCall,
            BreakGlassReviews reviews) {
        this.catalog = catalog;
        this.rules = rules;
        this.onCall = onCall;
        this.reviews = reviews;
        members = new Members(catalog.people(), store.clock());
        happenings = new Happenings(store, new Timeline(catalog.people(), store.clock()),
                new Telling(store.outbox(), rules.announce()));
    }

    @Override
    public Optional<Frozen> freezes(Handle handle, Set<Long> entities, RequestId request, Optional<Long> incident) {
        return Reach.burning(handle, entities, rules.freezes()).stream()
                .filter(one -> !incident.equals(Optional.of(one.id().value())))
                .filter(one -> !Freezes.letThrough(handle, one.id(), request)).findFirst()
                .map(one -> new Frozen(one.id().value(), why(handle, one)));
    }

    private String why(Handle handle, Incident incident) {
        String on = incident.about().entity().flatMap(id -> catalog.entities().byId(handle, id)).map(Entity::name)
                .orElse("it");
        return Phrases.capital(Freezes.words(incident)) + " is open, and nothing is applied to " + on
                + " or to what depends on it before it is resolved.";
    }

    @Override
    public BreakGlass breakGlass(Handle handle, Person person, Entity entity, long incident) {
        Optional<Incident> found = incidents.find(handle, new IncidentId(incident)).filter(Incident::open);
        if (found.isEmpty() || !found.get().severity().atLeast(Severity.SEV2)) {
            return new BreakGlass.Refused("INC-" + incident + " is not an open SEV-1 or SEV-2.");
        }
        Optional<EntityId> on = found.get().about().entity();
        List<Entity> above = Stream.concat(Stream.of(entity),
                catalog.entities().allDependentsOf(handle, entity.id()).stream()).toList();
        if (on.isEmpty() || above.stream().noneMatch(one -> one.id().equals(on.get()))) {
            return new BreakGlass.Refused("INC-" + incident + " is neither on " + entity.name()
                    + " nor on anything that depends on it.");
        }
        boolean has = above.stream().anyMatch(one -> onCall.responsible(handle, one).stream()
                .anyMatch(somebody -> somebody.id() == person.id()));
        return has && person.mayAct()
                ? new BreakGlass.Allowed()
                : new BreakGlass.Refused("You are not on call for " + entity.name() + " or what depends on it.");
    }

    @Override
    public void brokeGlass(Handle handle, Request request, Person person, Entity entity, long incident) {
        reviews.opened(handle, request, person, entity, incident);
        incidents.find(handle, new IncidentId(incident)).ifPresent(found -> happenings.add(handle, found,
                TimelineEntry.Kind.GRANT, "Break-glass: " + person.displayName() + " gets access to "
                        + request.subject() + " at once (" + request.id().text() + ").",
                "break-glass:" + request.id().value(), Desk.actor(person)));
    }

    @Override
    public Optional<String> unusable(Handle handle, Person person, long incident) {
        Optional<Incident> found = incidents.find(handle, new IncidentId(incident))
                .filter(one -> members.mayKnow(handle, one, Optional.of(person)));
        if (found.isEmpty()) {
            return Optional.of("There is no INC-" + incident + ".");
        }
        return Desk.notOpen(found.get());
    }

    @Override
    public boolean urgent(Handle handle, Set<Long> entities, long incident) {
        return incidents.find(handle, new IncidentId(incident)).filter(Incident::open)
                .filter(one -> one.severity().atLeast(Severity.SEV2)).flatMap(one -> one.about().entity())
                .filter(on -> entities.contains(on.value())).isPresent();
    }

    @Override
    public boolean over(Handle handle, long incident) {
        return incidents.find(handle, new IncidentId(incident)).filter(Incident::open).isEmpty();
    }

    @Override
    public void merged(Handle handle, long from, long to) {
        reviews.merged(handle, from, to);
    }

    @Override
    public void happened(Handle handle, Happening happening) {
        TimelineEntry.Kind kind = TimelineEntry.Kind.valueOf(happening.kind().toUpperCase(Locale.ROOT));
        reviews.changed(handle, happening.request());
        happenings.add(handle, kind, happening.entities(), happening.text(), happening.source(), happening.by());
        happening.incident().flatMap(id -> incidents.find(handle, new IncidentId(id)))
                .ifPresent(incident -> happenings.add(handle, incident, kind, happening.text(), happening.source(),
                        happening.by()));
    }
}
