package dev.steward.incidents;

import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.ledger.Actor;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/** Takes declarations. The row, its ledger entry, timeline, announcement and the job for its channel are one transaction. */
final class Declaring {
    private static final int SUMMARY = 3000;
    private static final int ALIKE = 5;

    private final Desk desk;
    private final Summons summons;
    private final List<BiConsumer<Handle, Incident>> listeners = new CopyOnWriteArrayList<>();

    Declaring(Desk desk, Summons summons) {
        this.desk = desk;
        this.summons = summons;
    }

    void onDeclared(BiConsumer<Handle, Incident> listener) {
        listeners.add(listener);
    }

    DeclareOutcome declare(Declaration declaration) {
        return desk.store.database().write(h -> {
            Person by = declaration.by();
            Person now = desk.catalog.people().byId(h, by.id()).orElse(by);
            if (!now.mayAct()) {
                return new DeclareOutcome.Refused("", "Only members of this workspace can declare an incident, and you"
                        + " are " + now.standing().words() + ". Tell somebody of the team that you work with.");
            }
            return before(h, declaration).<DeclareOutcome>map(incident -> already(h, incident, by))
                    .or(() -> problem(h, declaration)).orElseGet(() -> store(h, declaration));
        });
    }

    /** By this very declaration, or for the same run or alerts. */
    private Optional<Incident> before(Handle handle, Declaration declaration) {
        return desk.incidents.byKey(handle, declaration.idempotencyKey())
                .or(() -> switch (declaration.origin()) {
                    case Declaration.Origin.Run _ -> desk.incidents.byOrigin(handle, origin(declaration));
                    case Declaration.Origin.Alerts _ -> desk.incidents.byOrigin(handle, origin(declaration));
                    case Declaration.Origin.Command _ -> Optional.empty();
                    case Declaration.Origin.Message _ -> Optional.empty();
                });
    }

    private DeclareOutcome already(Handle handle, Incident incident, Person by) {
        Incident surviving = desk.incidents.surviving(handle, incident.id());
        return desk.members.mayKnow(handle, surviving, Optional.of(by))
                ? new DeclareOutcome.Already(surviving)
                : new DeclareOutcome.Refused("", "Others are on it already. Ask the owners of what it is on.");
    }

    static String origin(Declaration declaration) {
        return switch (declaration.origin()) {
            case Declaration.Origin.Command _ -> "command";
            case Declaration.Origin.Message _ -> "message";
            case Declaration.Origin.Alerts alerts -> "alert:" + alerts.group();
            case Declaration.Origin.Run run -> "run:" + run.run();
        };
    }

    private Optional<DeclareOutcome> problem(Handle handle, Declaration declaration) {
        String title = Phrases.line(declaration.title());
        Declaration.Details details = declaration.details();
        if (title.isEmpty()) {
            return refused("title", "Say in a few words what is wrong.");
        }
        if (title.length() > Phrases.TITLE) {
            return refused("title", "The title has " + title.length() + " characters, and at most " + Phrases.TITLE
                    + " fit. Put the rest into the summary.");
        }
        if (details.summary().length() > SUMMARY) {
            return refused("summary", "The summary has " + details.summary().length() + " characters, and at most "
                    + SUMMARY + " fit. Add the rest in the channel.");
        }
        if (declaration.origin() instanceof Declaration.Origin.Run(long run) && !failed(handle, run)) {
            return refused("", "RUN-" + run + " has not failed. Declare it with /incident if something is wrong.");
        }
        if (details.entity().isPresent() && entity(handle, declaration).isEmpty()) {
            return refused("entity", "That is not in the catalog any more. Leave it out, or choose something else.");
        }
        return details.lead().map(lead -> desk.catalog.people().byId(handle, lead.id()).orElse(lead))
                .filter(lead -> !lead.mayAct())
                .flatMap(lead -> refused("lead", lead.displayName() + " is " + lead.standing().words()
                        + ": only a member of this workspace can lead. Choose somebody else, or nobody for now."));
    }

    /** What a form says that it was opened for may have been changed by whoever had it open. */
    private static boolean failed(Handle handle, long run) {
        return handle.createQuery("""
                SELECT EXISTS (SELECT 1 FROM run WHERE id = :run
                    AND state IN ('apply_failed', 'partial', 'indeterminate'))""").bind("run", run)
                .mapTo(Boolean.class).one();
    }

    private static Optional<DeclareOutcome> refused(String field, String why) {
        return Optional.of(new DeclareOutcome.Refused(field, why));
    }

    private Optional<Entity> entity(Handle handle, Declaration declaration) {
        return declaration.details().entity().flatMap(id -> desk.catalog.entities().byId(handle, id))
                .filter(Entity::live);
    }

    private DeclareOutcome store(Handle handle, Declaration declaration) {
        Instant now = desk.now();
        String title = Phrases.line(declaration.title());
        Optional<Instant> due = declaration.severity().updateEvery().map(now::plus);
        IncidentId id = desk.incidents.insert(handle,
                new IncidentStore.New(declaration, title, origin(declaration), now, due));
        desk.incidents.named(handle, id, Phrases.channel(id, title));
        Incident incident = desk.incidents.get(handle, id);
        Actor by = Desk.actor(declaration.by());
        desk.log(handle, by, "declare", incident, facts(incident));
        begin(handle, incident, declaration, by);
        people(handle, incident, declaration, by);
        summons.unasked(handle, incident);
        desk.telling.announcement(handle, incident, true);
        desk.store.jobs().enqueue(handle, Desk.channelJob(id));
        desk.watch(handle, incident);
        HomeNews.changed(desk, handle, incident);
        listeners.forEach(listener -> listener.accept(handle, incident));
        return new DeclareOutcome.Declared(incident, alike(handle, incident));
    }

    private static Map<String, Object> facts(Incident incident) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("severity", incident.severity().number());
        facts.put("status", incident.state().text());
        facts.put("origin", incident.about().origin());
        facts.put("confidential", incident.about().confidential());
        incident.about().entity().ifPresent(entity -> facts.put("entity", entity.value()));
        return facts;
    }

    private void begin(Handle handle, Incident incident, Declaration declaration, Actor by) {
        if (declaration.origin() instanceof Declaration.Origin.Message message) {
            Actor author = declaration.by().slack()
                    .<Actor>map(account -> new Actor.SlackUser(account.team(), message.author())).orElse(by);
            desk.timeline.add(handle, incident, new Timeline.New(TimelineEntry.Kind.MESSAGE,
                    Notes.posted(message.ts()).orElse(incident.times().declared()), author,
                    Notes.said(message.text()), true, Timeline.message(message.channel(), message.ts())));
        }
        desk.record(handle, incident, TimelineEntry.Kind.DECLARED, by,
                "Declared as " + incident.severity().text() + ": " + incident.title());
    }

    private void people(Handle handle, Incident incident, Declaration declaration, Actor by) {
        desk.members.add(handle, incident.id(), declaration.by().id());
        declaration.details().lead().ifPresent(lead -> {
            desk.members.add(handle, incident.id(), lead.id());
            desk.members.give(handle, incident.id(), IncidentRole.LEAD, lead.id(), incident.times().declared());
            desk.record(handle, incident, TimelineEntry.Kind.ROLE, by,
                    IncidentRole.LEAD.title() + ": " + lead.displayName());
        });
        entity(handle, declaration).ifPresent(entity -> desk.joinOwners(handle, incident, entity));
    }

    /** Open ones that all may see, on the same thing or with a title that may mean the same. */
    static List<Incident> alike(Handle handle, Incident incident) {
        return IncidentStore.all(handle, "private = 0 AND id <> :id AND " + IncidentStore.OPEN
                + " ORDER BY entity IS :entity DESC, id DESC LIMIT 200",
                Map.of("id", incident.id().value(), "entity", incident.about().entity().map(e -> e.value()).orElse(0L)))
                .stream()
                .filter(other -> sameThing(incident, other) || Phrases.alike(incident.title(), other.title()))
                .limit(ALIKE).toList();
    }

    private static boolean sameThing(Incident incident, Incident other) {
        return incident.about().entity().isPresent() && incident.about().entity().equals(other.about().entity());
    }
}
