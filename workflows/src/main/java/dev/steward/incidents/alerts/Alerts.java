package dev.steward.incidents.alerts;

import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.Severity;
import dev.steward.jobs.Job;
import dev.steward.requests.ActOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The use cases of alerts that were taken in. Every check of who may do what is made here; each is one transaction with its
 * ledger entry and its messages. Of thousands of alerts of one service people see one card, and the ledger has one entry.
 */
public final class Alerts {
    /** The card of a group; argument {@code group}. Key {@code alerts:12}. */
    public static final String CARD = "alert-group";

    private final AlertParts parts;
    private final Groups groups;
    private final Handling handling;
    private final AlertWork work;
    private final Silence silence;

    /**
     * What an incident declared for alerts is proposed to be.
     *
     * @param first
     *            whether it is the first that sees to them
     */
    public record Proposed(String title, Severity severity, Optional<String> service, boolean first) {}

    /** The use cases over what is given. From now on an incident on a service adopts the alerts of that service. */
    public Alerts(AlertParts parts) {
        this.parts = parts;
        groups = new Groups(parts);
        handling = new Handling(parts, groups);
        work = new AlertWork(parts, groups);
        silence = new Silence(parts, groups);
        parts.incidents().onDeclared(handling::adopt);
        parts.incidents().onPlaced(handling::adoptAllOn);
        parts.incidents().onChannel(groups::reachable);
    }

    /** What there is to see of a group. */
    public Optional<AlertGroupView> view(Handle handle, long group) {
        return GroupTable.byId(handle, group).map(found -> view(handle, found));
    }

    private AlertGroupView view(Handle handle, AlertGroup group) {
        Optional<Entity> entity = group.entity().flatMap(id -> parts.catalog().entities().byId(handle, id));
        AlertGroupView.Firing firing = AlertTable.firing(handle, group.id());
        return new AlertGroupView(group, entity,
                parts.catalog().teams().byName(handle,
                        entity.map(Entity::owner).orElse(parts.rules().platformTeam())),
                firing, AlertTable.quiet(handle, group.id()), AlertTable.lines(handle, group.id(), firing.alerts() > 0),
                person(handle, group.handling().acked()), person(handle, group.handling().snoozed()),
                groups.incident(handle, group).filter(incident -> !incident.about().confidential()));
    }

    private Optional<Person> person(Handle handle, Optional<AlertGroup.Act> act) {
        return act.flatMap(by -> parts.catalog().people().byId(handle, by.person()));
    }

    /** The person has the alerts of a group; whoever comes later is told who does. */
    public ActOutcome ack(long group, Person person) {
        return handling.ack(group, person);
    }

    /** The person has all alerts that nobody has, of what their teams own or operate. */
    public ActOutcome ackMine(Person person) {
        return handling.ackMine(person);
    }

    /** The card stays as it is for so long; alerts are taken in all the same, and the on-call is called. */
    public ActOutcome snooze(long group, Person person, Duration duration) {
        return handling.snooze(group, person, duration);
    }

    /** An open incident that the person may see sees to the alerts from now on. */
    public ActOutcome attach(long group, Person person, IncidentId incident) {
        return handling.attach(group, person, incident);
    }

    /** What an incident declared for the alerts of a group is proposed to be; empty once they are over. */
    public Optional<Proposed> proposed(Handle handle, long group) {
        Optional<AlertGroup> found = GroupTable.byId(handle, group).filter(AlertGroup::live);
        Optional<String> service = found.flatMap(AlertGroup::entity)
                .flatMap(id -> parts.catalog().entities().byId(handle, id)).map(Entity::name);
        return found.flatMap(live -> AlertTable.worst(handle, group).map(worst -> new Proposed(
                AlertWords.title(service, worst), worst.told().severity().proposed(), service,
                live.handling().incident().isEmpty())));
    }

    /** How many groups are not over. */
    public static int open(Handle handle) {
        return GroupTable.countLive(handle);
    }

    /** Forgets alerts that were over before that time; answers how many, at most some hundreds, 0 when none are left. */
    public static int forget(Handle handle, Instant before) {
        return AlertTable.forget(handle, before);
    }

    /** The background work, by kind of job. */
    public Map<String, Job.Handler> handlers() {
        Map<String, Job.Handler> handlers = new HashMap<>(groups.handlers());
        handlers.put(AlertIntake.WORK, work::run);
        handlers.put(Silence.JOB, silence::run);
        return Map.copyOf(handlers);
    }

    /** Sees to it that what came in is worked through and what is over is closed, whatever became of the jobs before. */
    public void recover() {
        parts.store().database().writing(h -> {
            parts.store().jobs().enqueue(h, AlertIntake.work(groups.now()));
            silence.begin(h);
            GroupTable.live(h).stream().filter(group -> group.state() == AlertGroup.State.CLEARED)
                    .forEach(group -> groups.closeLater(h, group));
        });
    }
}
