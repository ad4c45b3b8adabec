package dev.steward.incidents;

import dev.steward.catalog.Person;
import dev.steward.jobs.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the updates that are due and reminds people of what they are to do. It looks at current rows each time, and each
 * step is a transaction of its own.
 */
final class IncidentSweep implements Job.Handler {
    static final String JOB = "incident.sweep";
    private static final Duration WHILE_OPEN = Duration.ofMinutes(1);
    private static final Duration OTHERWISE = Duration.ofHours(1);
    private static final int AT_ONCE = 100;
    private static final Logger LOG = LoggerFactory.getLogger(IncidentSweep.class);

    private final Desk desk;
    private final Items items;
    private final ItemRequests itemRequests;

    IncidentSweep(Desk desk, Items items, ItemRequests itemRequests) {
        this.desk = desk;
        this.items = items;
        this.itemRequests = itemRequests;
    }

    /** The sweep, due at the moment given or before. */
    static Job.Order jobAt(Instant due) {
        return Job.Order.at(due, JOB, JOB, Map.of(), Job.Lane.GENERAL);
    }

    @Override
    public Job.Outcome run(Job job) {
        for (Incident incident : desk.store.database().read(this::due)) {
            step(incident.id().text(), h -> due(h).stream().filter(one -> one.id().equals(incident.id()))
                    .forEach(one -> ask(h, one)));
        }
        step("forms that were left lying", itemRequests::forget);
        for (Items.Row item : desk.store.database().read(h -> Items.toRemind(h, desk.now(), AT_ONCE))) {
            step("item " + item.id(), h -> Items.find(h, item.id()).filter(now -> now.version() == item.version())
                    .ifPresent(now -> items.remind(h, now)));
        }
        return new Job.Outcome.Again(desk.store.database().read(this::pause));
    }

    private void step(String what, Consumer<Handle> how) {
        try {
            desk.store.database().writing(how);
        } catch (IllegalStateException e) {
            LOG.error("{} could not be looked after; the others are", what, e);
        }
    }

    /** Those of which people should be told how they stand, and nobody was asked to yet. */
    private List<Incident> due(Handle handle) {
        return IncidentStore.all(handle, IncidentStore.OPEN
                + """
                        AND update_due_at <= :now AND update_asked_at IS NOT update_due_at ORDER BY update_due_at LIMIT :most""",
                Map.of("now", desk.now().toEpochMilli(), "most", AT_ONCE));
    }

    private void ask(Handle handle, Incident incident) {
        desk.incidents.change(handle, incident, "update_asked_at = update_due_at", Map.of());
        Optional<Long> lead = Optional.ofNullable(desk.members.roles(handle, incident.id()).get(IncidentRole.LEAD))
                .filter(Person::mayAct).map(Person::id);
        Optional<Long> person = lead.or(() -> Telling.reachable(handle, incident)
                ? Optional.empty()
                : Optional.of(incident.about().declaredBy()));
        desk.telling.updateDue(handle, incident, person, incident.times().updateDue().orElseThrow());
    }

    /** Until the next update is due, and never longer than one round. */
    private Duration pause(Handle handle) {
        Optional<Long> next = handle.createQuery("""
                SELECT min(update_due_at) FROM incident WHERE update_asked_at IS NOT update_due_at AND
                """ + IncidentStore.OPEN).mapTo(Long.class).findOne();
        if (next.isEmpty()) {
            return OTHERWISE;
        }
        Duration until = Duration.between(desk.now(), Instant.ofEpochMilli(next.get()));
        Duration soon = until.isPositive() ? until : Duration.ofSeconds(1);
        return soon.compareTo(WHILE_OPEN) < 0 ? soon : WHILE_OPEN;
    }
}
