package dev.steward.bot.slack;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.catalog.Entities;
import dev.steward.catalog.Entity;
import dev.steward.catalog.People;
import dev.steward.catalog.Team;
import dev.steward.catalog.Teams;
import dev.steward.database.Database;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Finds teams, services and people while somebody types; the fields' options are catalog names. */
final class Searches {
    private static final int OFFERED = 25;
    private static final int NAME_MAX = 150;

    private final Database database;
    private final People people;
    private final Teams teams;
    private final Entities entities;

    Searches(Database database, People people, Teams teams, Entities entities) {
        this.database = database;
        this.people = people;
        this.teams = teams;
        this.entities = entities;
    }

    /** By what is searched: the type of the field. */
    Map<String, Function<Suggestion, List<Map<String, Object>>>> byKind() {
        return Map.of("team", this::teams, "service", this::services, "person", this::people);
    }

    private List<Map<String, Object>> teams(Suggestion typed) {
        return database.read(h -> teams.search(h, typed.text(), OFFERED)).stream()
                .filter(team -> team.name().length() <= NAME_MAX).map(Searches::option).toList();
    }

    private List<Map<String, Object>> services(Suggestion typed) {
        return database.read(h -> entities.search(h, typed.text(), OFFERED)).stream()
                .filter(entity -> entity.name().length() <= NAME_MAX).map(Searches::option).toList();
    }

    private List<Map<String, Object>> people(Suggestion typed) {
        return database.read(h -> people.search(h, typed.text(), OFFERED)).stream()
                .map(person -> option(person.name(), person.displayName())).toList();
    }

    private static Map<String, Object> option(Team team) {
        return option(team.name(), team.title());
    }

    private static Map<String, Object> option(Entity entity) {
        return option(entity.name(), entity.profile().title());
    }

    private static Map<String, Object> option(String name, String title) {
        return Blocks.option(name, title.isBlank() || title.equals(name) ? name : name + " (" + title + ")");
    }
}
