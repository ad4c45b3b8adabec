package dev.steward.bot.slack;

import dev.steward.catalog.EditDistance;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.catalog.Teams;
import dev.steward.definitions.Workflow;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The workflows that there are, and who may use them. */
final class Workflows {
    private final Map<String, Workflow> workflows;
    private final Teams teams;

    Workflows(Map<String, Workflow> workflows, Teams teams) {
        this.workflows = new TreeMap<>(workflows);
        this.teams = teams;
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
                .filter(w -> w.name().contains(typed) || EditDistance.between(typed, w.name()) <= bound)
                .sorted(Comparator.comparingInt((Workflow w) -> EditDistance.between(typed, w.name()))).limit(3)
                .toList();
    }

    boolean permits(Handle handle, Workflow workflow, Person person) {
        return workflow.allow().permits(Set.copyOf(teamNames(handle, person)));
    }

    private List<String> teamNames(Handle handle, Person person) {
        return teams.teamsOf(handle, person.id()).stream().map(Team::name).toList();
    }
}
