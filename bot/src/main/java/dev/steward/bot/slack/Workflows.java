package dev.steward.bot.slack;

import dev.steward.catalog.Entities;
import dev.steward.catalog.EntityKind;
import dev.steward.catalog.People;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.catalog.Teams;
import dev.steward.database.Database;
import dev.steward.definitions.Facts;
import dev.steward.definitions.Form;
import dev.steward.definitions.FormLookups;
import dev.steward.definitions.Workflow;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The workflows that there are, and their forms as one person sees them. */
final class Workflows {
    private final Map<String, Workflow> workflows;
    private final Database database;
    private final People people;
    private final Teams teams;
    private final Entities entities;

    Workflows(Map<String, Workflow> workflows, Database database, People people, Teams teams, Entities entities) {
        this.workflows = new TreeMap<>(workflows);
        this.database = database;
        this.people = people;
        this.teams = teams;
        this.entities = entities;
    }

    Optional<Workflow> named(String name) {
        return Optional.ofNullable(workflows.get(name));
    }

    Collection<Workflow> all() {
        return workflows.values();
    }

    /** Those whose name somebody may have meant, nearest first. */
    List<Workflow> like(String typed) {
        int bound = Math.max(2, typed.length() / 3);
        return workflows.values().stream()
                .filter(w -> w.name().contains(typed) || distance(typed, w.name()) <= bound)
                .sorted(Comparator.comparingInt((Workflow w) -> distance(typed, w.name()))).limit(3).toList();
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    boolean permits(Workflow workflow, Person person) {
        return workflow.allow().permits(Set.copyOf(teamNames(person)));
    }

    /** The form as that person sees it; each of its look-ups reads the catalog anew. */
    Form form(Workflow workflow, Person person) {
        List<String> names = teamNames(person);
        var requester = new Facts.Requester(person.name(), person.displayName(), names.stream().findFirst(), names);
        return new Form(workflow, requester, lookups());
    }

    private List<String> teamNames(Person person) {
        return database.read(h -> teams.teamsOf(h, person.id())).stream().map(Team::name).toList();
    }

    private FormLookups lookups() {
        return new FormLookups(name -> database.read(h -> teams.byName(h, name)).isPresent(),
                name -> database.read(h -> entities.byName(h, name)).isPresent(),
                name -> database.read(h -> people.byName(h, name)).isPresent(), this::nameTaken);
    }

    private boolean nameTaken(String name) {
        return database.read(h -> Arrays.stream(EntityKind.values())
                .anyMatch(kind -> entities.nameTaken(h, kind, name).isPresent()));
    }
}
