package dev.steward.catalog;

import dev.steward.database.Database;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Brings Backstage catalog files into the catalog.
 *
 * <p>
 * The files are the source of what they brought before, and of nothing else: what a request recorded, and the members of
 * a team that is bound to a Slack user group, stay as they are. What is missing from the files is not removed. A second
 * import of the same files changes nothing.
 */
public final class CatalogImport {
    /** Work in one transaction; with the commit it stays under the 50 ms that others may have to wait. */
    private static final Duration SLICE = Duration.ofMillis(20);

    private final People people;
    private final Teams teams;
    private final Entities entities;
    private final Ledger ledger;
    private final Map<String, TeamSource> bound;

    /**
     * An import into the stores given.
     *
     * @param bound
     *            by name of the team, where its members come from by configuration; members of other teams come from
     *            the files
     */
    public CatalogImport(People people, Teams teams, Entities entities, Ledger ledger, Map<String, TeamSource> bound) {
        this.people = people;
        this.teams = teams;
        this.entities = entities;
        this.ledger = ledger;
        this.bound = Map.copyOf(bound);
    }

    /** Says what an import would do now. */
    public ImportReport preview(Handle handle, CatalogFiles files) {
        return plan(handle, files).report(files);
    }

    /** Imports in several short transactions; what was done before an interruption stays, and the next import goes on. */
    public ImportOutcome apply(Database database, Actor actor, CatalogFiles files) {
        if (!database.<Boolean>read(h -> people.administers(h, actor))) {
            return new ImportOutcome.NotAllowed();
        }
        ImportPlan plan = database.<ImportPlan>read(h -> plan(h, files));
        List<ImportStep> left = new ArrayList<>(plan.steps());
        List<ImportReport.Change> made = new ArrayList<>();
        List<Problem> problems = new ArrayList<>(plan.report(files).problems());
        while (!left.isEmpty()) {
            int done = database.<Integer>write(h -> slice(h, actor, left, made, problems));
            left.subList(0, done).clear();
        }
        var report = new ImportReport(List.copyOf(made), plan.left(), List.copyOf(problems), plan.report(files).notes(),
                files.digest());
        if (!made.isEmpty()) {
            database.writing(h -> record(h, actor, files, report));
        }
        return new ImportOutcome.Applied(report);
    }

    private ImportPlan plan(Handle handle, CatalogFiles files) {
        ImportPlan plan = new ImportPlan(handle, people, teams, entities, bound);
        plan.add(files.documents());
        return plan;
    }

    private static int slice(Handle handle, Actor actor, List<ImportStep> steps, List<ImportReport.Change> made,
            List<Problem> problems) {
        long end = System.nanoTime() + SLICE.toNanos();
        int done = 0;
        do {
            ImportStep step = steps.get(done);
            step.work().run(handle, actor).ifPresentOrElse(text -> problems.add(step.where().problem(text)),
                    () -> made.add(step.change()));
            done++;
        } while (done < steps.size() && System.nanoTime() < end);
        return done;
    }

    private void record(Handle handle, Actor actor, CatalogFiles files, ImportReport report) {
        ledger.append(handle, actor, "catalog.import", "catalog",
                Map.of("documents", files.documents().size(), "created", report.count(ImportReport.Verb.CREATE),
                        "changed", report.count(ImportReport.Verb.CHANGE), "left", report.left(), "problems",
                        report.problems().size(), "digest", files.digest()));
    }
}
