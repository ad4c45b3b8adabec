package dev.steward.incidents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.catalog.CatalogKit;
import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.database.Json;
import dev.steward.incidents.alerts.Alert;
import dev.steward.incidents.alerts.AlertBody;
import dev.steward.incidents.alerts.AlertGroup;
import dev.steward.incidents.alerts.AlertGroupView;
import dev.steward.incidents.alerts.AlertIntake;
import dev.steward.incidents.alerts.AlertParts;
import dev.steward.incidents.alerts.AlertRule;
import dev.steward.incidents.alerts.AlertRules;
import dev.steward.incidents.alerts.AlertSource;
import dev.steward.incidents.alerts.Alerts;
import dev.steward.incidents.alerts.Paging;
import dev.steward.jobs.Job;
import dev.steward.jobs.Jobs;
import java.nio.charset.StandardCharsets;
import dev.steward.database.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Alerts and incidents over a real database, with a clock that stands still and jobs that are run by hand. */
public final class AlertKit implements AutoCloseable {
    /** What came in is worked through a moment later. */
    private static final int SOON = 100;

    private final IncidentKit kit;
    private final Jobs jobs;
    private final AlertIntake intake;
    private final List<String> paged = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private Alerts alerts;

    /** Dana and Omar own checkout and cart, Pia's platform team owns ledger; Gus is a guest. */
    public AlertKit(Path folder) {
        kit = new IncidentKit(folder);
        jobs = new Jobs(kit.catalog);
        intake = new AlertIntake(kit.catalog.database(), jobs, kit.catalog);
        alerts = made();
        alerts.recover();
    }

    private Alerts made() {
        var rules = new AlertRules(AlertRules.LABELS,
                List.of(AlertRule.of(Map.of("alertname", "Disk.*"), "ledger")), "platform", AlertRules.STALE_AFTER);
        return new Alerts(new AlertParts(
                new AlertParts.Store(kit.catalog.database(), kit.catalog.ledger(), jobs, kit.outbox, kit.catalog),
                new AlertParts.Catalog(kit.catalog.people(), kit.catalog.teams(), kit.catalog.entities()),
                kit.incidents, rules, new Recorded()));
    }

    /** Keeps what somebody was called for, and why that ended. */
    private final class Recorded implements Paging {
        @Override
        public void page(Handle handle, AlertGroup group, Alert worst) {
            paged.add(group.id() + " " + worst.told().name());
        }

        @Override
        public void answered(Handle handle, AlertGroup group, Person by) {
            ended.add(group.id() + " answered by " + by.name());
        }

        @Override
        public void declared(Handle handle, AlertGroup group, Person by) {
            ended.add(group.id() + " declared by " + by.name());
        }

        @Override
        public void over(Handle handle, AlertGroup group) {
            ended.add(group.id() + " over");
        }
    }

    /** What ended the call for the alerts of which group. */
    public List<String> ended() {
        return ended;
    }

    public Database database() {
        return kit.catalog.database();
    }

    /** One that nobody knows yet what it is on. */
    public Incident declaredOnNothing(String title) {
        return kit.declared(IncidentKit.on(kit.said(title), Optional.empty()));
    }

    public CatalogKit catalog() {
        return kit.catalog;
    }

    public Incidents incidents() {
        return kit.incidents;
    }

    public Alerts alerts() {
        return alerts;
    }

    public AlertIntake intake() {
        return intake;
    }

    /** The group and the name of each alert that somebody was called for. */
    public List<String> paged() {
        return paged;
    }

    public Person person(String name) {
        return kit.catalog.find(h -> kit.catalog.people().byName(h, name)).orElseThrow();
    }

    public Entity checkout() {
        return kit.checkout;
    }

    /** New use cases over the same database, as after a restart. */
    public void restart() {
        kit.restart();
        alerts = made();
        alerts.recover();
    }

    /** Stores a body of Alertmanager's, and works through it. */
    public void take(Map<?, ?>... each) {
        store(each);
        crank();
    }

    /** Stores a body of Alertmanager's, and does not work through it. */
    public void store(Map<?, ?>... each) {
        store(AlertSource.ALERTMANAGER, Json.text(Map.of("alerts", List.of(each))));
    }

    public AlertBody.Read store(AlertSource source, String body) {
        Instant now = kit.catalog.instant();
        AlertBody read = AlertBody.read(source, body.getBytes(StandardCharsets.UTF_8), now, now);
        if (!(read instanceof AlertBody.Read readable)) {
            throw new AssertionError(read);
        }
        if (intake.take(source, readable) != AlertIntake.Outcome.STORED) {
            throw new AssertionError("too busy");
        }
        return readable;
    }

    /** An alert that fires, as Alertmanager has it: a label for each pair of words. */
    public Map<String, Object> firing(String fingerprint, Instant starts, String... labels) {
        return alert(fingerprint, "firing", starts, "0001-01-01T00:00:00Z", labels);
    }

    /** The same, over. */
    public Map<String, Object> resolved(String fingerprint, Instant starts, Instant ends, String... labels) {
        return alert(fingerprint, "resolved", starts, ends.toString(), labels);
    }

    private static Map<String, Object> alert(String fingerprint, String status, Instant starts, String ends,
            String... labels) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            all.put(labels[i], labels[i + 1]);
        }
        return Map.of("fingerprint", fingerprint, "status", status, "labels", all, "annotations", Map.of(), "startsAt",
                starts.toString(), "endsAt", ends);
    }

    /** Lets time pass, and does what is due. */
    public void pass(Duration time) {
        kit.catalog.pass(time);
        crank();
    }

    /** Runs every job of alerts that is due, until none is. */
    public void crank() {
        for (List<Due> due = kit.catalog.list(this::due); !due.isEmpty(); due = kit.catalog.list(this::due)) {
            due.forEach(this::run);
        }
    }

    private record Due(long id, String key, String kind, JsonNode args) {}

    private List<Due> due(Handle handle) {
        return handle.createQuery("SELECT id, key, kind, args FROM job WHERE kind LIKE 'alerts.%' AND due_at <= :now")
                .bind("now", kit.catalog.millis() + SOON).map((rs, c) -> new Due(rs.getLong("id"), rs.getString("key"),
                        rs.getString("kind"), Json.tree(rs.getString("args"))))
                .list();
    }

    private void run(Due due) {
        try {
            kit.writing(h -> h.execute("UPDATE job SET due_at = ? WHERE id = ?", Long.MAX_VALUE, due.id()));
            Job.Outcome outcome = Objects.requireNonNull(alerts.handlers().get(due.kind()))
                    .run(new Job(due.id(), due.key(), due.kind(), due.args(), 1, 0));
            switch (outcome) {
                case Job.Outcome.Done _ ->
                    kit.writing(
                            h -> h.execute("DELETE FROM job WHERE id = ? AND due_at = ?", due.id(), Long.MAX_VALUE));
                case Job.Outcome.Again(Duration after) -> kit.writing(h -> h.execute(
                        "UPDATE job SET due_at = ? WHERE id = ?", kit.catalog.millis() + after.toMillis(), due.id()));
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public AlertGroupView view(long group) {
        return kit.catalog.find(h -> alerts.view(h, group)).orElseThrow();
    }

    /** Messages that wait, by key, and how often each was put. */
    public Map<String, Integer> messages() {
        Map<String, Integer> messages = new LinkedHashMap<>();
        kit.catalog.list(h -> h.createQuery("SELECT key, revision FROM outbox WHERE key LIKE 'alerts:%' ORDER BY id")
                .map((rs, c) -> Map.entry(rs.getString("key"), rs.getInt("revision"))).list())
                .forEach(entry -> messages.put(entry.getKey(), entry.getValue()));
        return messages;
    }

    /** As if everything had been sent. */
    public void allSent() {
        kit.allSent();
    }

    /** Where the message of that key goes, with its view. */
    public String message(String key) {
        return kit.message(key);
    }

    public int count(String sql) {
        return kit.count(sql);
    }

    /** What the ledger says of alerts. */
    public List<String> story() {
        return kit.catalog.actions().stream().filter(action -> action.startsWith("alert.")).toList();
    }

    public Incident declared(String title) {
        return kit.declared(title);
    }

    public Incident declaredFor(long group) {
        return kit.declared(IncidentKit.on(IncidentKit.from(kit.said("From a card"),
                new Declaration.Origin.Alerts(group)), Optional.empty()));
    }

    /** A secret one, of Pia's, on checkout. */
    public Incident confidential(String title) {
        return kit.declared(IncidentKit.by(IncidentKit.confidential(kit.said(title)), kit.pia));
    }

    /** What an incident's timeline says of alerts. */
    public List<String> told(Incident incident) {
        return kit.timeline(incident).stream().filter(entry -> entry.kind() == TimelineEntry.Kind.ALERT)
                .map(TimelineEntry::text).toList();
    }

    /** A resource of a stack that carries checkout. */
    public void resource(String address, String id) {
        long run = kit.applied(kit.checkout, "checkout", "applied", Duration.ofHours(1));
        kit.writing(h -> h.execute("""
                INSERT INTO stack_resource (stack, address, type, resource_id)
                SELECT stack, ?, 'aws_instance', ? FROM run WHERE id = ?""", address, id, run));
    }

    public <T> T read(Function<Handle, T> work) {
        return kit.read(work);
    }

    @Override
    public void close() {
        intake.close();
        kit.close();
    }
}
