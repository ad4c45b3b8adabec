package dev.steward.oncall;

import dev.steward.catalog.CatalogKit;
import dev.steward.catalog.Person;
import dev.steward.catalog.TeamSource;
import dev.steward.database.Json;
import dev.steward.jobs.Job;
import dev.steward.jobs.Jobs;
import dev.steward.outbox.Outbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * On-call over a real database: team payments with olga and peter by turns of a week and nina behind them; team platform
 * with pia, without a rotation. Its jobs are cranked by hand. It begins on a Monday in olga's week.
 */
final class OnCallKit implements AutoCloseable {
    static final Duration WAIT = Duration.ofMinutes(5);
    final CatalogKit catalog;
    final Jobs jobs;
    final Outbox outbox;
    final Map<String, Person> people;
    OnCall onCall;

    OnCallKit(Path folder) {
        catalog = new CatalogKit(folder);
        jobs = new Jobs(catalog);
        outbox = new Outbox(catalog);
        people = Map.of("olga", catalog.member("olga"), "peter", catalog.member("peter"), "nina",
                catalog.member("nina"), "pia", catalog.member("pia"), "otto", catalog.member("otto"));
        catalog.slackTeam("payments", person("olga"), person("peter"), person("nina"));
        catalog.slackTeam("platform", person("pia"));
        onCall = over(rotation());
    }

    static Rotation rotation() {
        return new Rotation("payments", ZoneId.of("Europe/Berlin"), WAIT, List.of(
                new Rotation.Layer("primary", Duration.ofDays(7), LocalDateTime.parse("2026-02-16T09:00"),
                        List.of("olga", "peter")),
                new Rotation.Layer("secondary", Duration.ofDays(1), LocalDateTime.parse("2026-01-01T09:00"),
                        List.of("nina"))));
    }

    OnCall over(Rotation... rotations) {
        Map<String, Rotation> byTeam = new HashMap<>();
        List.of(rotations).forEach(rotation -> byTeam.put(rotation.team(), rotation));
        return new OnCall(new OnCallParts(
                new OnCallParts.Store(catalog.database(), catalog.ledger(), jobs, outbox, catalog),
                new OnCallParts.Catalog(catalog.people(), catalog.teams()),
                new OnCallParts.Rules(byTeam, "platform", false)));
    }

    Person person(String name) {
        return Objects.requireNonNull(people.get(name), name);
    }

    /** Lets time pass; the members of the teams were read a moment ago, as the sweep would. */
    void pass(Duration time) {
        catalog.pass(time);
        catalog.mirror("payments", person("olga"), person("peter"), person("nina"));
        catalog.mirror("platform", person("pia"));
    }

    /** Runs each job that is due, once. */
    void work() {
        List<Job> due = catalog.read(h -> h.createQuery("SELECT * FROM job WHERE due_at <= :now ORDER BY id")
                .bind("now", catalog.millis())
                .map((rs, c) -> new Job(rs.getLong("id"), rs.getString("key"), rs.getString("kind"),
                        Json.tree(rs.getString("args")), 1, 0))
                .list());
        for (Job job : due) {
            try {
                Job.Outcome outcome = Objects.requireNonNull(onCall.handlers().get(job.kind())).run(job);
                catalog.database().writing(h -> after(h, job, outcome));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void after(Handle handle, Job job, Job.Outcome outcome) {
        switch (outcome) {
            case Job.Outcome.Done _ -> handle.execute("DELETE FROM job WHERE id = ?", job.id());
            case Job.Outcome.Again(Duration wait) -> handle.execute("UPDATE job SET due_at = ? WHERE id = ?",
                    catalog.millis() + wait.toMillis(), job.id());
        }
    }

    PageId page(String team, String subject) {
        return catalog.write(h -> onCall.page(h,
                new PageOrder(team, subject, "Checkout answers 500", Optional.empty(), Optional.of(person("otto")))));
    }

    Page find(PageId id) {
        return catalog.<Optional<Page>>read(h -> onCall.find(h, id)).orElseThrow();
    }

    List<String> called(PageId id) {
        return find(id).steps().stream().map(step -> switch (step.to()) {
            case Page.To.Somebody(Person person) -> person.name();
            case Page.To.Nobody _ -> "nobody";
            case Page.To.WholeTeam _ -> "all";
        }).toList();
    }

    /** Keys of the messages in the outbox that begin like that. */
    List<String> messages(String prefix) {
        return catalog.list(h -> outbox.keys(h, prefix));
    }

    /** Names of who is on call for payments, by layer. */
    List<String> now() {
        return names(h -> onCall.now(h, "payments"));
    }

    List<String> names(Function<Handle, List<Shift>> shifts) {
        return catalog.list(shifts).stream().map(s -> s.person().map(Person::name).orElse("nobody")).toList();
    }

    void boundToFiles(String name) {
        catalog.database().writing(h -> catalog.teams().bind(h, CatalogKit.OPERATOR, name, name, TeamSource.IMPORT,
                Optional.empty()));
    }

    @Override
    public void close() {
        catalog.close();
    }
}
