package dev.steward.catalog;

import dev.steward.catalog.ImportReport.Change;
import dev.steward.catalog.ImportReport.Verb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The steps from the catalog as one snapshot shows it to what the files say. */
final class ImportPlan {
    private final Handle handle;
    private final People people;
    private final Teams teams;
    private final Entities entities;
    private final Map<String, TeamSource> bound;
    private final List<ImportStep> steps = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private final Set<CatalogDocument.Where> considered = new LinkedHashSet<>();

    ImportPlan(Handle handle, People people, Teams teams, Entities entities, Map<String, TeamSource> bound) {
        this.handle = handle;
        this.people = people;
        this.teams = teams;
        this.entities = entities;
        this.bound = bound;
    }

    /** Plans teams before people, people before members, and owners before what they own. */
    void add(List<CatalogDocument> documents) {
        Map<String, CatalogDocument.Group> groups = new LinkedHashMap<>();
        Map<String, CatalogDocument.User> users = new LinkedHashMap<>();
        Map<String, CatalogDocument.Thing> things = new LinkedHashMap<>();
        for (CatalogDocument document : documents) {
            considered.add(document.where());
            boolean first = switch (document) {
                case CatalogDocument.Group group -> groups.putIfAbsent(group.name(), group) == null;
                case CatalogDocument.User user -> users.putIfAbsent(user.name(), user) == null;
                case CatalogDocument.Thing thing -> things.putIfAbsent(Names.lower(thing.label()), thing) == null;
            };
            if (!first) {
                problem(document.where(), "the same kind and name stand in another document: remove one");
            }
        }
        var teamImport = new TeamImport(this, people, teams, bound, groups);
        teamImport.plan(entities, users);
        new ThingImport(this, entities, teamImport::knows, things).plan();
    }

    Handle handle() {
        return handle;
    }

    void step(Verb verb, String what, String detail, CatalogDocument.Where where, ImportStep.Work work) {
        steps.add(new ImportStep(new Change(verb, what, detail), where, work));
    }

    void problem(CatalogDocument.Where where, String text) {
        problems.add(where.problem(text));
    }

    void note(String text) {
        notes.add(text);
    }

    List<ImportStep> steps() {
        return List.copyOf(steps);
    }

    int left() {
        Set<CatalogDocument.Where> left = new LinkedHashSet<>(considered);
        steps.forEach(step -> left.remove(step.where()));
        problems.forEach(problem -> left.remove(new CatalogDocument.Where(problem.file(), problem.line())));
        return left.size();
    }

    ImportReport report(CatalogFiles files) {
        List<Problem> all = new ArrayList<>(files.problems());
        all.addAll(problems);
        List<String> said = new ArrayList<>(files.notes());
        said.addAll(notes);
        return new ImportReport(steps.stream().map(ImportStep::change).toList(), left(), List.copyOf(all),
                List.copyOf(said), files.digest());
    }

    /** What a step answers when it was made. */
    static Optional<String> made() {
        return Optional.empty();
    }
}
