package dev.steward.access;

import dev.steward.catalog.Entity;
import dev.steward.catalog.EntityId;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.jobs.Job;
import dev.steward.ledger.Actor;
import dev.steward.outbox.Destination;
import dev.steward.outbox.Message;
import dev.steward.outbox.Priority;
import dev.steward.requests.ActOutcome;
import dev.steward.requests.Request;
import dev.steward.requests.RequestId;
import dev.steward.requests.RequestParts;
import dev.steward.requests.Requests;
import dev.steward.stacks.Lease;
import dev.steward.stacks.LeaseState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Looks at emergency access afterwards: whoever was let in before anybody had decided is named aloud, and somebody else who
 * answers for the thing has to sign that it was right, or say that it was not. One that nobody signs in time is told to
 * the platform team.
 */
public final class BreakGlassReviews {
    /** The view of it in the owners' channel; its argument is {@code request}. */
    public static final String VIEW = "break-glass";
    /** The view of it for whoever would have had to decide; its arguments are {@code request} and {@code person}. */
    public static final String PASSED_OVER = "break-glass-passed-over";
    /** The view of one that nobody signed in time, for the platform team; its argument is {@code request}. */
    public static final String OVERDUE = "break-glass-overdue";

    /** How long there is to look at it. */
    static final Duration WITHIN = Duration.ofHours(24);
    private static final String JOB = "access.break_glass";
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final int WORDS_MAX = 500;

    private final RequestParts.Store store;
    private final RequestParts.Catalog catalog;
    private final String platformTeam;
    private final Supplier<Requests> requests;
    private final BreakGlassStore rows = new BreakGlassStore();

    /**
     * @param requests
     *            asked for only when something is done: requests themselves tell of who was let in
     */
    public BreakGlassReviews(RequestParts.Store store, RequestParts.Catalog catalog, String platformTeam,
            Supplier<Requests> requests) {
        this.store = store;
        this.catalog = catalog;
        this.platformTeam = platformTeam;
        this.requests = requests;
    }

    /** Notes that somebody was let in, and says so; in the transaction that let them in. */
    public void opened(Handle handle, Request request, Person holder, Entity entity, long incident) {
        Instant now = store.clock().instant();
        Instant due = now.plus(WITHIN);
        String channel = catalog.teams().byName(handle, entity.owner()).flatMap(Team::channel)
                .orElse(request.channel());
        if (!rows.insert(handle, new BreakGlassStore.New(request.id(), incident, entity.id(), holder.id(), channel, now,
                due))) {
            return;
        }
        store.ledger().append(handle, actor(holder), "access.break_glass", request.id().text(),
                Map.of("incident", "INC-" + incident, "entity", entity.subject(), "dueAt", due.toEpochMilli()));
        tell(handle, request.id(), channel, Priority.PAGE);
        deciders(handle, entity).stream().filter(person -> person.id() != holder.id())
                .forEach(person -> store.outbox().put(handle, new Message(
                        key(request.id()) + ":passed-over:" + person.id(), new Destination.Person(person.id()),
                        PASSED_OVER, Map.of("request", request.id().value(), "person", person.id()),
                        Priority.DECISION)));
        store.jobs().enqueue(handle, Job.Order.at(due, JOB, JOB, Map.of(), Job.Lane.GENERAL));
    }

    /** Renews what was told of emergency access that began or ended; other requests are left alone. */
    public void changed(Handle handle, RequestId request) {
        rows.find(handle, request).ifPresent(row -> tell(handle, request, row.channel(), Priority.NOTICE));
    }

    /** Follows the merge of an incident: what was given for it belongs to the other one, and its messages say so. */
    public void merged(Handle handle, long from, long to) {
        rows.move(handle, from, to).forEach(row -> tell(handle, row.request(), row.channel(), Priority.NOTICE));
    }

    /** Signs that it was right, or that it was not: then it ends at once, where it has not. */
    public ActOutcome sign(RequestId request, Person person, boolean justified, String words) {
        String said = words.strip();
        if (said.isEmpty() || said.length() > WORDS_MAX) {
            return new ActOutcome.Refused("Say in a sentence or two what you looked at, in " + WORDS_MAX
                    + " characters at most.");
        }
        return store.database().write(h -> {
            Optional<BreakGlassStore.Row> found = rows.find(h, request);
            if (found.isEmpty()) {
                return new ActOutcome.Refused("There is no emergency access " + request.text() + ".");
            }
            Lease lease = lease(h, request);
            Optional<String> obstacle = obstacle(h, found.get(), lease, person);
            if (obstacle.isPresent()) {
                return new ActOutcome.Refused(obstacle.get());
            }
            if (!rows.sign(h, found.get(), person.id(), store.clock().instant(), justified, said)) {
                return new ActOutcome.Refused(request.text() + " was changed just now: look, and try again.");
            }
            store.ledger().append(h, actor(person), "access.break_glass_signed", request.text(),
                    Map.of("justified", justified));
            if (!justified && lease.state() instanceof LeaseState.Active) {
                requests.get().endLease(h, lease, new LeaseState.Word(LeaseState.Cause.REVOKED, actor(person)));
            }
            tell(h, request, found.get().channel(), Priority.DECISION);
            return new ActOutcome.Done(justified
                    ? "Signed: it was right to do. " + request.text() + " is on record with your name."
                    : "Signed: it was not right to do. " + request.text() + " is on record, and what is left of the"
                            + " access is being ended.");
        });
    }

    private Optional<String> obstacle(Handle handle, BreakGlassStore.Row row, Lease lease, Person person) {
        if (row.holder() == person.id()) {
            return Optional.of("You cannot sign for your own access. Ask somebody else in the owner team, or the"
                    + " platform team.");
        }
        if (!person.mayAct() || !requests.get().answersFor(handle, lease, person)) {
            return Optional.of("Only the owner team and the platform team can sign for this.");
        }
        return row.signed().map(signed -> catalog.people().byId(handle, signed.by()).map(Person::displayName)
                .orElse("Somebody") + " has signed this already.");
    }

    /** What there is to see of it. */
    public Optional<BreakGlassView> view(Handle handle, RequestId request) {
        return rows.find(handle, request).map(row -> {
            Entity entity = catalog.entities().byId(handle, row.entity()).orElseThrow();
            return new BreakGlassView(request, row.incident(), entity,
                    catalog.people().byId(handle, row.holder()).orElseThrow(), reason(handle, request),
                    requests.get().view(handle, lease(handle, request)),
                    deciders(handle, entity).stream().filter(person -> person.id() != row.holder()).toList(),
                    row.openedAt(), row.dueAt(), row.escalatedAt().isPresent(),
                    row.signed().map(signed -> new BreakGlassView.Signed(
                            catalog.people().byId(handle, signed.by()).orElseThrow(), signed.at(), signed.justified(),
                            signed.words())));
        });
    }

    /** What a person is to sign for as one of the owners, the first due first. */
    public List<BreakGlassView> waiting(Handle handle, Person person) {
        return rows.unsignedOfTeamsOf(handle, person.id()).stream()
                .flatMap(row -> view(handle, row.request()).stream()).toList();
    }

    private static String reason(Handle handle, RequestId request) {
        return handle.createQuery("""
                SELECT json_extract(value, '$') FROM request_input WHERE request = :id AND name = 'reason'""")
                .bind("id", request.value()).mapTo(String.class).findOne().orElse("");
    }

    private Lease lease(Handle handle, RequestId request) {
        return store.leases().ofRequest(handle, request.value()).orElseThrow();
    }

    /** Who would have been asked by default: whoever owns it. */
    private List<Person> deciders(Handle handle, Entity entity) {
        Set<Long> members = catalog.teams().byName(handle, entity.owner()).stream()
                .flatMap(team -> catalog.teams().memberIds(handle, team.id()).stream()).collect(Collectors.toSet());
        return members.stream().sorted().flatMap(id -> catalog.people().byId(handle, id).stream())
                .filter(Person::mayAct).limit(20).toList();
    }

    private void tell(Handle handle, RequestId request, String channel, Priority priority) {
        store.outbox().put(handle, new Message(key(request), new Destination.Channel(channel), VIEW,
                Map.of("request", request.value()), priority));
        homes(handle, request);
        if (store.outbox().knows(handle, key(request) + ":overdue")) {
            overdue(handle, request);
        }
    }

    private void homes(Handle handle, RequestId request) {
        rows.find(handle, request).flatMap(row -> catalog.entities().byId(handle, row.entity()))
                .flatMap(entity -> catalog.teams().byName(handle, entity.owner()))
                .ifPresent(team -> requests.get().homes().changed(handle,
                        catalog.teams().memberIds(handle, team.id()), Priority.HOME));
    }

    private void overdue(Handle handle, RequestId request) {
        catalog.teams().byName(handle, platformTeam).flatMap(Team::channel)
                .ifPresent(channel -> store.outbox().put(handle, new Message(key(request) + ":overdue",
                        new Destination.Channel(channel), OVERDUE, Map.of("request", request.value()),
                        Priority.DECISION)));
    }

    /** The key of the message in the owners' channel. */
    public static String key(RequestId request) {
        return "break-glass:" + request.value();
    }

    private static Actor actor(Person person) {
        return person.slack().<Actor>map(account -> account).orElse(Actor.STEWARD);
    }

    private Job.Outcome sweep() {
        Instant now = store.clock().instant();
        for (BreakGlassStore.Row row : store.database().read(h -> rows.overdue(h, now))) {
            store.database().writing(h -> {
                if (rows.escalate(h, row, now)) {
                    store.ledger().append(h, Actor.STEWARD, "access.break_glass_overdue", row.request().text(),
                            new HashMap<>());
                    overdue(h, row.request());
                    tell(h, row.request(), row.channel(), Priority.DECISION);
                }
            });
        }
        return store.database().read(rows::anyOpen) ? new Job.Outcome.Again(EVERY) : Job.Outcome.DONE;
    }

    /** The background work, by kind of job. */
    public Map<String, Job.Handler> handlers() {
        return Map.of(JOB, _ -> sweep());
    }

    /** Sees to it that what waits for a signature is looked after. */
    public void recover() {
        store.database().writing(
                h -> store.jobs().enqueue(h, Job.Order.now(JOB, JOB, Map.of(), Job.Lane.GENERAL)));
    }
}
