package dev.steward.catalog;

import dev.steward.catalog.ImportReport.Verb;
import dev.steward.ledger.Actor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Plans the import of teams, people and members. */
final class TeamImport {
    /** Members changed in one step. */
    private static final int CHUNK = 100;

    private final ImportPlan plan;
    private final People people;
    private final Teams teams;
    private final Map<String, TeamSource> bound;
    private final Map<String, CatalogDocument.Group> groups;
    private final Set<String> refusedUsers = new HashSet<>();

    TeamImport(ImportPlan plan, People people, Teams teams, Map<String, TeamSource> bound,
            Map<String, CatalogDocument.Group> groups) {
        this.plan = plan;
        this.people = people;
        this.teams = teams;
        this.bound = bound;
        this.groups = new LinkedHashMap<>(groups);
    }

    void plan(Entities entities, Map<String, CatalogDocument.User> users) {
        groups.values().removeIf(group -> refused(entities, group));
        groups.values().forEach(this::team);
        parents();
        users.values().forEach(this::user);
        members(users);
    }

    /** Whether there is such a team, or will be after this import. */
    boolean knows(String team) {
        return groups.containsKey(team) || teams.byName(plan.handle(), team).isPresent();
    }

    private boolean refused(Entities entities, CatalogDocument.Group group) {
        var other = entities.byName(plan.handle(), group.name()).filter(e -> !e.owner().equals(group.name()));
        other.ifPresent(entity -> plan.problem(group.where(),
                "%s %s belongs to team %s, and one name has one owner: rename the group"
                        .formatted(entity.kind().text(), entity.name(), entity.owner())));
        return other.isPresent();
    }

    private void team(CatalogDocument.Group group) {
        var known = teams.byName(plan.handle(), group.name());
        if (known.isEmpty()) {
            TeamSource source = bound.getOrDefault(group.name(), TeamSource.IMPORT);
            plan.step(Verb.CREATE, "Team " + group.name(), "members from " + source.text(), group.where(),
                    (h, actor) -> {
                        teams.create(h, actor, group.name(), group.title().orElse(group.name()), source,
                                group.channel());
                        return ImportPlan.made();
                    });
            return;
        }
        Team team = known.get();
        String title = group.title().orElse(team.title());
        Optional<String> channel = group.channel().or(team::channel);
        if (!title.equals(team.title()) || !channel.equals(team.channel())) {
            plan.step(Verb.CHANGE, "Team " + team.name(), "title or channel", group.where(), (h, actor) -> {
                TeamSource source = teams.byName(h, team.name()).orElseThrow().source();
                teams.bind(h, actor, team.name(), title, source, channel);
                return ImportPlan.made();
            });
        }
    }

    private void parents() {
        Map<String, String> parents = new LinkedHashMap<>();
        groups.values().forEach(g -> g.children().forEach(child -> parents.putIfAbsent(child, g.name())));
        groups.values().forEach(g -> g.parent().ifPresent(parent -> parents.put(g.name(), parent)));
        groups.values().stream().filter(g -> parents.containsKey(g.name()))
                .forEach(g -> parent(g, parents.getOrDefault(g.name(), ""), parents));
    }

    private void parent(CatalogDocument.Group group, String parent, Map<String, String> parents) {
        if (!knows(parent)) {
            plan.problem(group.where(), "parent group:%s is in neither these files nor the catalog".formatted(parent));
            return;
        }
        if (circular(group.name(), parents)) {
            plan.problem(group.where(), "group:%s is among its own parents: break the circle".formatted(group.name()));
            return;
        }
        if (parentNow(group.name()).filter(parent::equals).isEmpty()) {
            plan.step(Verb.CHANGE, "Team " + group.name(), "part of " + parent, group.where(), (h, actor) -> {
                teams.under(h, teams.byName(h, group.name()).orElseThrow(), teams.byName(h, parent).orElseThrow());
                return ImportPlan.made();
            });
        }
    }

    private boolean circular(String start, Map<String, String> parents) {
        Set<String> seen = new HashSet<>();
        String at = start;
        while (seen.add(at)) {
            var next = Optional.ofNullable(parents.get(at)).or(above(at));
            if (next.isEmpty()) {
                return false;
            }
            at = next.get();
        }
        return true;
    }

    private Supplier<Optional<String>> above(String team) {
        return () -> parentNow(team);
    }

    private Optional<String> parentNow(String team) {
        return teams.byName(plan.handle(), team).flatMap(t -> teams.parentOf(plan.handle(), t));
    }

    private void user(CatalogDocument.User user) {
        var known = people.byName(plan.handle(), user.name());
        if (known.isEmpty()) {
            plan.step(Verb.CREATE, "User " + user.name(), "not linked to Slack yet", user.where(), (h, actor) -> {
                if (people.byName(h, user.name()).isPresent()) {
                    return Optional.of("somebody of that name has come meanwhile: import again");
                }
                people.insertFromFile(h, user.name(), user.displayName(), user.email());
                return ImportPlan.made();
            });
        } else if (!people.inFiles(plan.handle(), known.get().id())) {
            refusedUsers.add(user.name());
            plan.problem(user.where(),
                    "somebody who was met in Slack has the name %s: if that is the same person, link them first"
                            .formatted(user.name()));
        } else if (differs(known.get(), user)) {
            plan.step(Verb.CHANGE, "User " + user.name(), "display name or e-mail", user.where(), (h, actor) -> {
                people.updateFromFile(h, known.get().id(), user.displayName(), user.email());
                return ImportPlan.made();
            });
        }
    }

    private static boolean differs(Person known, CatalogDocument.User user) {
        return known.slack().isEmpty()
                && !(known.displayName().equals(user.displayName()) && known.email().equals(user.email()));
    }

    private void members(Map<String, CatalogDocument.User> users) {
        Map<String, Set<String>> wanted = new LinkedHashMap<>();
        groups.keySet().forEach(name -> wanted.put(name, new TreeSet<>()));
        groups.values().forEach(group -> group.members().forEach(member -> want(wanted, group.name(), member, users)));
        users.values().forEach(user -> user.memberOf().forEach(group -> join(wanted, group, user)));
        groups.values().forEach(group -> members(group, wanted.getOrDefault(group.name(), Set.of())));
    }

    private void want(Map<String, Set<String>> wanted, String group, CatalogDocument.Reference member,
            Map<String, CatalogDocument.User> users) {
        String name = member.to().name();
        if (refusedUsers.contains(name)) {
            return;
        }
        boolean known = users.containsKey(name) || people.byName(plan.handle(), name)
                .filter(p -> people.inFiles(plan.handle(), p.id())).isPresent();
        if (!known || !member.to().kind().equals("user")) {
            plan.problem(member.where(),
                    "member %s is no User in these files or in the catalog".formatted(member.to()));
            return;
        }
        wanted.computeIfAbsent(group, g -> new TreeSet<>()).add(name);
    }

    private void join(Map<String, Set<String>> wanted, CatalogDocument.Reference group, CatalogDocument.User user) {
        String name = group.to().name();
        if (wanted.containsKey(name)) {
            if (!refusedUsers.contains(user.name())) {
                wanted.computeIfAbsent(name, g -> new TreeSet<>()).add(user.name());
            }
        } else if (knows(name)) {
            plan.note("Team %s has no document in these files, so its members stay as they are".formatted(name));
        } else {
            plan.problem(group.where(), "%s is no Group in these files or in the catalog".formatted(group.to()));
        }
    }

    private void members(CatalogDocument.Group group, Set<String> wanted) {
        var known = teams.byName(plan.handle(), group.name());
        TeamSource configured = bound.getOrDefault(group.name(), TeamSource.IMPORT);
        TeamSource source = known.map(Team::source).filter(s -> !s.equals(TeamSource.IMPORT)).orElse(configured);
        if (!source.equals(TeamSource.IMPORT)) {
            plan.note("Team %s keeps its members: they come from %s, not from files".formatted(group.name(),
                    source.text()));
            return;
        }
        Set<String> now = known.map(this::memberNames).orElse(Set.of());
        Set<String> added = new LinkedHashSet<>(wanted);
        added.removeAll(now);
        Set<String> removed = new LinkedHashSet<>(now);
        removed.removeAll(wanted);
        chunks(added).forEach(names -> change(group, names, List.of()));
        chunks(removed).forEach(names -> change(group, List.of(), names));
    }

    private Set<String> memberNames(Team team) {
        return teams.memberIds(plan.handle(), team).stream().flatMap(id -> people.byId(plan.handle(), id).stream())
                .map(Person::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private void change(CatalogDocument.Group group, List<String> added, List<String> removed) {
        String detail = "members: " + (removed.isEmpty()
                ? "+ " + String.join(", ", added)
                : "- " + String.join(", ", removed));
        plan.step(Verb.CHANGE, "Team " + group.name(), detail, group.where(),
                (h, actor) -> change(h, actor, group, added, removed));
    }

    private Optional<String> change(Handle handle, Actor actor, CatalogDocument.Group group, List<String> added,
            List<String> removed) {
        Team team = teams.byName(handle, group.name()).orElseThrow();
        if (!team.source().equals(TeamSource.IMPORT)) {
            return Optional.of("the team was bound to %s meanwhile: its members stay".formatted(team.source().text()));
        }
        teams.change(handle, actor, team, ids(handle, added), ids(handle, removed));
        return ImportPlan.made();
    }

    private Set<Long> ids(Handle handle, List<String> names) {
        return names.stream().flatMap(name -> people.byName(handle, name).stream()).map(Person::id)
                .filter(id -> people.inFiles(handle, id)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<List<String>> chunks(Set<String> names) {
        List<String> all = List.copyOf(names);
        List<List<String>> chunks = new ArrayList<>();
        for (int i = 0; i < all.size(); i += CHUNK) {
            chunks.add(all.subList(i, Math.min(all.size(), i + CHUNK)));
        }
        return chunks;
    }
}
