package dev.steward.incidents;

import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.jobs.Job;
import dev.steward.ledger.Actor;
import dev.steward.requests.ActOutcome;
import dev.steward.requests.RequestParts;
import dev.steward.requests.Requests;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What all use cases of incidents stand on: the tables, who may act, and what follows from every change. */
final class Desk {
    /** The longest text that somebody may type at once. */
    static final int TEXT = 2000;
    private static final String LOG = "incident.";
    /** So many of a team are called together. */
    private static final int TEAM = 100;

    final RequestParts.Store store;
    final RequestParts.Catalog catalog;
    final Requests requests;
    final Incidents.Rules rules;
    final IncidentStore incidents = new IncidentStore();
    final Timeline timeline;
    final Members members;
    final Telling telling;
    final Happenings happenings;

    Desk(RequestParts.Store store, RequestParts.Catalog catalog, Requests requests, Incidents.Rules rules) {
        this.store = store;
        this.catalog = catalog;
        this.requests = requests;
        this.rules = rules;
        timeline = new Timeline(catalog.people(), store.clock());
        members = new Members(catalog.people(), store.clock());
        telling = new Telling(store.outbox(), rules.announce());
        happenings = new Happenings(store, timeline, telling);
    }

    /** In which states something can be done. */
    enum When {
        /** As long as it goes on. */
        OPEN,
        /** As long as no other has taken it over. */
        NOT_MERGED,
        /** Always; what is done looks at the state itself. */
        ANY
    }

    /** Something that a person does to an incident that they may see, in one transaction. */
    @FunctionalInterface
    interface Verb {
        ActOutcome on(Handle handle, Incident incident, Actor by);
    }

    /** Does something in the name of a person, if that person may and it can be done; whoever does belongs to it. */
    ActOutcome act(IncidentId id, Person person, When when, Verb verb) {
        return store.database().write(h -> {
            Optional<Incident> found = incidents.find(h, id)
                    .filter(incident -> members.mayKnow(h, incident, Optional.of(person)));
            Optional<String> obstacle = found.isEmpty()
                    ? Optional.of("There is no " + id.text() + ". Look for its number in the list of open incidents.")
                    : obstacle(h, found.get(), person, when);
            if (obstacle.isPresent()) {
                return new ActOutcome.Refused(obstacle.get());
            }
            ActOutcome outcome = verb.on(h, found.orElseThrow(), actor(person));
            if (outcome instanceof ActOutcome.Done) {
                join(h, incidents.get(h, id), person.id());
            }
            return outcome;
        });
    }

    private Optional<String> obstacle(Handle handle, Incident incident, Person person, When when) {
        Person now = catalog.people().byId(handle, person.id()).orElse(person);
        if (!now.mayAct()) {
            return Optional.of("Only members of this workspace can do that in an incident, and you are "
                    + now.standing().words() + ". Ask somebody in its channel to do it.");
        }
        return switch (when) {
            case OPEN -> notOpen(incident);
            case NOT_MERGED -> incident.state() instanceof IncidentState.Merged ? notOpen(incident) : Optional.empty();
            case ANY -> Optional.empty();
        };
    }

    /** Why it does not go on, and what to do; empty while it does. */
    static Optional<String> notOpen(Incident incident) {
        String id = incident.id().text();
        return switch (incident.state()) {
            case IncidentState.Open _ -> Optional.empty();
            case IncidentState.Resolved _ -> Optional.of(id + " is resolved. Reopen it first if it goes on.");
            case IncidentState.Closed _ -> Optional.of(id + " is closed. Reopen it first if it goes on.");
            case IncidentState.Declined _ -> Optional.of(id + " was declined. Reopen it first if it is one after all.");
            case IncidentState.Merged merged ->
                Optional.of(id + " was merged into " + merged.into().text() + ": go on there.");
        };
    }

    /** The account that a person acts by. */
    static Actor actor(Person person) {
        return person.slack().<Actor>map(account -> account).orElse(Actor.STEWARD);
    }

    String name(Handle handle, Actor actor) {
        return catalog.people().nameOf(handle, actor);
    }

    /** For people: who did the last of these to it. */
    Optional<String> who(Handle handle, Incident incident, List<String> actions) {
        return store.ledger().about(handle, incident.id().text()).reversed().stream()
                .filter(entry -> actions.contains(entry.action().substring(LOG.length()))).findFirst()
                .map(entry -> name(handle, Actor.parse(entry.actor())));
    }

    Instant now() {
        return store.clock().instant();
    }

    void log(Handle handle, Actor by, String action, Incident incident, Map<String, ?> facts) {
        store.ledger().append(handle, by, LOG + action, incident.id().text(), facts);
    }

    /** An entry for something that was done just now, and its line in the channel. */
    long record(Handle handle, Incident incident, TimelineEntry.Kind kind, Actor by, String text) {
        long entry = timeline.add(handle, incident,
                new Timeline.New(kind, now(), by, text, true, Timeline.ownSource())).orElseThrow();
        telling.entry(handle, incident, kind, entry);
        return entry;
    }

    /** The same for what only the full view has. */
    long aside(Handle handle, Incident incident, Actor by, String text) {
        return timeline.add(handle, incident, new Timeline.New(TimelineEntry.Kind.NOTE, now(), by, text, false,
                Timeline.ownSource())).orElseThrow();
    }

    /** After the row was changed: what shows it is edited, and its channel's topic is looked at. */
    Incident changed(Handle handle, IncidentId id) {
        Incident incident = incidents.get(handle, id);
        telling.headline(handle, incident);
        telling.announcement(handle, incident, false);
        mendChannel(handle, incident);
        watch(handle, incident);
        HomeNews.changed(this, handle, incident);
        return incident;
    }

    /** Has its channel looked at, if there is or is to be one. */
    void mendChannel(Handle handle, Incident incident) {
        if (ChannelSteps.stale(handle, incident)) {
            store.jobs().enqueue(handle, channelJob(incident.id()));
        }
    }

    static Job.Order channelJob(IncidentId id) {
        return new Job.Order(Incidents.CHANNEL_JOB + ":" + id.value(), Incidents.CHANNEL_JOB,
                Map.of("incident", id.value()), Job.Lane.GENERAL, 10, Instant.EPOCH);
    }

    /** Has the sweep look when the next update is due. */
    void watch(Handle handle, Incident incident) {
        incident.times().updateDue()
                .ifPresent(due -> store.jobs().enqueue(handle, IncidentSweep.jobAt(due)));
    }

    /** Somebody belongs to it from now on, and is invited; answers whether that was news. */
    boolean join(Handle handle, Incident incident, long person) {
        boolean news = members.add(handle, incident.id(), person);
        if (news) {
            mendChannel(handle, incident);
            if (incident.about().confidential()) {
                HomeNews.changed(this, handle, incident);
            }
        }
        return news;
    }

    /** The owners of what it is on belong to it; but whoever is to see a confidential one is chosen by people. */
    void joinOwners(Handle handle, Incident incident, Entity entity) {
        Optional<Team> owner = incident.about().confidential()
                ? Optional.empty()
                : catalog.teams().byName(handle, entity.owner());
        owner.stream().flatMap(team -> catalog.teams().members(handle, team, now()).stream()).filter(Person::mayAct)
                .limit(TEAM).forEach(person -> members.add(handle, incident.id(), person.id()));
    }
}
